"""All unsent documents on a stick: a manager's own act, and a document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.domain.errors import ApprovalRequired, DiskTrouble
from pos_app.services.exporting import Exporting
from pos_app.storage.outbox import Outbox
from tests.support.counter import CASHIER, MANAGER, Counter, make_counter


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = make_counter(tmp_path / "till")
    yield made
    made.till.files.dispose()


def exporting_of(counter: Counter, staff: int) -> Exporting:
    counter.enter(staff)
    till = counter.till
    outbox = Outbox(till.files.till, till.identity, till.clock)
    return Exporting(counter.session, counter.approvals, outbox, till.journal)


def test_a_cashier_cannot_export(counter: Counter, tmp_path: Path) -> None:
    with pytest.raises(ApprovalRequired):
        exporting_of(counter, CASHIER).export(tmp_path)


def test_a_managers_export_is_sealed_and_is_a_document(counter: Counter, tmp_path: Path) -> None:
    exporting = exporting_of(counter, MANAGER)
    waiting = exporting.count
    made = exporting.export(tmp_path)
    assert made.documents == waiting
    assert set(json.loads(made.path.read_text("utf-8"))) == {"tenant", "till", "box"}
    newest = list(counter.till.journal.documents_since(0, 0))[-1]
    assert (newest.kind, newest.content["payload"]["documents"]) == ("export", waiting)
    assert exporting.count == waiting + 1


def test_a_stick_that_was_pulled_out_records_nothing(counter: Counter, tmp_path: Path) -> None:
    exporting = exporting_of(counter, MANAGER)
    before = exporting.count
    with pytest.raises(DiskTrouble):
        exporting.export(tmp_path / "unplugged")
    assert exporting.count == before
