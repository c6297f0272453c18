"""Restricted mode: what goes on, and what needs a manager until central can be asked (protocol §8)."""

from __future__ import annotations

import pytest

from pos_app.domain.errors import ApprovalRequired
from pos_app.domain.verdict import ALLOWED, Refused
from pos_app.services.restricted import RESTRICTED, judged
from tests.support.counter import MANAGER, Counter, pickup_code

ITEMS = ("8930000000019", "8930000000019", "8930000000026")


@pytest.fixture
def restricted(counter: Counter) -> Counter:
    counter.open()
    counter.standing.restrict("restored", counter.till.clock.now())
    return counter


def test_sales_cash_and_closings_go_on(restricted: Counter) -> None:
    restricted.till.sell()
    restricted.drawer.cash_in(100_000, "thêm tiền lẻ")
    expected = 500_000 + 500_000 + 100_000
    assert restricted.shifts.close({100_000: expected // 100_000}).difference == 0


def test_a_hand_over_needs_a_manager_and_says_so_in_the_document(restricted: Counter) -> None:
    draft = restricted.pickups.open(pickup_code())
    for barcode in ITEMS:
        draft.scan(barcode)
    need = draft.needs_approval
    assert need is not None
    assert (need.right, need.reason) == ("pickup.over_limit", RESTRICTED)
    with pytest.raises(ApprovalRequired):
        draft.begin_payment()
    done = draft.begin_payment(restricted.allow(need, draft.draft_hash)).complete()
    approvals = restricted.payload(done.recorded.doc_id)["approvals"]
    assert [(one["by"], one["what"]) for one in approvals] == [(MANAGER, RESTRICTED)]


def test_cash_back_needs_a_manager_and_store_credit_does_not(restricted: Counter) -> None:
    sold = restricted.till.sell()
    draft = restricted.refunds.open(str(sold.doc_id))
    draft.choose(1, 1000)
    draft.reason(1, "wrong_size")
    need = draft.needs_approval
    assert need is not None
    assert need.reason == RESTRICTED
    draft.complete(restricted.allow(need, draft.draft_hash))


def test_without_a_restriction_nobody_is_asked(counter: Counter) -> None:
    draft = counter.open().pickups.open(pickup_code())
    for barcode in ITEMS:
        draft.scan(barcode)
    assert draft.needs_approval is None


def test_what_policy_refuses_stays_refused_and_what_central_allows_is_free(restricted: Counter) -> None:
    refused = Refused("voucher_stored")
    assert judged(restricted.session, refused, 1) is refused
    assert judged(restricted.session, ALLOWED, 1, is_checked=True) is ALLOWED
