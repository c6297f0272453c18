from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pos_app.domain.codes import day_of
from pos_app.domain.errors import (
    ApprovalRequired,
    CodeRefused,
    CodeRevoked,
    HandoverIncomplete,
    HandoverTooMuch,
    IdentityNeeded,
    NoOpenShift,
    NothingToUndo,
    OrderAlreadyHandedOver,
    OrderAmbiguous,
    OrderCancelled,
    OrderExpired,
    OrderOtherStore,
    PaymentOutdated,
    PickupPinNeeded,
    PickupPinWrong,
    ProductUnknownHere,
    StaffNotAllowed,
    WrongProduct,
)
from pos_app.domain.short_codes import short_code
from pos_app.services.pickup_draft import PickupDraft
from pos_app.services.pickup_proof import PinState
from tests.support import till_files
from tests.support.counter import (
    AUDITOR,
    MANAGER,
    PICKUP_PIN,
    Counter,
    pickup_code,
    pin_of,
)

FIRST, SECOND, STRANGER = "8930000000019", "8930000000026", "8930000000033"


def order(counter: Counter, **changes: Any) -> None:
    counter.till.feed("orders", {"48207": till_files.order(**changes)})


def complete_ticks(draft: PickupDraft) -> PickupDraft:
    for barcode in (FIRST, FIRST, SECOND):
        draft.scan(barcode)
    return draft


# --- opening ----------------------------------------------------------------------------------
def test_the_code_of_a_known_order_opens_it(counter: Counter) -> None:
    draft = counter.open().pickups.open(pickup_code())

    assert draft.order.number == "MN-48207"
    assert (draft.due_now, draft.missing, draft.proof.checks) == (0, 3000, ("qr",))


@pytest.mark.parametrize("target", ["MN-48207", "mn-48207 ", 48207])
def test_an_order_opens_by_its_number_too(counter: Counter, target: str | int) -> None:
    assert counter.open().pickups.open(target).order.order == 48207


def test_a_short_code_opens_an_order(counter: Counter) -> None:
    text = short_code(58207)
    order(counter, short_code=text.replace("-", ""))
    assert counter.open().pickups.open(text).proof.checks == ("short_code",)


def test_two_orders_with_one_short_code_ask_for_the_qr(counter: Counter) -> None:
    text = short_code(58207)
    plain = text.replace("-", "")
    counter.till.feed(
        "orders",
        {
            "48207": till_files.order(short_code=plain),
            "48208": till_files.order(48208, short_code=plain),
        },
    )

    with pytest.raises(OrderAmbiguous):
        counter.open().pickups.open(text)


def test_a_code_that_was_changed_is_refused_and_journaled(counter: Counter) -> None:
    counter.open()
    with pytest.raises(CodeRefused):
        counter.pickups.open(pickup_code(seed=b"x" * 32))

    assert counter.kinds()[-1] == "voucher_refused"


def test_a_code_for_another_store_names_the_store(counter: Counter) -> None:
    with pytest.raises(OrderOtherStore) as refused:
        counter.open().pickups.open(pickup_code(store=13))

    assert refused.value.fields["store"] == 13


def test_a_code_past_its_last_day_is_expired(counter: Counter) -> None:
    code = pickup_code(valid_until_day=day_of(date(2026, 11, 13)))

    with pytest.raises(OrderExpired) as refused:
        counter.open().pickups.open(code)
    assert refused.value.fields["last_day"] == date(2026, 11, 13)


def test_setting_the_clock_back_revives_no_code(counter: Counter) -> None:
    counter.open()
    code = pickup_code(valid_until_day=day_of(date(2026, 11, 13)))
    counter.till.clock.set_wall(counter.session.now.replace(day=12))

    with pytest.raises(OrderExpired):
        counter.pickups.open(code)


def test_a_revoked_code_is_refused(counter: Counter) -> None:
    counter.till.feed("revocations", {"code/58207": {"at": "2026-11-13T00:00:00+00:00", "reason": "new"}})

    with pytest.raises(CodeRevoked):
        counter.open().pickups.open(pickup_code())


def test_the_code_before_the_last_one_counts_no_more(counter: Counter) -> None:
    with pytest.raises(CodeRevoked):
        counter.open().pickups.open(pickup_code(serial=1))


@pytest.mark.parametrize(
    ("state", "error"),
    [
        ("cancelled", OrderCancelled),
        ("expired", OrderExpired),
        ("returned", OrderExpired),
        ("done", OrderAlreadyHandedOver),
    ],
)
def test_an_order_that_is_over_says_how(counter: Counter, state: str, error: type[Exception]) -> None:
    order(counter, handover=state)

    with pytest.raises(error):
        counter.open().pickups.open(pickup_code())


def test_an_order_is_not_handed_over_twice(counter: Counter) -> None:
    draft = complete_ticks(counter.open().pickups.open(pickup_code()))
    recorded = draft.begin_payment().complete().recorded

    with pytest.raises(OrderAlreadyHandedOver) as refused:
        counter.pickups.open(pickup_code())
    assert refused.value.fields["receipt_no"] == recorded.receipt_no
    assert refused.value.fields["by"] == 7


def test_nothing_is_handed_over_without_a_shift(counter: Counter) -> None:
    counter.enter()

    with pytest.raises(NoOpenShift):
        counter.pickups.open(pickup_code())


def test_an_auditor_hands_nothing_over(counter: Counter) -> None:
    counter.open().enter(AUDITOR)

    with pytest.raises(StaffNotAllowed):
        counter.pickups.open(pickup_code())


def test_the_waiting_list_goes_by_promise(counter: Counter) -> None:
    counter.till.feed("orders", {"48300": till_files.order(48300, promised_by="2026-11-14T08:00:00+07:00")})

    rows = counter.pickups.waiting()
    assert [row.number for row in rows] == ["MN-48300", "MN-48207"]
    assert [row.is_late for row in rows] == [True, False]


# --- ticking ----------------------------------------------------------------------------------
def test_each_scan_ticks_one_piece(counter: Counter) -> None:
    draft = counter.open().pickups.open(pickup_code())

    outcome = draft.scan(FIRST)
    assert (outcome.line_no, outcome.ticked, outcome.wanted, outcome.left) == (1, 1000, 2000, 1000)
    assert outcome.missing == 2000


def test_a_product_of_no_line_is_the_wrong_one(counter: Counter) -> None:
    with pytest.raises(WrongProduct) as refused:
        counter.open().pickups.open(pickup_code()).scan(STRANGER)

    assert refused.value.fields["name"] == "Áo sơ mi"


def test_one_piece_too_many_is_refused(counter: Counter) -> None:
    draft = complete_ticks(counter.open().pickups.open(pickup_code()))

    with pytest.raises(HandoverTooMuch):
        draft.scan(SECOND)


def test_an_unknown_barcode_is_unknown_here(counter: Counter) -> None:
    with pytest.raises(ProductUnknownHere):
        counter.open().pickups.open(pickup_code()).scan("8930000000996")


def test_a_sku_ticks_like_a_barcode(counter: Counter) -> None:
    assert counter.open().pickups.open(pickup_code()).scan("MLC-002-37").line_no == 2


def test_undo_takes_the_last_tick_back(counter: Counter) -> None:
    draft = counter.open().pickups.open(pickup_code())
    draft.scan(FIRST)
    draft.undo()

    assert draft.missing == 3000
    with pytest.raises(NothingToUndo):
        draft.undo()


# --- recording --------------------------------------------------------------------------------
def test_a_paid_order_is_handed_over_at_once(counter: Counter) -> None:
    draft = complete_ticks(counter.open().pickups.open(pickup_code()))
    done = draft.begin_payment().complete()

    payload = counter.payload(done.recorded.doc_id)
    assert payload["total"] == 1_500_000
    assert [tender["kind"] for tender in payload["tenders"]] == ["paid_online"]
    assert payload["checks"] == ["qr"]
    assert counter.jobs(done.recorded.doc_id) == [("receipt", False)]
    assert counter.body(done.recorded.doc_id)["shift"] == 1


def test_what_is_still_due_is_collected_in_cash(counter: Counter) -> None:
    order(counter, payment="due", prepaid=[], amount_due=1_500_000)
    code = pickup_code(amount_due=1_500_000, flags=0)
    draft = complete_ticks(counter.open().pickups.open(code))
    assert draft.due_now == 1_500_000

    payment = draft.begin_payment()
    done = payment.complete(2_000_000)
    assert done.change == 500_000
    assert counter.jobs(done.recorded.doc_id) == [("receipt", True)]
    assert counter.payload(done.recorded.doc_id)["points"] == [
        {"customer": till_files.HOA, "delta": 225, "why": "earned"}
    ]


def test_the_feeds_amounts_win_over_the_codes(counter: Counter) -> None:
    order(
        counter,
        payment="part",
        prepaid=[{"no": 1, "kind": "paid_online", "amount": 500_000, "reference": "V"}],
    )

    assert counter.open().pickups.open(pickup_code()).due_now == 1_000_000


def test_vat_is_that_of_the_day_of_the_hand_over(counter: Counter) -> None:
    counter.till.feed(
        "catalogue", {"category/giay": till_files.category(vat=[{"rate": 1000, "from": "2026-11-01"}])}
    )
    draft = complete_ticks(counter.open().pickups.open(pickup_code()))

    payload = counter.payload(draft.begin_payment().complete().recorded.doc_id)
    assert {line["vat_rate"] for line in payload["lines"]} == {1000}


def test_goods_that_were_not_scanned_hold_the_hand_over_up(counter: Counter) -> None:
    draft = counter.open().pickups.open(pickup_code())
    draft.scan(FIRST)

    with pytest.raises(HandoverIncomplete) as refused:
        draft.begin_payment()
    assert refused.value.fields == {"missing": 2000, "may_be_partial": True}


def test_a_part_may_go_first(counter: Counter) -> None:
    draft = counter.open().pickups.open(pickup_code())
    draft.scan(FIRST)
    done = draft.begin_payment(partial=True).complete()

    assert counter.payload(done.recorded.doc_id)["total"] == 500_000
    assert counter.pickups.open(pickup_code()).missing == 2000


def test_an_order_that_must_go_whole_does_not_go_in_parts(counter: Counter) -> None:
    order(counter, partial=False)
    draft = counter.open().pickups.open(pickup_code())
    draft.scan(FIRST)

    with pytest.raises(HandoverIncomplete):
        draft.begin_payment(partial=True)


def test_what_the_customer_refuses_comes_back_as_store_credit(counter: Counter) -> None:
    draft = counter.open().pickups.open(pickup_code())
    draft.scan(SECOND)
    draft.refuse(1, "not_wanted")
    done = draft.begin_payment().complete()

    payload = counter.payload(done.recorded.doc_id)
    assert payload["refused"] == [
        {"order_line": 1, "quantity": 2000, "amount": 1_000_000, "reason": "not_wanted"}
    ]
    assert [(item["kind"], item["amount"]) for item in payload["refunds"]] == [("store_credit", -1_000_000)]
    assert "reference" not in payload["refunds"][0]


def test_a_refusal_can_be_taken_back(counter: Counter) -> None:
    draft = counter.open().pickups.open(pickup_code())
    draft.refuse(1)
    draft.accept(1)

    assert draft.missing == 3000


def test_the_collectors_name_goes_into_the_private_part_alone(counter: Counter) -> None:
    draft = complete_ticks(counter.open().pickups.open(pickup_code()))
    draft.set_collector("Trần Văn An", "chồng")
    recorded = draft.begin_payment().complete().recorded

    assert counter.payload(recorded.doc_id)["collector"] == "other"
    assert "Trần Văn An".encode() not in recorded.body
    assert counter.till.journal.private_part(recorded.doc_id) == {
        "collector": {"name": "Trần Văn An", "relation": "chồng"}
    }


def test_leaving_a_draft_writes_nothing(counter: Counter) -> None:
    counter.open()
    before = counter.kinds()
    complete_ticks(counter.pickups.open(pickup_code())).begin_payment()

    assert counter.kinds() == before


# --- proof and limits -------------------------------------------------------------------------
def test_an_order_with_a_pin_waits_for_it(counter: Counter) -> None:
    order(counter, pin=pin_of())
    draft = complete_ticks(counter.open().pickups.open(pickup_code()))
    assert draft.pin_state is PinState.NEEDED
    with pytest.raises(PickupPinNeeded):
        draft.begin_payment()

    draft.enter_pin(PICKUP_PIN)
    recorded = draft.begin_payment().complete().recorded
    assert counter.payload(recorded.doc_id)["checks"] == ["qr", "pin"]


def test_five_wrong_pins_leave_it_to_a_manager(counter: Counter) -> None:
    order(counter, pin=pin_of())
    draft = complete_ticks(counter.open().pickups.open(pickup_code()))
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(PickupPinWrong) as refused:
            draft.enter_pin("0000")
        assert refused.value.fields["tries_left"] == left

    assert counter.pickups.open(pickup_code()).pin_state is PinState.BLOCKED
    with pytest.raises(PickupPinWrong):
        draft.enter_pin(PICKUP_PIN)
    with pytest.raises(ApprovalRequired) as asked:
        draft.confirm_identity()

    granted = counter.allow(counter.approvals.need_of(asked.value), draft.identity_hash)
    draft.confirm_identity(granted)
    recorded = draft.begin_payment().complete().recorded
    assert counter.body(recorded.doc_id)["approver"] == MANAGER
    assert counter.payload(recorded.doc_id)["checks"] == ["qr", "id"]


def test_an_identity_does_not_replace_the_pin_without_a_manager(counter: Counter) -> None:
    order(counter, pin=pin_of(), identity_check=True)
    draft = complete_ticks(counter.open().pickups.open(pickup_code()))
    draft.confirm_identity()

    with pytest.raises(PickupPinNeeded):
        draft.begin_payment()


def test_an_order_may_ask_for_an_identity_document(counter: Counter) -> None:
    order(counter, identity_check=True)
    draft = complete_ticks(counter.open().pickups.open(pickup_code()))
    with pytest.raises(IdentityNeeded):
        draft.begin_payment()

    draft.confirm_identity()
    draft.begin_payment()


def test_a_number_alone_proves_nobody(counter: Counter) -> None:
    draft = complete_ticks(counter.open().pickups.open("MN-48207"))

    with pytest.raises(IdentityNeeded):
        draft.begin_payment()


def test_a_dear_order_needs_pin_or_identity_when_offline(counter: Counter) -> None:
    lines = [till_files.order_line(1, 1000) | {"amount": 3_000_000, "unit_price": 3_000_000}]
    prepaid = [{"no": 1, "kind": "paid_online", "amount": 3_000_000, "reference": "V"}]
    order(counter, lines=lines, prepaid=prepaid)
    draft = counter.open().pickups.open(pickup_code(worth=3_000_000))
    draft.scan(FIRST)

    with pytest.raises(IdentityNeeded) as refused:
        draft.begin_payment()
    assert refused.value.fields["most"] == 2_000_000


def test_orders_older_than_four_hours_need_a_manager(counter: Counter) -> None:
    counter.open()
    counter.till.clock.pass_time(5 * 3600)
    draft = complete_ticks(counter.pickups.open(pickup_code()))
    with pytest.raises(ApprovalRequired) as asked:
        draft.begin_payment()
    assert asked.value.fields["reason"] == "pickup_feed_age"

    granted = counter.allow(draft.needs_approval, draft.draft_hash)
    recorded = draft.begin_payment(granted).complete().recorded
    assert counter.body(recorded.doc_id)["approver"] == MANAGER
    assert counter.payload(recorded.doc_id)["approvals"][0]["right"] == "pickup.over_limit"


def test_a_hand_over_is_committed_once(counter: Counter) -> None:
    draft = counter.open().pickups.open(pickup_code())
    for _ in range(2):
        draft.scan("8930000000019")
    draft.scan("8930000000026")
    payment = draft.begin_payment()
    payment.complete()
    with pytest.raises(PaymentOutdated):
        payment.complete()
    assert counter.kinds().count("handover") == 1
