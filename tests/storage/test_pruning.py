"""What central has long acknowledged leaves the journal; the unsent and the chain stay."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from pos_app.storage import pruning
from pos_app.storage.outbox import Outbox
from pos_app.storage.pruning import STEP, Pruning
from sync.messages import ItemResult
from tests.support.clocks import StillClock
from tests.support.till_files import MadeTill, make_till

RETENTION = timedelta(days=90)
NOW_CENTRAL, FORMER = "b" * 32, "a" * 32


@pytest.fixture
def till(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeTill:
    monkeypatch.setattr(pruning, "NEWEST_KEPT", 2)
    return make_till(tmp_path)


def acknowledged(till: MadeTill, *, incarnation: str = NOW_CENTRAL, **more: str) -> None:
    results = [
        ItemResult(doc_id=one.doc_id, hash=one.hash.hex(), **({"status": "applied"} | more))  # type: ignore[arg-type]
        for one in till.journal.documents_since(0, 0)
    ]
    Outbox(till.files.till, till.identity, till.clock).answered(results, incarnation)


def prune(till: MadeTill, after: timedelta = RETENTION + timedelta(days=1)) -> int:
    pruner = Pruning(till.files.till)
    total = 0
    while count := pruner.step(till.clock.now() + after, RETENTION, NOW_CENTRAL):
        assert count <= STEP
        total += count
    return total


def drawer(till: MadeTill, count: int) -> None:
    for _ in range(count):
        till.record("drawer_open", {"reason": "đổi tiền"})


def test_old_acknowledged_documents_go_and_the_newest_stay(till: MadeTill) -> None:
    drawer(till, 10)
    acknowledged(till)
    assert prune(till) == 8
    assert [one.seq for one in till.journal.documents_since(0, 0)] == [9, 10]


def test_the_unsent_is_never_pruned_however_old(till: MadeTill) -> None:
    drawer(till, 5)
    acknowledged(till)
    drawer(till, 5)
    assert prune(till, timedelta(days=3000)) == 5


def test_what_a_former_central_acknowledged_stays(till: MadeTill) -> None:
    drawer(till, 5)
    acknowledged(till, incarnation=FORMER)
    assert prune(till) == 0


@pytest.mark.parametrize("status", ["parked", "quarantined", "applied_flagged", "conflict"])
def test_what_waits_for_a_person_stays(till: MadeTill, status: str) -> None:
    drawer(till, 5)
    acknowledged(till, status=status)
    assert prune(till) == 0


def test_the_young_stays(till: MadeTill) -> None:
    drawer(till, 5)
    acknowledged(till)
    assert prune(till, RETENTION - timedelta(days=1)) == 0


def test_documents_of_an_open_shift_stay(till: MadeTill) -> None:
    till.open_shift()
    till.sell()
    drawer(till, 5)
    acknowledged(till)
    assert prune(till) == 0


def test_the_chain_is_proven_from_the_checkpoint_on(till: MadeTill) -> None:
    drawer(till, 10)
    acknowledged(till)
    prune(till)
    report = till.journal.verify()
    assert (report.checked, report.is_whole) == (2, True)
    drawer(till, 1)
    assert till.journal.verify().is_whole


def test_a_row_changed_behind_the_checkpoint_is_found(till: MadeTill) -> None:
    drawer(till, 10)
    acknowledged(till)
    prune(till)
    with till.files.till.writing() as connection:
        connection.exec_driver_sql("DELETE FROM journal_checkpoint")
    assert [fault.reason for fault in till.journal.verify().faults] == ["gap"]


def test_the_triggers_still_refuse_every_other_deletion(till: MadeTill) -> None:
    drawer(till, 10)
    acknowledged(till)
    prune(till)
    with pytest.raises(IntegrityError), till.files.till.writing() as connection:
        connection.exec_driver_sql("DELETE FROM journal WHERE seq = 9")


def test_no_checkpoint_can_be_put_above_an_unsent_document(till: MadeTill) -> None:
    drawer(till, 3)
    with pytest.raises(IntegrityError), till.files.till.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO journal_checkpoint SELECT epoch, seq, hash, 'x' FROM journal WHERE seq = 2"
        )


def test_projections_and_receipts_of_pruned_documents_stay(till: MadeTill) -> None:
    till.record("sale", _sale())
    drawer(till, 5)
    acknowledged(till)
    assert prune(till) == 4
    with till.files.till.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM receipt").scalar_one() == 1
        assert connection.exec_driver_sql("SELECT count(*) FROM stock_effect").scalar_one() == 1


def test_pruning_goes_in_small_steps(till: MadeTill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "STEP", 3)
    drawer(till, 10)
    acknowledged(till)
    later = till.clock.now() + RETENTION + timedelta(days=1)
    pruner = Pruning(till.files.till)
    assert [pruner.step(later, RETENTION, NOW_CENTRAL) for _ in range(4)] == [3, 3, 2, 0]


def test_a_rewind_below_the_checkpoint_sends_what_is_left(till: MadeTill) -> None:
    drawer(till, 10)
    acknowledged(till)
    prune(till)
    outbox = Outbox(till.files.till, till.identity, StillClock())
    assert outbox.rewind(1, 1, "c" * 32) == 2
    assert [one.seq for one in outbox.unsent(10, 1 << 20)] == [9, 10]


def _sale() -> dict[str, object]:
    from tests.support.till_files import line, sale

    return sale([line(1)])
