"""What central says later on: states of documents, erasures, cases, transfers and blanks."""

from __future__ import annotations

from typing import Any

import pytest

from pos_app.storage.attention import AttentionStore
from pos_app.storage.blanks import BlankStore
from pos_app.storage.cases import CaseStore
from pos_app.storage.document_states import DocumentState, DocumentStates
from pos_app.storage.drafts import DraftStore
from pos_app.storage.journal import Recorded
from pos_app.storage.later_outcomes import LaterOutcomes
from pos_app.storage.outbox import Outbox
from pos_app.storage.suspects import SuspectStore
from pos_app.storage.transfers import TransferStore
from sync.messages import ItemResult
from tests.support import till_files
from tests.support.till_files import HOA, MadeTill

CASE = "01a20000-0000-7000-8000-000000000001"
STRANGER = "01a20000-0000-7000-8000-00000000ffff"


def note(till: MadeTill) -> Recorded:
    return till.record("drawer_open", {"reason": "đổi tiền lẻ"})


def answered(till: MadeTill, recorded: Recorded, status: str = "applied", **more: Any) -> None:
    result = ItemResult(doc_id=recorded.doc_id, hash=recorded.hash.hex(), status=status, **more)  # type: ignore[arg-type]
    Outbox(till.files.till, till.identity, till.clock).answered([result], "i1")


def outcomes(till: MadeTill, items: dict[str, dict[str, Any]]) -> int:
    till.feed("results", items)
    return LaterOutcomes(till.files, till.clock).take_over()


def state_of(till: MadeTill, recorded: Recorded) -> DocumentState:
    picture = DocumentStates(till.files.till).of(recorded.doc_id)
    assert picture is not None
    return picture.state


# --- the picture of each document ----------------------------------------------------------------
def test_a_document_without_an_answer_is_unsent(till: MadeTill) -> None:
    assert state_of(till, note(till)) is DocumentState.UNSENT


@pytest.mark.parametrize(
    "status", ["applied", "applied_flagged", "parked", "quarantined", "fork", "conflict"]
)
def test_each_answer_is_a_state(till: MadeTill, status: str) -> None:
    made = note(till)
    answered(till, made, status)
    assert state_of(till, made) == status


def test_a_duplicate_is_what_it_was_at_first(till: MadeTill) -> None:
    made = note(till)
    answered(till, made, "duplicate", first="parked", missing=["x"])
    picture = DocumentStates(till.files.till).of(made.doc_id)
    assert picture is not None
    assert (picture.state, picture.missing) == (DocumentState.PARKED, ("x",))


def test_what_a_restored_central_lost_is_sent_again(till: MadeTill) -> None:
    made = note(till)
    answered(till, made)
    Outbox(till.files.till, till.identity, till.clock).rewind(1, 1, "i2")
    assert state_of(till, made) is DocumentState.AGAIN


def test_a_document_that_is_held_back_is_suspect_until_central_answers(till: MadeTill) -> None:
    made = note(till)
    suspects = SuspectStore(till.files.till, till.clock)
    suspects.tried(made.doc_id, made.epoch, made.seq)
    assert state_of(till, made) is DocumentState.SUSPECT
    suspects.cleared([made.doc_id])
    answered(till, made)
    assert state_of(till, made) is DocumentState.APPLIED


def test_documents_are_counted_by_state_and_only_open_ones_are_listed(till: MadeTill) -> None:
    plain, parked, fresh = note(till), note(till), note(till)
    answered(till, plain)
    answered(till, parked, "parked")
    states = DocumentStates(till.files.till)
    assert states.counts() == {
        DocumentState.APPLIED: 1, DocumentState.PARKED: 1, DocumentState.UNSENT: 1,
    }  # fmt: skip
    assert [one.doc_id for one in states.places()] == [fresh.doc_id, parked.doc_id]
    assert list(states.pictures([parked.doc_id, STRANGER])) == [parked.doc_id]


def test_a_place_stands_as_its_document_does_whatever_has_become_of_it(till: MadeTill) -> None:
    made = [note(till) for _at in range(6)]
    outbox, suspects = (
        Outbox(till.files.till, till.identity, till.clock),
        SuspectStore(till.files.till, till.clock),
    )
    answered(till, made[0])
    outbox.rewind(1, made[0].seq, "i2")
    answered(till, made[1], "conflict")
    suspects.tried(made[2].doc_id, made[2].epoch, made[2].seq)
    answered(till, made[3], "applied_flagged", codes=["STALE_PRICE"])
    answered(till, made[4])
    states = DocumentStates(till.files.till)
    places = {one.doc_id: one.state for one in states.places()}
    assert places == {one.doc_id: state_of(till, one) for one in made if one is not made[4]}


def test_the_money_of_a_receipt_and_of_the_drawer_is_told(till: MadeTill) -> None:
    sold = till.sell([till_files.line(1, 389_000)])
    moved = till.record("cash_in", {"amount": 400_000, "reason": "Nhận tiền lẻ"}, shift=1)
    other = note(till)
    found = DocumentStates(till.files.till).pictures([sold.doc_id, moved.doc_id, other.doc_id])
    assert [found[one.doc_id].amount for one in (sold, moved, other)] == [389_000, 400_000, None]


# --- later outcomes --------------------------------------------------------------------------------
def test_a_parked_document_is_booked_later(till: MadeTill) -> None:
    made = note(till)
    answered(till, made, "parked", missing=["x"])
    assert outcomes(till, {made.doc_id: {"status": "applied", "codes": []}}) == 1
    assert state_of(till, made) is DocumentState.APPLIED
    assert AttentionStore(till.files.till).documents() == []


def test_a_document_that_is_flagged_later_asks_for_attention(till: MadeTill) -> None:
    made = note(till)
    answered(till, made)
    outcomes(till, {made.doc_id: {"status": "applied_flagged", "codes": ["TILL_FORK"], "case": CASE}})
    (found,) = AttentionStore(till.files.till).documents()
    assert (found.codes, found.case) == (("TILL_FORK",), CASE)


def test_what_was_seen_stays_seen_while_central_says_the_same(till: MadeTill) -> None:
    made = note(till)
    word = {"status": "quarantined", "codes": ["BUG"]}
    answered(till, made, "quarantined", codes=["BUG"])
    attention = AttentionStore(till.files.till)
    attention.seen(made.doc_id)
    outcomes(till, {made.doc_id: word})
    assert attention.documents() == []
    outcomes(till, {made.doc_id: word | {"codes": ["BROKEN_INVARIANT"]}})
    assert len(attention.documents()) == 1


def test_an_item_counts_once_so_that_a_newer_answer_stands(till: MadeTill) -> None:
    made = note(till)
    answered(till, made, "parked")
    later = LaterOutcomes(till.files, till.clock)
    outcomes(till, {made.doc_id: {"status": "applied_flagged", "codes": ["X"]}})
    answered(till, made, "applied")
    assert later.take_over() == 0
    assert state_of(till, made) is DocumentState.APPLIED


def test_a_word_of_the_feed_takes_nothing_out_of_the_outbox(till: MadeTill) -> None:
    made = note(till)
    outcomes(till, {made.doc_id: {"status": "applied", "codes": []}})
    assert state_of(till, made) is DocumentState.UNSENT
    assert Outbox(till.files.till, till.identity, till.clock).counts().unsent == 1


def test_what_concerns_a_document_that_is_not_here_is_passed_over(till: MadeTill) -> None:
    assert outcomes(till, {STRANGER: {"status": "applied", "codes": [], "private": "erased"}}) == 1
    assert DocumentStates(till.files.till).of(STRANGER) is None


@pytest.mark.expects_log("pos_app.storage.later_outcomes", "a status of a later version")
def test_a_status_of_a_later_version_changes_nothing(till: MadeTill) -> None:
    made = note(till)
    answered(till, made)
    assert outcomes(till, {made.doc_id: {"status": "danced", "codes": []}}) == 1
    assert state_of(till, made) is DocumentState.APPLIED


# --- erasures --------------------------------------------------------------------------------------
def created(till: MadeTill) -> Recorded:
    private = {"name": "Nguyễn Thị Hoa", "phone": "+84912345567"}
    return till.record("customer_create", {"customer": HOA, "fields": ["name", "phone"]}, private=private)


def erased(till: MadeTill, recorded: Recorded) -> None:
    outcomes(till, {recorded.doc_id: {"status": "applied", "codes": [], "private": "erased"}})


def test_an_erasure_deletes_the_private_part_and_leaves_the_chain(till: MadeTill) -> None:
    made = created(till)
    answered(till, made)
    erased(till, made)
    assert till.journal.private_part(made.doc_id) is None
    assert till.journal.verify().is_whole


def test_an_erasure_is_obeyed_even_before_the_document_was_answered_for(till: MadeTill) -> None:
    made = created(till)
    erased(till, made)
    (waiting,) = Outbox(till.files.till, till.identity, till.clock).unsent(5, 1 << 20)
    assert (waiting.private, waiting.salt) == (None, None)


def test_an_erasure_takes_the_name_out_of_carts_that_were_put_aside(till: MadeTill) -> None:
    drafts = DraftStore(till.files.drafts_database, till.clock)
    card = {"id": HOA, "name": "Hoa N.", "last3": "567", "birthday": [3, 8], "tier": "gold"}
    drafts.hold({"cart": {"customer": card, "lines": [1]}}, "Hoa N.")
    drafts.hold({"cart": {"customer": None, "lines": [2]}}, "áo đỏ")
    erased(till, created(till))
    hers, other = drafts.held()
    assert "Hoa" not in str(hers.body) + hers.label
    assert "567" not in str(hers.body)
    assert hers.body["cart"]["customer"]["id"] == HOA
    assert other.label == "áo đỏ"


def test_erasing_a_buyers_tax_data_leaves_the_customers_cart_alone(till: MadeTill) -> None:
    drafts = DraftStore(till.files.drafts_database, till.clock)
    drafts.hold({"cart": {"customer": {"id": HOA, "name": "Hoa N."}, "lines": [1]}}, "Hoa N.")
    till.open_shift()
    made = till.record("drawer_open", {"reason": "x"}, private={"name": "Công ty Sao Mai"})
    erased(till, made)
    assert drafts.held()[0].label == "Hoa N."


# --- the other feeds of this kind ------------------------------------------------------------------
def case(**more: Any) -> dict[str, Any]:
    return {"code": "TILL_FORK", "store": 12, "opened_at": "2026-11-14T03:00:00Z", "facts": {}} | more


def test_cases_are_known_open_and_closed_newest_first(till: MadeTill) -> None:
    older = CASE.replace("0001", "0000")
    closed = case(closed_at="2026-11-14T04:00:00Z", closed_by=STRANGER)
    till.feed("cases", {older: case(), CASE: case(actions=["explain"]), STRANGER: closed})
    cases = CaseStore(till.files)
    assert [one.id for one in cases.open()] == [CASE, older]
    found = cases.by_id(STRANGER)
    assert found is not None
    assert not found.is_open
    assert cases.by_id(HOA) is None


def test_a_transfer_is_found_by_its_document(till: MadeTill) -> None:
    till.feed("transfers", {STRANGER: {"state": "matched", "amount": 250000, "at": "2026-11-14T03:00:00Z"}})
    found = TransferStore(till.files).of(STRANGER)
    assert found is not None
    assert (found.state, found.amount) == ("matched", 250000)
    assert TransferStore(till.files).of(HOA) is None


def test_blanks_are_held_by_campaign(till: MadeTill) -> None:
    blank = {"campaign": 7, "text": "QX1…", "short_code": "ABCD-EFGH", "kind": "amount", "value": 50000}
    till.feed("blanks", {"11": blank | {"valid_until": "2026-12-31"}, "12": blank | {"campaign": 8}})
    blanks = BlankStore(till.files)
    assert [one.serial for one in blanks.held()] == ["11", "12"]
    assert [one.serial for one in blanks.held(8)] == ["12"]
