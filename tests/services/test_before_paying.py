"""What a cart has become between its last change and the commit: vouchers, discounts, the cart itself."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pos_app.domain.codes import day_of
from pos_app.domain.errors import (
    ApprovalRequired,
    CodeRevoked,
    PaymentOutdated,
    PolicyRefused,
    VoucherExpired,
    VoucherNeedsCustomer,
    VoucherOfOther,
)
from pos_app.domain.ids import CustomerId
from pos_app.domain.signed_codes import customer_tag
from tests.support import till_files
from tests.support.counter import CASHIER, MANAGER
from tests.support.sell_desk import JEANS, SHOE, SellDesk, allow, voucher_code
from tests.support.till_files import HOA, TENANT

LAN = "01a1f3d4-f500-7116-a393-000000000002"
HOA_S_PHONE, LAN_S_PHONE = "0901234567", "0907654321"


def held(desk: SellDesk, *codes: str) -> None:
    """A cart put aside with these on it."""
    desk.scan(*codes)
    desk.presenter.held.hold()


def recall(desk: SellDesk) -> None:
    (row,) = desk.presenter.held.rows()
    assert desk.presenter.held.recall(row.id) == ""


def pay(desk: SellDesk) -> None:
    desk.services.selling.begin_payment().complete(10_000_000)


# --- vouchers ---------------------------------------------------------------------------------
def test_a_voucher_that_ended_while_its_cart_was_held_is_refused(desk: SellDesk) -> None:
    held(desk, SHOE, voucher_code(valid_until_day=day_of(date(2026, 11, 14))))
    desk.counter.till.clock.set_wall(datetime(2026, 11, 14, 17, 30, tzinfo=UTC))  # half past midnight
    recall(desk)
    with pytest.raises(VoucherExpired):
        pay(desk)


def test_a_voucher_that_was_revoked_meanwhile_is_refused(desk: SellDesk) -> None:
    held(desk, SHOE, voucher_code(serial=501))
    desk.counter.till.feed("revocations", {"code/501": {"at": "2026-11-14T02:00:00+00:00"}})
    recall(desk)
    with pytest.raises(CodeRevoked):
        pay(desk)


def two_customers(desk: SellDesk) -> None:
    other = till_files.customer(id=LAN, name="Lan T.", tag=till_files.phone_tag("+84907654321"), cards=[])
    desk.counter.till.feed("customers", {LAN: other})


def test_a_bound_voucher_does_not_move_to_another_customer(desk: SellDesk) -> None:
    two_customers(desk)
    bound = voucher_code(customer_tag=customer_tag(TENANT, CustomerId(HOA)))
    desk.scan(SHOE, HOA_S_PHONE, bound)
    assert desk.state.vouchers
    desk.scan(LAN_S_PHONE)
    with pytest.raises(VoucherOfOther):
        pay(desk)
    desk.scan(HOA_S_PHONE)
    pay(desk)


def test_a_bound_voucher_stays_with_a_customer_who_was_merged_since(desk: SellDesk) -> None:
    two_customers(desk)
    held(desk, SHOE, HOA_S_PHONE, voucher_code(customer_tag=customer_tag(TENANT, CustomerId(HOA))))
    merged = till_files.customer(
        id=LAN, name="Lan T.", tag=till_files.phone_tag("+84907654321"), cards=[], aliases=[HOA]
    )
    desk.counter.till.feed("customers", {HOA: None, LAN: merged})
    recall(desk)
    desk.scan(LAN_S_PHONE)
    pay(desk)


def test_a_campaign_with_rules_for_customers_needs_one_when_it_is_paid(desk: SellDesk) -> None:
    desk.counter.till.feed("campaigns", {"campaign/7": till_files.campaign(first_purchase=True)})
    desk.scan(SHOE, HOA_S_PHONE, voucher_code())
    desk.services.checkout.detach()
    with pytest.raises(VoucherNeedsCustomer):
        pay(desk)


def test_a_managers_word_for_a_voucher_ends_at_the_hard_limit(desk: SellDesk) -> None:
    half = voucher_code(kind=2, value=5_000)
    desk.counter.till.feed("campaigns", {"campaign/7": till_files.campaign(kind="percent")})
    desk.scan(SHOE, half)
    desk.presenter.act("approve")
    allow(desk)
    assert desk.state.total == 250_000
    desk.scan(f"4*{JEANS}")
    with pytest.raises(PolicyRefused, match="voucher_value"):
        pay(desk)


# --- discounts by hand --------------------------------------------------------------------------
def test_an_amount_off_is_measured_again_when_the_cart_has_shrunk(desk: SellDesk) -> None:
    desk.scan(f"2*{SHOE}", JEANS)
    desk.presenter.discounts.give(0, "amount", "150k", "goodwill")
    assert desk.services.checkout.approvals == []
    desk.services.checkout.remove(desk.services.checkout.cart.lines[0].no)
    with pytest.raises(ApprovalRequired) as needed:
        pay(desk)
    assert (needed.value.fields["right"], needed.value.fields["asked"]) == ("sale.discount.manual", 3_000)


def test_a_second_person_allows_it_at_pay_and_is_named(desk: SellDesk) -> None:
    desk.scan(f"2*{SHOE}", JEANS)
    desk.presenter.discounts.give(0, "amount", "150k", "goodwill")
    desk.services.checkout.remove(desk.services.checkout.cart.lines[0].no)
    desk.presenter.paying.exact()
    desk.presenter.act("approve")
    allow(desk)
    (sold,) = [one for one in desk.counter.till.journal.documents_since(1, 1) if one.kind == "sale"]
    payload = sold.content["payload"]
    assert payload["total"] == 350_000
    assert [one["right"] for one in payload["approvals"]] == ["sale.discount.manual"]


def test_nobody_may_let_most_of_a_line_go(desk: SellDesk) -> None:
    desk.scan(f"5*{SHOE}")
    (line,) = desk.services.checkout.cart.lines
    desk.presenter.discounts.give(line.no, "amount", "240k", "damaged")
    desk.services.checkout.set_quantity(line.no, 1000)
    with pytest.raises(PolicyRefused, match="discount"):
        pay(desk)


# --- a manager who sells ------------------------------------------------------------------------
def test_a_manager_at_the_till_needs_no_other_one(desk: SellDesk) -> None:
    desk.counter.enter(MANAGER)
    desk.scan(SHOE, JEANS, voucher_code(value=300_000))
    desk.presenter.discounts.give(desk.services.checkout.cart.lines[0].no, "percent", "20", "damaged")
    pay(desk)
    (sold,) = [one for one in desk.counter.till.journal.documents_since(1, 1) if one.kind == "sale"]
    payload = sold.content["payload"]
    assert (payload["total"], payload["approvals"]) == (600_000, [])
    assert payload["vouchers"][0]["allowed_by"] == "manager"


def test_who_follows_the_manager_at_the_till_is_asked_for_one(desk: SellDesk) -> None:
    desk.counter.enter(MANAGER)
    desk.scan(SHOE, voucher_code(value=300_000))
    desk.counter.enter(CASHIER)
    with pytest.raises(ApprovalRequired):
        pay(desk)


# --- the cart itself ----------------------------------------------------------------------------
def test_a_payment_of_a_cart_that_has_changed_since_is_not_committed(desk: SellDesk) -> None:
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    desk.scan(JEANS)
    with pytest.raises(PaymentOutdated):
        payment.complete(500_000)
    assert "sale" not in desk.counter.kinds()
    assert len(desk.services.checkout.cart.lines) == 2


def test_a_payment_is_committed_once(desk: SellDesk) -> None:
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    payment.complete(500_000)
    with pytest.raises(PaymentOutdated):
        payment.complete(500_000)
    assert desk.counter.kinds().count("sale") == 1


def test_a_payment_of_a_cart_that_was_put_aside_is_not_committed(desk: SellDesk) -> None:
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    desk.presenter.held.hold()
    with pytest.raises(PaymentOutdated):
        payment.complete(500_000)
    assert len(desk.presenter.held.rows()) == 1
