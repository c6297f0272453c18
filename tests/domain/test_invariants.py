"""Each invariant of a document, broken once."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pos_app.domain.approval import Approval
from pos_app.domain.cash import CashRounding
from pos_app.domain.invariants import check_payload
from pos_app.domain.price import price_cart
from pos_app.domain.sale import Buyer, SaleFacts, order_payment_payload, sale_payload, void_payload
from pos_app.domain.tender import Tender, TenderKind, settle
from tests.support.goods import NOON, ZONE, cart_of, product, promotion, voucher

DAY = date(2026, 11, 21)
ROUNDING = CashRounding()


def sale() -> dict[str, Any]:
    cart = cart_of((product(1, 407_100), 2))
    cart.add_voucher(voucher("amount", 50_000, allowed_by="online"))
    priced = price_cart(cart, [promotion("percent", percent_bp=1000)], NOON, ZONE)
    tenders = [Tender(1, TenderKind.POINTS, 100_000), Tender(2, TenderKind.CASH, tendered=600_000)]
    facts = SaleFacts(DAY, Buyer("c", 150), [Approval("sale.discount.manual", 2)])
    return sale_payload(priced, settle(priced.total, tenders, ROUNDING), facts)


def test_a_sound_sale_has_no_violations() -> None:
    assert check_payload("sale", sale()) == []


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("line_gross", lambda body: body["lines"][0].update(unit_price=1)),
        ("line_amount", lambda body: body["lines"][0].update(amount=1)),
        ("vat", lambda body: body["lines"][0].update(vat=1)),
        ("quantity", lambda body: body["lines"][0].update(quantity=0)),
        ("discount_unnamed", lambda body: body["lines"][0]["discounts"][0].update(rule="")),
        ("discount_unnamed", lambda body: body["lines"][0]["discounts"][0].update(step="order")),
        ("discount_unnamed", lambda body: body["lines"][0]["discounts"][1].update(serial="")),
        ("sign", lambda body: body["lines"][0]["discounts"][0].update(amount=-1)),
        ("voucher_amount", lambda body: body["vouchers"][0].update(amount=1)),
        ("voucher_twice", lambda body: body["vouchers"].append(body["vouchers"][0])),
        ("line_numbers", lambda body: body["lines"].append(body["lines"][0])),
        ("total", lambda body: body.update(total=1)),
        ("tenders_sum", lambda body: body.update(rounding=0)),
        ("tender_amount", lambda body: body["tenders"][1].update(tendered=1)),
        ("change_not_cash", lambda body: body["tenders"][0].update(change=1)),
        ("points_not_whole", lambda body: body["tenders"][0].update(amount=100_001)),
        ("sign", lambda body: body["tenders"][0].update(amount=-500)),
        ("rounding_without_cash", lambda body: body["tenders"][1].update(kind="card")),
        ("rounding_step", lambda body: body.update(rounding=-99_000)),
        ("prepaid_without_order", lambda body: body["tenders"][1].update(kind="paid_online")),
        ("prepaid_without_order", lambda body: body["tenders"][1].update(kind="deposit")),
        ("points_spent", lambda body: body["points"].pop(0)),
        ("points_earned", lambda body: body["points"][1].update(delta=9)),
        ("points_without_customer", lambda body: body.pop("customer")),
        ("points_earned", lambda body: (body.pop("tier_percent"), body["points"][1].update(delta=9_000))),
        ("points_reason", lambda body: body["points"][1].update(why="adjusted")),
        ("points_reason", lambda body: body["points"][1].update(delta=-9)),
        ("points_customer", lambda body: body["points"][1].update(customer="d")),
        ("malformed", lambda body: body["tenders"][0].update(kind="shells")),
    ],
)
def test_a_broken_sale_is_named(code: str, change: Callable[[dict[str, Any]], object]) -> None:
    body = copy.deepcopy(sale())
    change(body)
    assert code in {fault.code for fault in check_payload("sale", body)}


def test_a_void_mirrors_its_sale_and_needs_a_second_person() -> None:
    void = void_payload("doc", sale(), "wrong", DAY, [Approval("sale.void", 2)])
    assert check_payload("void", void) == []
    assert sum(entry["delta"] for entry in void["points"]) == -sum(e["delta"] for e in sale()["points"])
    lonely = void_payload("doc", sale(), "wrong", DAY, [])
    assert check_payload("void", lonely)[0].code == "void_without_approval"


def test_an_order_payment_settles_its_total() -> None:
    body = order_payment_payload(
        7, settle(814_200, [Tender(1, TenderKind.CASH, tendered=814_000)], ROUNDING), DAY
    )
    assert check_payload("order_payment", body) == []


def test_a_return_has_its_own_signs() -> None:
    line = {"no": 1, "quantity": 1000, "amount": -108_000, "vat_rate": 800, "vat": -8_001}
    body = {"lines": [line], "total": -108_000, "rounding": 0, "carried": 0}
    body["refunds"] = [{"kind": "cash", "amount": -108_000}]
    assert check_payload("return", body) == []
    body["lines"] = [line | {"amount": 1, "vat": 5}]
    body["kept"] = [{"amount": -1, "vat_rate": 0, "vat": 0}]
    body["refunds"] = [{"kind": "cash", "amount": 2}]
    codes = {fault.code for fault in check_payload("return", body | {"total": 1})}
    assert codes >= {"sign", "vat", "refunds_sum", "total"}


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"delta": 10, "why": "refund"}, "points_refunded"),
        ({"delta": 216, "why": "earned"}, "points_reason"),
        ({"delta": 5, "why": "return"}, "points_reason"),
    ],
)
def test_points_come_back_as_the_money_that_they_were(entry: dict[str, Any], code: str) -> None:
    line = {"no": 1, "quantity": 1000, "amount": -108_000, "vat_rate": 800, "vat": -8_000}
    spent = {"customer": "c", "delta": 216, "why": "refund"}
    body = {"lines": [line], "total": -108_000, "rounding": 0, "carried": 0, "customer": "c"}
    body["refunds"] = [{"kind": "points", "amount": -108_000}]
    assert check_payload("return", body | {"points": [spent]}) == []
    wrong = check_payload("return", body | {"points": [spent, {"customer": "c", **entry}]})
    assert code in {fault.code for fault in wrong}


@pytest.mark.parametrize(
    ("kind", "payload", "code"),
    [
        ("cash_in", {"amount": 0, "reason": "x"}, "sign"),
        ("cash_out", {"amount": 1, "reason": ""}, "reason_missing"),
        (
            "shift_close",
            {"counted": 1, "expected": 0, "difference": 1, "first_seq": 1, "last_seq": 2, "count": 3},
            "count",
        ),
        ("shift_close", {"counted": 1, "expected": 0, "difference": 0}, "difference"),
    ],
)
def test_other_documents_are_checked_too(kind: str, payload: dict[str, Any], code: str) -> None:
    payload = {"first_seq": 1, "last_seq": 1, "count": 1} | payload
    assert code in {fault.code for fault in check_payload(kind, payload)}


def test_kinds_without_money_have_nothing_to_check() -> None:
    assert check_payload("sign_in", {}) == []
