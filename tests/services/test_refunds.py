from __future__ import annotations

from typing import Any

import pytest

from pos_app.domain.codes import ReceiptCode, encode
from pos_app.domain.errors import (
    ApprovalExpired,
    ApprovalRequired,
    CodeRefused,
    NothingToReturn,
    PaymentOutdated,
    PolicyRefused,
    ReasonMissing,
    ReceiptNotReturnable,
    ReceiptRevoked,
    ReceiptUnknownHere,
    ReturnRefused,
    ReturnTooMuch,
)
from pos_app.domain.signing import signer
from pos_app.domain.tender import TenderKind
from pos_app.services.return_draft import LineState, RefundMethod, ReturnDraft
from pos_app.storage.credits import CreditStore
from tests.support import till_files
from tests.support.counter import FEED_SALE, MANAGER, OTHER_SEED, Counter, feed_sale, other_till, pickup_code


@pytest.fixture
def open_counter(counter: Counter) -> Counter:
    counter.open()
    counter.till.feed("tills", {"other": other_till()})
    return counter


def chosen(draft: ReturnDraft, *lines: int) -> ReturnDraft:
    for no in lines or (1,):
        draft.choose(no, 1000)
        draft.reason(no, "wrong_size")
    return draft


def foreign_code(**changes: Any) -> str:
    values = {
        "store": 13, "till_number": 2, "epoch": 1, "seq": 41, "day": 2505, "total": 800_000, "lines": 2,
        "hash10": "ab" * 10,
    }  # fmt: skip
    return encode(ReceiptCode(**(values | changes)), signer(OTHER_SEED), till_files.TENANT)  # type: ignore[arg-type]


# --- opening ----------------------------------------------------------------------------------
def test_an_own_receipt_opens_by_its_code_its_number_and_its_id(open_counter: Counter) -> None:
    sold = open_counter.till.sell()

    for target in (sold.code_text, sold.receipt_no, sold.doc_id):
        draft = open_counter.refunds.open(str(target))
        assert draft.original.doc_id == sold.doc_id
        assert draft.found.source == "own"


def test_a_receipt_of_another_store_comes_from_the_feed(open_counter: Counter) -> None:
    open_counter.till.feed("sales", {FEED_SALE: feed_sale()})
    draft = open_counter.refunds.open(foreign_code())

    assert draft.original.receipt_no == "LVS02-004812"
    assert draft.found.source == "feed"


def test_a_receipt_of_a_till_never_heard_of_is_unknown_here(open_counter: Counter) -> None:
    with pytest.raises(ReceiptUnknownHere):
        open_counter.refunds.open(foreign_code(store=77))


def test_a_forged_receipt_is_refused_and_journaled(open_counter: Counter) -> None:
    code = ReceiptCode(store=13, till_number=2, epoch=1, seq=41, day=2505, total=1, lines=1, hash10="ab" * 10)
    with pytest.raises(CodeRefused):
        open_counter.refunds.open(encode(code, signer(b"z" * 32), till_files.TENANT))

    assert open_counter.kinds()[-1] == "voucher_refused"


def test_another_document_at_the_same_place_is_not_this_receipt(open_counter: Counter) -> None:
    open_counter.till.feed("sales", {FEED_SALE: feed_sale()})

    with pytest.raises(ReceiptUnknownHere):
        open_counter.refunds.open(foreign_code(hash10="cd" * 10))


def test_a_number_that_this_till_does_not_know_is_unknown_here(open_counter: Counter) -> None:
    with pytest.raises(ReceiptUnknownHere) as unknown:
        open_counter.refunds.open("HBT01-000001")

    assert unknown.value.fields["receipt_no"] == "HBT01-000001"


def test_a_revoked_receipt_is_refused(open_counter: Counter) -> None:
    open_counter.till.feed("sales", {FEED_SALE: feed_sale()})
    open_counter.till.feed(
        "revocations", {f"receipt/{till_files.OTHER_TILL}/1/41": {"at": "2026-11-13T00:00:00+00:00"}}
    )

    with pytest.raises(ReceiptRevoked):
        open_counter.refunds.open(foreign_code())
    with pytest.raises(ReceiptRevoked):
        open_counter.refunds.open("LVS02-004812")


def test_a_return_is_no_receipt_to_return_on(open_counter: Counter) -> None:
    sold = open_counter.till.sell()
    done = chosen(open_counter.refunds.open(sold.doc_id)).complete()

    with pytest.raises(ReceiptNotReturnable) as refused:
        open_counter.refunds.open(str(done.recorded.code_text))
    assert refused.value.fields["kind"] == "return"


def test_a_receipt_that_is_wholly_back_has_nothing_left(open_counter: Counter) -> None:
    sold = open_counter.till.sell()
    chosen(open_counter.refunds.open(sold.doc_id)).complete()

    with pytest.raises(NothingToReturn):
        open_counter.refunds.open(sold.doc_id)


def test_a_voided_sale_has_nothing_to_return(open_counter: Counter) -> None:
    sold = open_counter.till.sell()
    open_counter.till.record(
        "void",
        {
            "business_date": till_files.DAY, "of": sold.doc_id, "reason": "x", "points": [], "approvals": [],
            "tenders": [{"no": 1, "kind": "cash", "amount": -500_000}],
        },
        shift=1,
    )  # fmt: skip

    with pytest.raises(ReceiptNotReturnable):
        open_counter.refunds.open(sold.doc_id)


def test_an_online_order_comes_back_by_its_number_or_qr(open_counter: Counter) -> None:
    draft = open_counter.pickups.open(pickup_code())
    for barcode in ("8930000000019", "8930000000019", "8930000000026"):
        draft.scan(barcode)
    recorded = draft.begin_payment().complete().recorded

    for target in ("MN-48207", pickup_code()):
        assert open_counter.refunds.open(target).original.doc_id == recorded.doc_id


# --- lines ------------------------------------------------------------------------------------
def test_each_line_says_until_when_it_may_come_back(open_counter: Counter) -> None:
    lines = [
        till_files.line(1),
        till_files.line(2, return_until=till_files.DAY),
        till_files.line(3, return_until="2026-11-13"),
        till_files.line(4, no_return="clearance"),
    ]
    draft = open_counter.refunds.open(open_counter.till.sell(lines).doc_id)

    assert [line.state for line in draft.lines()] == [
        LineState.RETURNABLE,
        LineState.LAST_DAY,
        LineState.EXPIRED,
        LineState.NO_RETURN,
    ]
    assert draft.lines()[0].amount == 500_000


def test_a_line_past_its_last_day_is_refused_with_the_day(open_counter: Counter) -> None:
    sold = open_counter.till.sell([till_files.line(1, return_until="2026-11-13")])
    draft = open_counter.refunds.open(sold.doc_id)

    with pytest.raises(ReturnRefused) as refused:
        draft.choose(1, 1000)
    assert refused.value.fields["reason"] == "expired"
    assert str(refused.value.fields["last_day"]) == "2026-11-13"


def test_goods_sold_as_final_say_why(open_counter: Counter) -> None:
    sold = open_counter.till.sell([till_files.line(1, no_return="clearance")])

    with pytest.raises(ReturnRefused) as refused:
        open_counter.refunds.open(sold.doc_id).choose(1, 1000)
    assert refused.value.fields["reason"] == "clearance"


def test_faulty_goods_override_the_window(open_counter: Counter) -> None:
    sold = open_counter.till.sell([till_files.line(1, return_until="2026-11-13")])
    draft = open_counter.refunds.open(sold.doc_id)
    draft.faulty(1)
    done = draft.complete()

    line = open_counter.payload(done.recorded.doc_id)["lines"][0]
    assert (line["condition"], line["reason"]) == ("damaged", "faulty")


def test_more_than_is_left_is_refused(open_counter: Counter) -> None:
    draft = open_counter.refunds.open(open_counter.till.sell().doc_id)

    with pytest.raises(ReturnTooMuch):
        draft.choose(1, 2000)


def test_a_return_states_its_reasons(open_counter: Counter) -> None:
    draft = open_counter.refunds.open(open_counter.till.sell().doc_id)
    draft.choose(1, 1000)

    with pytest.raises(ReasonMissing) as refused:
        draft.complete()
    assert refused.value.fields["line"] == 1


def test_a_line_taken_out_again_is_not_returned(open_counter: Counter) -> None:
    draft = chosen(open_counter.refunds.open(open_counter.till.sell().doc_id))
    draft.choose(1, 0)

    assert draft.is_empty
    with pytest.raises(NothingToReturn):
        draft.plan()


# --- money ------------------------------------------------------------------------------------
def test_cash_of_the_own_store_goes_back_as_cash(open_counter: Counter) -> None:
    sold = open_counter.till.sell()
    done = chosen(open_counter.refunds.open(sold.doc_id)).complete()

    assert (done.cash, done.credit, done.credit_code) == (500_000, 0, None)
    assert open_counter.jobs(done.recorded.doc_id) == [("receipt", True)]
    body = open_counter.body(done.recorded.doc_id)
    assert body["payload"]["original"] == {"doc_id": sold.doc_id, "source": "own"}
    assert body["depends_on"] == []
    assert open_counter.shifts.close({100_000: 5}).difference == 0


def test_a_transfer_goes_back_as_store_credit_whose_code_is_the_receipts(open_counter: Counter) -> None:
    tenders = [{"no": 1, "kind": "transfer", "amount": 500_000, "reference": "T9", "state": "confirmed"}]
    sold = open_counter.till.sell(tenders=tenders)
    done = chosen(open_counter.refunds.open(sold.doc_id)).complete()

    assert (done.cash, done.credit) == (0, 500_000)
    assert done.credit_code == done.recorded.code_text
    assert open_counter.jobs(done.recorded.doc_id) == [("receipt", False)]
    refund = open_counter.payload(done.recorded.doc_id)["refunds"][0]
    assert refund == {"kind": "store_credit", "amount": -500_000, "original_tender": 1}


def test_the_credit_of_a_return_can_be_spent_here(open_counter: Counter) -> None:
    tenders = [{"no": 1, "kind": "card", "amount": 500_000, "reference": "SLIP"}]
    sold = open_counter.till.sell(tenders=tenders)
    done = chosen(open_counter.refunds.open(sold.doc_id)).complete()

    account = CreditStore(open_counter.till.files.till).left(done.recorded.doc_id)
    assert (account.issued_here, account.left) == (True, 500_000)


def test_card_money_in_cash_takes_a_manager(open_counter: Counter) -> None:
    sold = open_counter.till.sell(tenders=[{"no": 1, "kind": "card", "amount": 500_000}])
    draft = chosen(open_counter.refunds.open(sold.doc_id))
    draft.method = RefundMethod.CASH
    with pytest.raises(ApprovalRequired) as asked:
        draft.complete()
    assert asked.value.fields["right"] == "return.card_as_cash"

    done = draft.complete(open_counter.allow(draft.needs_approval, draft.draft_hash))
    assert done.cash == 500_000


def test_a_customer_may_take_store_credit_for_cash(open_counter: Counter) -> None:
    draft = chosen(open_counter.refunds.open(open_counter.till.sell().doc_id))
    draft.method = RefundMethod.STORE_CREDIT

    assert draft.plan().given_as(TenderKind.STORE_CREDIT) == 500_000
    assert draft.needs_approval is None


def test_cash_above_the_limit_takes_a_manager_for_exactly_this_return(open_counter: Counter) -> None:
    lines = [till_files.line(no, 400_000) for no in (1, 2)]
    draft = chosen(open_counter.refunds.open(open_counter.till.sell(lines).doc_id), 1, 2)
    need = draft.needs_approval
    assert need is not None
    assert (need.right, need.asked, need.most) == ("return.over_limit", 800_000, 500_000)

    granted = open_counter.allow(need, draft.draft_hash)
    draft.condition(2, "damaged")
    with pytest.raises(ApprovalExpired):
        draft.complete(granted)
    done = draft.complete(open_counter.allow(need, draft.draft_hash))
    body = open_counter.body(done.recorded.doc_id)
    assert body["approver"] == MANAGER
    assert body["payload"]["approvals"][0]["by"] == MANAGER


def test_a_manager_at_the_till_needs_nobody(open_counter: Counter) -> None:
    open_counter.enter(MANAGER)
    lines = [till_files.line(no, 400_000) for no in (1, 2)]
    draft = chosen(open_counter.refunds.open(open_counter.till.sell(lines).doc_id), 1, 2)

    assert draft.needs_approval is None


def test_cash_above_the_hard_limit_is_refused_to_everybody(open_counter: Counter) -> None:
    sold = open_counter.till.sell([till_files.line(1, 2_500_000)])
    draft = chosen(open_counter.refunds.open(sold.doc_id))

    with pytest.raises(PolicyRefused):
        draft.complete()


def test_the_cash_of_a_shift_is_counted(open_counter: Counter) -> None:
    open_counter.enter(MANAGER)
    for _ in range(3):
        sold = open_counter.till.sell([till_files.line(1, 1_600_000)])
        chosen(open_counter.refunds.open(sold.doc_id)).complete()
        open_counter.till.clock.pass_time(31 * 60)  # or they would count as one
    sold = open_counter.till.sell([till_files.line(1, 300_000)])

    with pytest.raises(PolicyRefused) as refused:
        chosen(open_counter.refunds.open(sold.doc_id)).complete()
    assert refused.value.fields["reason"] == "return_cash_shift"


def test_another_stores_receipt_goes_back_as_store_credit(open_counter: Counter) -> None:
    open_counter.till.feed("sales", {FEED_SALE: feed_sale()})
    draft = chosen(open_counter.refunds.open(foreign_code()), 1, 2)
    done = draft.complete()

    assert (done.cash, done.credit) == (0, 800_000)
    body = open_counter.body(done.recorded.doc_id)
    assert body["depends_on"] == [FEED_SALE]
    place = f"{till_files.OTHER_TILL}/1/41"
    assert body["payload"]["original"] == {"doc_id": FEED_SALE, "place": place, "source": "feed"}


def test_another_stores_cash_takes_a_manager(open_counter: Counter) -> None:
    open_counter.till.feed("sales", {FEED_SALE: feed_sale()})
    draft = chosen(open_counter.refunds.open(foreign_code()), 2)
    draft.method = RefundMethod.CASH

    need = draft.needs_approval
    assert need is not None
    assert (need.right, need.most) == ("return.over_limit", 0)


def test_points_earned_are_taken_back(open_counter: Counter) -> None:
    open_counter.till.feed("sales", {FEED_SALE: feed_sale()})
    plan = chosen(open_counter.refunds.open(foreign_code()), 1, 2).plan()

    assert plan.points_taken_back == 120


def test_the_shares_say_what_is_left_of_each_tender(open_counter: Counter) -> None:
    open_counter.till.feed("sales", {FEED_SALE: feed_sale()})
    chosen(open_counter.refunds.open(foreign_code()), 2).complete()

    shares = open_counter.refunds.open(foreign_code()).shares()
    assert [(share.kind, share.left) for share in shares] == [
        (TenderKind.TRANSFER, 300_000),
        (TenderKind.CASH, 200_000),
    ]


def test_a_customers_receipts_are_listed(open_counter: Counter) -> None:
    open_counter.till.feed("sales", {FEED_SALE: feed_sale()})

    found = open_counter.refunds.of_customer(till_files.HOA)
    assert [one.sale.receipt_no for one in found] == ["LVS02-004812"]


def test_a_return_is_committed_once(open_counter: Counter) -> None:
    sold = open_counter.till.sell([till_files.line(1, 100_000)])
    draft = chosen(open_counter.refunds.open(sold.doc_id), 1)
    draft.complete()
    with pytest.raises(PaymentOutdated):
        draft.complete()
    assert open_counter.kinds().count("return") == 1
