"""A manager's export: beside the screen, journaled, and said in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.bootstrap.copies import Copies
from tests.support.journey import CASHIER, MANAGER, Till


@pytest.fixture
def copies(till: Till) -> Copies:
    services = till.program.services
    return Copies(till.program.upkeep, services.exporting, till.program.counter.go)


def test_an_export_holds_nobody_up_and_is_journaled(till: Till, copies: Copies, tmp_path: Path) -> None:
    till.enter(MANAGER)
    copies.export_to(tmp_path)
    assert till.documents("export") == []  # the stick takes its time, the screen is free
    till.hands.until("exported", lambda: till.answer.title.startswith("Đã xuất"))
    assert len(list(tmp_path.glob("*.quay-export"))) == 1
    assert len(till.documents("export")) == 1


def test_a_stick_that_is_gone_is_said_and_nothing_is_journaled(
    till: Till, copies: Copies, tmp_path: Path
) -> None:
    till.enter(MANAGER)
    copies.export_to(tmp_path / "unplugged")
    till.hands.until("refused", lambda: till.answer.kind == "refused")
    assert till.documents("export") == []


def test_a_cashier_exports_nothing(till: Till, copies: Copies, tmp_path: Path) -> None:
    till.enter(CASHIER)
    copies.export_to(tmp_path)
    assert till.answer.kind != "accepted"
    assert list(tmp_path.glob("*.quay-export")) == []
