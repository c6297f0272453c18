"""docs/protocol-state.md says exactly which kinds central applies and which it does not."""

from __future__ import annotations

import re
from pathlib import Path

from central.apply.kinds import KINDS
from pos_app.domain.document import DocumentKind

PAGE = Path(__file__).parents[2] / "docs" / "protocol-state.md"
EVERY = {kind.value for kind in DocumentKind}


def _kinds_of(row: str) -> set[str]:
    (text,) = [line for line in PAGE.read_text("utf-8").splitlines() if row in line]
    return EVERY & set(re.findall(r"`([a-z_]+)`", text))


def test_what_is_not_applied_is_named() -> None:
    assert _kinds_of("not applied by central") == EVERY - set(KINDS)


def test_every_kind_that_is_applied_is_one_of_the_protocol() -> None:
    assert set(KINDS) <= EVERY


def test_what_only_central_can_do_is_applied() -> None:
    assert _kinds_of("applied by central, not made by the till yet") <= set(KINDS)
