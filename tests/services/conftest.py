from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.domain.invariants import check_payload
from tests.support.counter import Counter, make_counter
from tests.support.sell_desk import SellDesk, make_desk

OURS = ("return", "handover", "shift_close", "cash_in", "cash_out")


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """Whatever a test does, every document that the services made must be sound (protocol §3a)."""
    made = make_counter(tmp_path / "till")
    yield made
    for stored in made.till.journal.documents_since(1, 1):
        if stored.kind in OURS:
            assert check_payload(stored.kind, stored.content["payload"]) == []
    assert made.till.journal.verify().is_whole
    made.till.files.dispose()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SellDesk]:
    """A till that sells; whatever a test does to it, its journal stays whole."""
    made = make_desk(tmp_path / "till")
    yield made
    assert made.counter.till.journal.verify().is_whole
    made.counter.till.files.dispose()
