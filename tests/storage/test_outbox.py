"""The outbox: the journal less what central has answered for."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from pos_app.storage.attention import AttentionStore
from pos_app.storage.journal import Recorded
from pos_app.storage.outbox import Outbox
from tests.support.till_files import MadeTill, line, sale

ALL = 1 << 30


@dataclass(frozen=True)
class Result:
    doc_id: str
    hash: str
    status: str
    codes: list[str] = field(default_factory=list)
    case: str | None = None
    missing: list[str] = field(default_factory=list)
    first: str | None = None
    private: str | None = None


def result(recorded: Recorded, status: str = "applied", **more: object) -> Result:
    return Result(recorded.doc_id, recorded.hash.hex(), status, **more)  # type: ignore[arg-type]


@pytest.fixture
def outbox(till: MadeTill) -> Outbox:
    return Outbox(till.files.till, till.identity, till.clock)


def waiting(outbox: Outbox) -> list[int]:
    return [one.seq for one in outbox.unsent(100, ALL)]


def three(till: MadeTill) -> list[Recorded]:
    return [till.record("app_start", {}) for _ in range(3)]


def test_everything_recorded_waits_oldest_first(till: MadeTill, outbox: Outbox) -> None:
    made = three(till)
    assert waiting(outbox) == [1, 2, 3]
    first = outbox.unsent(1, ALL)[0]
    assert (first.doc_id, first.body, first.hash) == (made[0].doc_id, made[0].body, made[0].hash)


@pytest.mark.parametrize(
    "status", ["applied", "applied_flagged", "duplicate", "parked", "quarantined", "fork"]
)
def test_what_central_keeps_leaves(till: MadeTill, outbox: Outbox, status: str) -> None:
    made = three(till)
    outbox.answered([result(made[1], status)], "inc")
    assert waiting(outbox) == [1, 3]
    assert not outbox.is_unsent(made[1].doc_id)


def test_retry_stays(till: MadeTill, outbox: Outbox) -> None:
    made = three(till)
    outbox.answered([result(one, "retry") for one in made], "inc")
    assert waiting(outbox) == [1, 2, 3]


def test_a_result_with_another_hash_is_no_answer(till: MadeTill, outbox: Outbox) -> None:
    made = three(till)
    outbox.answered([Result(made[0].doc_id, "00" * 32, "applied")], "inc")
    assert waiting(outbox) == [1, 2, 3]


def test_a_conflict_is_shown_and_sent_again_only_by_a_person(till: MadeTill, outbox: Outbox) -> None:
    made = three(till)
    outbox.answered([result(made[0], "conflict")], "inc")
    assert waiting(outbox) == [2, 3]
    assert outbox.counts().conflicts == 1
    assert [one.status for one in AttentionStore(till.files.till).documents()] == ["conflict"]
    outbox.send_again(made[0].doc_id)
    assert waiting(outbox) == [1, 2, 3]


def test_a_private_part_must_have_arrived(till: MadeTill, outbox: Outbox) -> None:
    made = till.record("customer_create", {"customer": "c1"}, private={"name": "Hoa"})
    assert outbox.unsent(1, ALL)[0].private == b'{"name":"Hoa"}'
    outbox.answered([result(made, private="missing")], "inc")
    assert waiting(outbox) == [1]
    outbox.answered([result(made, private="stored")], "inc")
    assert waiting(outbox) == []


def test_a_missing_private_part_that_was_erased_is_done(till: MadeTill, outbox: Outbox) -> None:
    made = till.record("customer_create", {"customer": "c1"}, private={"name": "Hoa"})
    till.journal.erase_private(made.doc_id)
    outbox.answered([result(made, private="missing")], "inc")
    assert waiting(outbox) == []


def test_a_private_part_that_does_not_fit_is_a_conflict(till: MadeTill, outbox: Outbox) -> None:
    made = till.record("customer_create", {"customer": "c1"}, private={"name": "Hoa"})
    outbox.answered([result(made, private="mismatch")], "inc")
    assert (waiting(outbox), outbox.counts().conflicts) == ([], 1)


def test_a_restored_central_is_sent_everything_again(till: MadeTill, outbox: Outbox) -> None:
    made = three(till)
    outbox.answered([result(one) for one in made], "old")
    assert outbox.rewind(1, 2, "new") == 2
    assert waiting(outbox) == [2, 3]


def test_what_the_restored_central_has_acknowledged_stays_so(till: MadeTill, outbox: Outbox) -> None:
    made = three(till)
    outbox.answered([result(one) for one in made[:2]], "old")
    outbox.answered([result(made[2])], "new")
    assert outbox.rewind(1, 1, "new") == 2
    assert waiting(outbox) == [1, 2]
    outbox.answered([result(one) for one in made[:2]], "new")
    assert outbox.rewind(1, 1, "new") == 0
    assert waiting(outbox) == []


def test_a_batch_keeps_to_its_size_but_is_never_empty(till: MadeTill, outbox: Outbox) -> None:
    for _ in range(3):
        till.record("sale", sale([line(no) for no in range(1, 30)]))
    assert len(outbox.unsent(10, 15_000)) == 1
    assert len(outbox.unsent(10, 1)) == 1
    assert len(outbox.unsent(2, ALL)) == 2


def test_counts_tell_how_it_stands(till: MadeTill, outbox: Outbox) -> None:
    made = three(till)
    outbox.answered(
        [result(made[0], "quarantined"), result(made[1], "applied_flagged", codes=["PRICE_MISMATCH"])], "inc"
    )
    counts = outbox.counts()
    assert (counts.unsent, counts.quarantined, counts.flagged) == (1, 1, 1)
    assert str(counts.oldest_wall).startswith("2026-11-14T02:00:00")


def test_what_somebody_has_seen_comes_back_with_a_new_answer(till: MadeTill, outbox: Outbox) -> None:
    attention = AttentionStore(till.files.till)
    made = till.record("sale", sale([line(1)]))
    outbox.answered([result(made, "applied_flagged", codes=["STALE_PRICE"], case="c-1")], "inc")
    shown = attention.documents()[0]
    assert (shown.receipt_no, shown.codes, shown.case) == ("NT02-000001", ("STALE_PRICE",), "c-1")
    attention.seen(made.doc_id)
    assert attention.documents() == []
    outbox.answered([result(made, "duplicate", first="applied_flagged", codes=["STALE_PRICE"])], "inc")
    assert len(attention.documents()) == 1
