from __future__ import annotations

from pos_app.domain.errors import DifferenceNeedsReason
from pos_app.services.attention import AttentionAction, AttentionItem, AttentionKind
from sync.messages import ItemResult
from tests.support.counter import Counter


def answer(counter: Counter, status: str, codes: tuple[str, ...] = ()) -> str:
    """Central's answer to a sale made now; answers its doc_id."""
    sold = counter.till.sell()
    result = ItemResult(doc_id=sold.doc_id, hash=sold.hash.hex(), status=status, codes=list(codes))
    counter.outbox.answered([result], "incarnation-1")
    return sold.doc_id


def only(counter: Counter) -> AttentionItem:
    (item,) = counter.attention.items()
    return item


def fail(counter: Counter) -> int:
    """The first paper gives up."""
    job = counter.print_jobs.pending(counter.session.now)
    assert job is not None
    counter.print_jobs.failed(job.id, "paper_out", None)
    return job.id


def test_nothing_waits_at_first(counter: Counter) -> None:
    assert counter.attention.items() == []
    assert counter.attention.count() == 0


def test_a_flagged_sale_is_shown_until_somebody_has_seen_it(counter: Counter) -> None:
    counter.open()
    doc_id = answer(counter, "applied_flagged", ("VOUCHER_OVERUSED",))
    item = only(counter)
    assert (item.kind, item.action) == (AttentionKind.CASE, AttentionAction.SEEN)
    assert (item.doc_id, item.codes, item.receipt_no) == (doc_id, ("VOUCHER_OVERUSED",), "NT02-000001")

    counter.attention.act(item)
    assert counter.attention.items() == []


def test_a_document_in_conflict_is_sent_again_only_when_asked(counter: Counter) -> None:
    counter.open()
    doc_id = answer(counter, "conflict")
    waiting = [one.doc_id for one in counter.outbox.unsent(100, 1 << 20)]
    assert doc_id not in waiting

    counter.attention.act(only(counter))
    assert doc_id in [one.doc_id for one in counter.outbox.unsent(100, 1 << 20)]


def test_a_failed_paper_is_printed_again_as_the_original(counter: Counter) -> None:
    counter.open()
    counter.till.sell()
    job = fail(counter)
    item = only(counter)
    assert (item.kind, item.reason, item.template) == (AttentionKind.PRINT_FAILED, "paper_out", "receipt")

    counter.attention.act(item)
    again = counter.print_jobs.pending(counter.session.now)
    assert again is not None
    assert (again.id, again.copy) == (job, 1)


def test_a_doubtful_paper_is_printed_again_as_a_copy(counter: Counter) -> None:
    counter.open()
    counter.till.sell()
    job = counter.print_jobs.pending(counter.session.now)
    assert job is not None
    counter.print_jobs.begin(job.id)
    counter.print_jobs.doubt_interrupted()
    item = only(counter)
    assert item.kind is AttentionKind.PRINT_DOUBT

    counter.attention.act(item)
    again = counter.print_jobs.pending(counter.session.now)
    assert again is not None
    assert again.copy == 2


def test_a_paper_broken_in_between_is_in_doubt_and_says_why(counter: Counter) -> None:
    counter.open()
    counter.till.sell()
    job = counter.print_jobs.pending(counter.session.now)
    assert job is not None
    counter.print_jobs.doubtful(job.id, "paper_out")
    item = only(counter)
    assert (item.kind, item.reason) == (AttentionKind.PRINT_DOUBT, "paper_out")

    counter.attention.act(item)
    again = counter.print_jobs.pending(counter.session.now)
    assert again is not None
    assert again.copy == 2


def test_a_paper_in_hand_can_be_dismissed(counter: Counter) -> None:
    counter.open()
    counter.till.sell()
    fail(counter)
    counter.attention.dismiss(only(counter))

    assert counter.attention.items() == []


def test_a_shift_with_a_large_difference_waits_for_a_second_person(counter: Counter) -> None:
    counter.open()
    try:
        counter.shifts.close({100_000: 4})
    except DifferenceNeedsReason:
        counter.shifts.close({100_000: 4}, "Trả nhầm")

    item = only(counter)
    assert (item.kind, item.shift, item.difference) == (AttentionKind.SHIFT_TO_VERIFY, 1, -100_000)
    assert counter.attention.count() == 1
