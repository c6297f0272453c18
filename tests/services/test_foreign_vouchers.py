"""A shop's own barcode vouchers without a connection: listed ones, and papers that nobody has listed (§7)."""

from __future__ import annotations

from typing import Any

import pytest

from pos_app.domain.errors import (
    ApprovalRequired,
    CodeRevoked,
    PolicyRefused,
    ProductUnknownHere,
    VoucherExpired,
    VoucherUsedHere,
)
from pos_app.domain.foreign_codes import foreign_serial
from pos_app.services.scan_outcome import ScanKind, ScanOutcome
from tests.support import till_files
from tests.support.sell_desk import SHOE, SellDesk, allow
from tests.support.till_files import TENANT

PAPER, ORDER_LIKE, BARCODE = "LM50K-000123", "TET-20261", "8936012345671"
UNLISTED = "LM50K-999999"


@pytest.fixture
def desk(desk: SellDesk) -> SellDesk:
    listed = {f"foreign/{serial(text)}": terms(text) for text in (PAPER, ORDER_LIKE, BARCODE)}
    desk.counter.till.feed("campaigns", {"campaign/7": till_files.campaign(), **listed})
    desk.services.scans.scan(SHOE)
    return desk


def serial(text: str) -> int:
    return foreign_serial(TENANT, text)


def terms(text: str, **changes: Any) -> dict[str, Any]:
    body = {
        "serial": str(serial(text)), "key_id": 0, "campaign": 7, "kind": "amount", "value": 50_000,
        "min_basket": 0, "valid_until": "2026-12-31", "store": 0, "max_uses": 1, "is_bound": False,
        "customer": None,
    }  # fmt: skip
    return body | changes


def listed(desk: SellDesk, text: str, **changes: Any) -> None:
    desk.counter.till.feed("campaigns", {f"foreign/{serial(text)}": terms(text, **changes)})


def with_papers(desk: SellDesk, value: int = 50_000) -> None:
    """The campaign says how its papers look."""
    body = till_files.campaign(unsigned={"prefix": "LM50K-", "value": value})
    desk.counter.till.feed("campaigns", {"campaign/7": body})


def scan(desk: SellDesk, text: str) -> ScanOutcome:
    return desk.services.scans.scan(text)


def take_with_manager(desk: SellDesk) -> None:
    desk.scan(UNLISTED)
    desk.presenter.act("approve")
    allow(desk)


def pay(desk: SellDesk) -> dict[str, Any]:
    payment = desk.services.selling.begin_payment()
    return desk.counter.payload(payment.complete(payment.cash_due).recorded.doc_id)


# --- listed -----------------------------------------------------------------------------------
@pytest.mark.parametrize("text", [PAPER, PAPER.lower(), ORDER_LIKE, BARCODE])
def test_a_listed_one_is_taken_whatever_it_looks_like(desk: SellDesk, text: str) -> None:
    outcome = scan(desk, text)
    assert (outcome.kind, outcome.amount) == (ScanKind.VOUCHER, 50_000)
    (used,) = pay(desk)["vouchers"]
    assert (used["serial"], used["key_id"], used["allowed_by"]) == (str(serial(text.upper())), 0, "policy")


def test_it_is_good_once_by_the_own_journal(desk: SellDesk) -> None:
    scan(desk, PAPER)
    pay(desk)
    scan(desk, SHOE)
    with pytest.raises(VoucherUsedHere):
        scan(desk, PAPER)
    assert desk.counter.kinds()[-1] == "voucher_refused"


def test_what_is_not_signed_stands_under_lower_limits(desk: SellDesk) -> None:
    listed(desk, PAPER, value=150_000)
    with pytest.raises(ApprovalRequired) as needed:
        scan(desk, PAPER)
    assert (needed.value.fields["reason"], needed.value.fields["most"]) == ("voucher_unsigned", 100_000)
    listed(desk, PAPER, value=250_000)
    with pytest.raises(PolicyRefused):
        scan(desk, PAPER)


def test_dates_and_revocations_count_as_for_any_voucher(desk: SellDesk) -> None:
    listed(desk, PAPER, valid_until="2026-11-13")
    with pytest.raises(VoucherExpired):
        scan(desk, PAPER)
    listed(desk, PAPER)
    desk.counter.till.feed("revocations", {f"code/{serial(PAPER)}": {"at": "2026-11-13T00:00:00+00:00"}})
    with pytest.raises(CodeRevoked):
        scan(desk, PAPER)


def test_goods_and_orders_that_nobody_listed_are_what_they_were(desk: SellDesk) -> None:
    assert scan(desk, "MN-48207").kind is ScanKind.OPEN_PICKUP
    with pytest.raises(ProductUnknownHere):
        scan(desk, "8936012345688")
    with pytest.raises(ProductUnknownHere):
        scan(desk, UNLISTED)


def test_the_list_is_no_campaign(desk: SellDesk) -> None:
    assert [one.no for one in desk.services.campaigns.campaigns()] == [7]


# --- not listed -------------------------------------------------------------------------------
def test_a_paper_that_looks_like_the_campaigns_needs_a_manager(desk: SellDesk) -> None:
    with_papers(desk)
    take_with_manager(desk)

    body = pay(desk)
    (used,) = body["vouchers"]
    assert (used["serial"], used["amount"], used["allowed_by"]) == (str(serial(UNLISTED)), 50_000, "manager")
    assert [one["what"] for one in body["approvals"]] == ["voucher_unknown"]


def test_the_same_paper_is_not_taken_twice(desk: SellDesk) -> None:
    with_papers(desk)
    take_with_manager(desk)
    pay(desk)
    scan(desk, SHOE)
    with pytest.raises(VoucherUsedHere):
        scan(desk, UNLISTED)


def test_above_the_low_cap_nobody_may(desk: SellDesk) -> None:
    with_papers(desk, value=60_000)
    with pytest.raises(PolicyRefused) as refused:
        scan(desk, UNLISTED)
    assert (refused.value.fields["reason"], refused.value.fields["most"]) == ("voucher_unknown", 50_000)


def test_two_of_them_are_more_than_the_cap(desk: SellDesk) -> None:
    with_papers(desk)
    take_with_manager(desk)
    pay(desk)
    scan(desk, SHOE)
    with pytest.raises(PolicyRefused):
        scan(desk, "LM50K-888888")


def test_no_paper_is_taken_where_the_policy_says_so(desk: SellDesk) -> None:
    with_papers(desk)
    policy = {"policy": {"day_end": 240, "voucher_unknown_most": 0}, "store/12": till_files.store_info()}
    desk.counter.till.feed("policy", policy)
    with pytest.raises(PolicyRefused):
        scan(desk, UNLISTED)
