"""What comes back is measured at its sale: amounts, tax, tenders, points; once too often is our loss."""

from __future__ import annotations

from typing import Any

import pytest

from pos_app.domain.money import vat_inside
from tests.support.central_books import losses, outcome, the_case
from tests.support.central_payloads import PRICE, return_, sale, sale_with_voucher
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till
from tests.support.central_world import HOA, VOUCHER

PAID = PRICE - 50_000


def _void(till: Till, sold: Item, amount: int = -PRICE, **more: Any) -> Item:
    payload = {
        "receipt_no": till.receipt_no(), "business_date": "2026-11-22", "of": sold["doc_id"],
        "reason": "wrong_goods", "tenders": [{"no": 1, "kind": "cash", "amount": amount}], "points": [],
        "approvals": [{"right": "sale.void", "by": 12, "method": "pin", "what": ""}],
    }  # fmt: skip
    return till.document("void", {**payload, **more})


def _worth(till: Till, sold: Item, amount: int) -> dict[str, Any]:
    payload = return_(till, sold["doc_id"])
    payload["lines"][0].update(amount=-amount, vat=-vat_inside(amount, 800))
    payload["refunds"][0]["amount"] = payload["total"] = -amount
    return payload


def _rules(server: CentralServer) -> list[str]:
    return [one["rule"] for flag in the_case(server)["facts"]["flags"] for one in flag["broken"]]


@pytest.fixture
def sold(till: Till) -> Item:
    item = till.document("sale", sale(till))
    till.upload(item)
    return item


def test_more_money_than_was_paid_for_a_line_is_a_case(server: CentralServer, till: Till, sold: Item) -> None:
    back = till.document("return", _worth(till, sold, 10 * PRICE))
    assert outcome(till, back) == ("applied_flagged", ["PRICE_MISMATCH"])
    assert _rules(server) == ["refund_amount", "refund_above_tender"]


def test_a_return_at_another_tax_rate_than_its_sale_is_a_case(
    server: CentralServer, till: Till, sold: Item
) -> None:
    payload = return_(till, sold["doc_id"])
    payload["lines"][0].update(vat_rate=1000, vat=-vat_inside(PRICE, 1000))
    assert outcome(till, till.document("return", payload)) == ("applied_flagged", ["PRICE_MISMATCH"])
    assert _rules(server) == ["vat_rate"]


def test_a_tender_that_gives_back_more_than_came_in_is_a_case(server: CentralServer, till: Till) -> None:
    half = [{"no": 1, "kind": "cash", "amount": PRICE // 2}, {"no": 2, "kind": "card", "amount": PRICE // 2}]
    sold = till.document("sale", sale(till, tenders=half))
    back = till.document("return", return_(till, sold["doc_id"]))
    assert outcome(till, sold, back) == ("applied_flagged", ["PRICE_MISMATCH"])
    assert _rules(server) == ["refund_above_tender"]


def test_a_line_twice_in_one_return_is_once_too_often(server: CentralServer, till: Till, sold: Item) -> None:
    payload = return_(till, sold["doc_id"])
    payload["lines"].append({**payload["lines"][0], "no": 2})
    payload["refunds"][0]["amount"] = payload["total"] = -2 * PRICE
    assert outcome(till, till.document("return", payload)) == ("applied_flagged", ["RETURN_EXCEEDS_SOLD"])
    assert losses(server) == {"refund_loss": PRICE}


# --- voids ------------------------------------------------------------------------------------
def test_a_void_that_gives_back_other_money_than_was_taken_is_a_case(
    server: CentralServer, till: Till, sold: Item
) -> None:
    assert outcome(till, _void(till, sold, -10 * PRICE)) == ("applied_flagged", ["PRICE_MISMATCH"])
    assert _rules(server) == ["void_tender"]


def test_a_void_moves_the_points_of_its_sale_and_no_others(server: CentralServer, till: Till) -> None:
    bought = till.document("sale", sale(till, customer=HOA))
    points = [{"customer": HOA, "delta": 1_000, "why": "void"}]
    assert outcome(till, bought, _void(till, bought, points=points)) == (
        "applied_flagged",
        ["PRICE_MISMATCH"],
    )
    assert _rules(server) == ["void_points"]


def test_a_void_after_a_void_is_our_loss(server: CentralServer, till: Till, sold: Item) -> None:
    assert outcome(till, _void(till, sold)) == ("applied", [])
    assert outcome(till, _void(till, sold)) == ("applied_flagged", ["RETURN_EXCEEDS_SOLD"])
    assert losses(server) == {"refund_loss": PRICE}


def test_a_void_of_what_came_back_already_is_our_loss(server: CentralServer, till: Till, sold: Item) -> None:
    till.upload(till.document("return", return_(till, sold["doc_id"])))
    assert outcome(till, _void(till, sold)) == ("applied_flagged", ["RETURN_EXCEEDS_SOLD"])
    assert losses(server) == {"refund_loss": PRICE}


def test_only_a_sale_is_voided(till: Till, sold: Item) -> None:
    back = till.document("return", return_(till, sold["doc_id"]))
    till.upload(back)
    assert outcome(till, _void(till, back)) == ("quarantined", ["BROKEN_INVARIANT"])


# --- vouchers of what came back ---------------------------------------------------------------
def test_a_voucher_used_once_too_often_stays_dead_when_that_sale_comes_back(till: Till) -> None:
    first = till.document("sale", sale_with_voucher(till, VOUCHER))
    again = till.document("sale", sale_with_voucher(till, VOUCHER))
    till.upload(first, again, till.document("return", _worth(till, again, PAID)))
    assert f"code/{VOUCHER}" in till.pull("revocations")[0]


def test_a_voucher_is_freed_once_however_often_its_sale_comes_back(till: Till) -> None:
    first = till.document("sale", sale_with_voucher(till, VOUCHER))
    till.upload(first, till.document("return", _worth(till, first, PAID)))
    till.upload(till.document("sale", sale_with_voucher(till, VOUCHER)))
    till.upload(till.document("return", _worth(till, first, PAID)))
    third = till.document("sale", sale_with_voucher(till, VOUCHER))
    assert outcome(till, third) == ("applied_flagged", ["VOUCHER_OVERUSED"])
