"""A signed, paid pick-up whose order the till does not know, without a connection (protocol §11)."""

from __future__ import annotations

from typing import Any

import pytest

from pos_app.domain.errors import (
    ApprovalRequired,
    HandoverIncomplete,
    HandoverTooMuch,
    IdentityNeeded,
    OrderAlreadyHandedOver,
    OrderUnknownHere,
    PolicyRefused,
)
from pos_app.domain.signed_codes import PAID, PARTIAL_HANDOVER, PIN_SET
from pos_app.services.bag_draft import BagDraft
from pos_app.services.payment import Completed
from pos_app.services.pickup_draft import PickupDraft
from tests.support import till_files
from tests.support.counter import Counter, pickup_code

FIRST, SECOND = "8930000000019", "8930000000026"
NUMBER = 48999


def opened(counter: Counter, number: int = NUMBER, **code: Any) -> PickupDraft:
    counter.open()
    return counter.pickups.open(pickup_code(number, **code))


def packed(draft: PickupDraft) -> PickupDraft:
    for barcode in (FIRST, FIRST, SECOND):
        draft.scan(barcode)
    return draft


def handed_over(counter: Counter, draft: PickupDraft) -> Completed:
    granted = counter.allow(draft.needs_approval, draft.draft_hash)
    return draft.begin_payment(granted).complete()


def test_a_bag_is_opened_by_the_code_and_counts_its_pieces(counter: Counter) -> None:
    draft = opened(counter)

    assert isinstance(draft, BagDraft)
    assert (draft.order.number, draft.order.lines, draft.missing) == ("48999", (), 3000)
    with pytest.raises(HandoverIncomplete):
        draft.check()


def test_nobody_hands_it_over_without_a_manager(counter: Counter) -> None:
    with pytest.raises(ApprovalRequired) as needed:
        packed(opened(counter)).begin_payment()
    assert needed.value.fields["reason"] == "pickup_unknown"


def test_the_document_carries_the_scanned_goods_without_lines_of_the_order(counter: Counter) -> None:
    completed = handed_over(counter, packed(opened(counter)))

    payload = counter.payload(completed.recorded.doc_id)
    assert [(line["product"], line["quantity"], line["amount"]) for line in payload["lines"]] == [
        ("SP000001", 2000, 1_000_000),
        ("SP000002", 1000, 500_000),
    ]
    assert not any("order_line" in line for line in payload["lines"])
    assert (payload["order"], payload["provisional"], payload["checks"]) == (NUMBER, True, ["qr"])
    assert [(one["kind"], one["amount"]) for one in payload["tenders"]] == [("paid_online", 1_500_000)]
    assert counter.body(completed.recorded.doc_id)["connectivity"] == "offline"


def test_goods_never_cost_more_than_the_order_was_worth(counter: Counter) -> None:
    draft = packed(opened(counter, worth=1_200_000))

    assert [line.amount for line in draft.order.lines] == [800_000, 400_000]
    assert draft.due_now == 0


def test_not_more_pieces_than_the_code_counts(counter: Counter) -> None:
    draft = packed(opened(counter))
    with pytest.raises(HandoverTooMuch):
        draft.scan(FIRST)


def test_a_piece_that_was_scanned_is_taken_back(counter: Counter) -> None:
    draft = packed(opened(counter))
    draft.undo()
    assert (draft.missing, [line.product for line in draft.order.lines]) == (1000, ["SP000001"])
    draft.untick(1)
    assert (draft.missing, draft.order.lines) == (3000, ())


def test_part_of_it_goes_out_only_where_the_code_allows_it(counter: Counter) -> None:
    draft = opened(counter)
    draft.scan(FIRST)
    with pytest.raises(HandoverIncomplete):
        draft.check(partial=True)
    draft = counter.pickups.open(pickup_code(49000, flags=PAID | PARTIAL_HANDOVER))
    draft.scan(FIRST)
    assert draft.plan(partial=True).total == 500_000


def test_a_pin_that_cannot_be_compared_asks_for_an_identity_document(counter: Counter) -> None:
    draft = packed(opened(counter, flags=PAID | PIN_SET))
    with pytest.raises(IdentityNeeded):
        draft.check()
    draft.confirm_identity()
    handed_over(counter, draft)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"worth": 2_000_001}, "pickup_unknown_value"),
        ({"flags": 0, "amount_due": 100_000}, "pickup_unknown_due"),
    ],
)
def test_what_is_worth_too_much_or_not_paid_waits_for_the_network(
    counter: Counter, changes: dict[str, int], reason: str
) -> None:
    with pytest.raises(PolicyRefused) as refused:
        opened(counter, **changes)
    assert refused.value.fields["reason"] == reason


def test_the_sixth_of_a_shift_is_refused(counter: Counter) -> None:
    counter.open()
    for number in range(49_001, 49_006):
        handed_over(counter, packed(counter.pickups.open(pickup_code(number))))
    with pytest.raises(PolicyRefused) as refused:
        counter.pickups.open(pickup_code(49_006))
    assert refused.value.fields["reason"] == "pickup_unknown_count"


def test_the_same_code_is_not_handed_over_again(counter: Counter) -> None:
    handed_over(counter, packed(opened(counter)))
    with pytest.raises(OrderAlreadyHandedOver):
        counter.pickups.open(pickup_code(NUMBER))


def test_nor_when_the_order_arrives_before_the_document_has_reached_central(counter: Counter) -> None:
    handed_over(counter, packed(opened(counter)))
    counter.till.feed("orders", {str(NUMBER): till_files.order(NUMBER)})
    with pytest.raises(OrderAlreadyHandedOver):
        counter.pickups.open(pickup_code(NUMBER))


def test_a_number_alone_opens_nothing(counter: Counter) -> None:
    with pytest.raises(OrderUnknownHere):
        counter.open().pickups.open("MN-48999")
