"""Limits online and offline, rights of people, and the invariants of documents."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import (
    SamePersonRefused,
    VoucherExpired,
    VoucherNeedsCustomer,
    VoucherOfOther,
    VoucherOtherStore,
    VoucherUsedUp,
)
from pos_app.domain.invariants import check_payload
from pos_app.domain.policy import (
    PickupFacts,
    Policy,
    ReturnFacts,
    VoucherUses,
    pickup_allowed,
    return_allowed,
    voucher_allowed,
)
from pos_app.domain.staff import Role, StaffMember, locked_minutes, may, may_approve
from pos_app.domain.verdict import Allowed, NeedsApproval, NeedsManager, NeedsProof, Refused
from pos_app.domain.voucher import VoucherFacts, check_voucher
from tests.support.goods import NOON, ZONE, campaign, voucher

POLICY = Policy()
LAN = StaffMember(1, "Lan", Role.CASHIER)
MINH = StaffMember(2, "Minh", Role.MANAGER)


def test_unknown_fields_of_a_policy_are_ignored_and_missing_ones_default() -> None:
    policy = Policy.from_json({"cash_step": 500, "future": 1})
    assert (policy.cash_rounding.step, policy.day_end) == (500, 240)
    assert Policy.from_json(policy.to_json()) == policy


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (PickupFacts(True, False, 99_000_000), Allowed),
        (PickupFacts(False, True, 1_000_000), Allowed),
        (PickupFacts(False, True, 3_000_000), NeedsProof),
        (PickupFacts(False, True, 11_000_000, identity_seen=True), NeedsManager),
        (PickupFacts(False, True, 51_000_000, identity_seen=True), Refused),
        (PickupFacts(False, True, 1_000_000, feed_age=5 * 3600), NeedsManager),
        (PickupFacts(False, True, 1_000_000, feed_age=73 * 3600), Refused),
        (PickupFacts(False, False, 1_000_000), NeedsManager),
        (PickupFacts(False, False, 1_000_000, amount_due=1), Refused),
        (PickupFacts(False, False, 2_000_001), Refused),
        (PickupFacts(False, False, 1_000_000, unknown_in_shift=5), Refused),
    ],
)
def test_pickups_follow_the_offline_policy(facts: PickupFacts, verdict: type) -> None:
    assert isinstance(pickup_allowed(POLICY, facts), verdict)


@pytest.mark.parametrize(
    ("takes_off", "uses", "verdict"),
    [
        (200_000, VoucherUses(), Allowed),
        (200_001, VoucherUses(), NeedsManager),
        (1_000_001, VoucherUses(), Refused),
        (1, VoucherUses(in_shift=10), Refused),
        (1, VoucherUses(in_day=30), Refused),
    ],
)
def test_offline_vouchers_are_capped(takes_off: int, uses: VoucherUses, verdict: type) -> None:
    use = voucher("amount", takes_off, campaign=campaign(offline="accept"))
    assert isinstance(voucher_allowed(POLICY, use, takes_off, uses, online=False), verdict)
    assert isinstance(voucher_allowed(POLICY, use, takes_off, uses, online=True), Allowed)


def test_some_vouchers_are_never_taken_offline() -> None:
    several = voucher("amount", 1, max_uses=3, campaign=campaign(offline="accept"))
    for use in (voucher("amount", 1), voucher("stored_value", 1), several):
        assert isinstance(voucher_allowed(POLICY, use, 1, VoucherUses(), online=False), Refused)


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (ReturnFacts(False, "own", True, 400_000, 400_000), Allowed),
        (ReturnFacts(False, "own", True, 600_000, 600_000), NeedsManager),
        (ReturnFacts(False, "own", True, 2_100_000, 2_100_000), Refused),
        (ReturnFacts(False, "own", True, 400_000, 400_000, cash_in_shift=4_700_000), Refused),
        (ReturnFacts(False, "feed", False, 400_000, 1), NeedsManager),
        (ReturnFacts(False, "feed", False, 900_000, 500_001), Refused),
        (ReturnFacts(False, "feed", False, 900_000), Allowed),
        (ReturnFacts(True, "code", False, 1, 1), Refused),
        (ReturnFacts(True, "none", False, 300_000), NeedsManager),
        (ReturnFacts(True, "none", False, 300_001), Refused),
        (ReturnFacts(True, "none", False, 1, no_receipt_today=2), Refused),
    ],
)
def test_returns_follow_the_policy(facts: ReturnFacts, verdict: type) -> None:
    assert isinstance(return_allowed(POLICY, facts), verdict)


def test_a_person_may_ask_but_never_approve_their_own_act() -> None:
    assert isinstance(may(LAN, "sale.discount.manual", 1_000), Allowed)
    assert may(LAN, "sale.discount.manual", 2_000) == NeedsApproval("sale.discount.manual", 1_000)
    assert isinstance(may(LAN, "sale.discount.manual", 3_001), Refused)
    assert may_approve(MINH, LAN, "return.no_receipt", 300_000)
    with pytest.raises(SamePersonRefused):
        may_approve(MINH, MINH, "return.no_receipt")


def test_the_lock_grows_to_fifteen_minutes() -> None:
    assert [locked_minutes(tries) for tries in range(4, 12)] == [0, 1, 2, 4, 8, 15, 15, 15]


def facts(**fields: object) -> VoucherFacts:
    return VoucherFacts(**({"store": 1, "at": NOON, "zone": ZONE} | fields))  # type: ignore[arg-type]


def test_a_voucher_is_good_to_the_end_of_its_last_day() -> None:
    use = voucher("amount", 1, valid_until=date(2026, 11, 21))
    check_voucher(use, facts(at=datetime(2026, 11, 21, 16, 59, tzinfo=UTC)))
    with pytest.raises(VoucherExpired):
        check_voucher(use, facts(at=datetime(2026, 11, 21, 17, tzinfo=UTC)))


def test_a_bound_voucher_needs_its_customer() -> None:
    use = voucher("amount", 1, is_bound=True)
    with pytest.raises(VoucherNeedsCustomer):
        check_voucher(use, facts())
    with pytest.raises(VoucherOfOther):
        check_voucher(use, facts(customer=CustomerCard("c", "Hoa N.")))
    check_voucher(use, facts(customer=CustomerCard("c", "Hoa N."), bound_to_customer=True))


def test_store_and_uses_are_checked() -> None:
    with pytest.raises(VoucherOtherStore):
        check_voucher(voucher("amount", 1, store=2), facts())
    with pytest.raises(VoucherUsedUp):
        check_voucher(voucher("amount", 1), facts(uses_known=1))
    with pytest.raises(VoucherExpired):
        check_voucher(voucher("amount", 1, campaign=campaign(valid_to=NOON - timedelta(1))), facts())


def test_wrong_arithmetic_is_named_by_its_place() -> None:
    line = {"no": 1, "quantity": 1000, "unit_price": 108_000, "gross": 108_000, "discounts": []}
    line |= {"amount": 108_000, "vat_rate": 800, "vat": 7_999}
    sale = {"lines": [line], "vouchers": [], "tenders": [], "rounding": 0, "total": 108_000, "points": []}
    assert [(fault.code, fault.path) for fault in check_payload("sale", sale)] == [
        ("vat", "lines[0].vat"),
        ("tenders_sum", "tenders"),
    ]
    assert check_payload("sale", {})[0].code == "malformed"
