"""An exchange: both halves, and only the difference changes hands."""

from __future__ import annotations

from typing import Any

import pytest

from pos_app.domain.money import vat_inside
from tests.support.central_books import losses, outcome
from tests.support.central_payloads import PRICE, return_, sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till
from tests.support.central_world import BAG, SHOES

pytestmark = pytest.mark.both_databases

BAG_PRICE = 250_000


def _half(payload: dict[str, Any]) -> dict[str, Any]:
    beside = ("receipt_no", "business_date", "tenders", "refunds", "rounding", "carried", "approvals")
    return {name: value for name, value in payload.items() if name not in beside}


def _bag() -> dict[str, Any]:
    return {
        "no": 1, "product": BAG, "sku": "SKU2", "name": "Túi tote", "category": "giay", "unit": "cái",
        "quantity": 1000, "unit_price": BAG_PRICE, "price_ver": 2, "gross": BAG_PRICE, "discounts": [],
        "amount": BAG_PRICE, "vat_rate": 800, "vat": vat_inside(BAG_PRICE, 800), "return_until": "2026-12-22",
    }  # fmt: skip


def _exchange(till: Till, sold: Item) -> dict[str, Any]:
    """Shoes for 600.000 paid in cash become a bag for 250.000: 350.000 go back."""
    new = _half(sale(till)) | {"lines": [_bag()], "total": BAG_PRICE}
    return {
        "receipt_no": till.receipt_no(), "business_date": "2026-11-22", "even": False,
        "return": _half(return_(till, sold["doc_id"])), "sale": new,
        "moved": [{"kind": "cash", "amount": BAG_PRICE, "original_tender": 1}], "tenders": [],
        "refunds": [{"kind": "cash", "amount": BAG_PRICE - PRICE, "original_tender": 1}], "rounding": 0,
        "carried": 0, "difference": BAG_PRICE - PRICE, "approvals": [],
    }  # fmt: skip


def test_goods_move_both_ways(till: Till) -> None:
    sold = till.document("sale", sale(till))
    swapped = till.document("exchange", _exchange(till, sold))
    assert outcome(till, sold, swapped) == ("applied", [])
    stock = till.pull("stock")[0]
    assert (stock[SHOES][1]["quantity"], stock[BAG][1]["quantity"]) == (20_000, 19_000)


def test_the_old_goods_are_returned_and_the_new_ones_can_be(till: Till) -> None:
    sold = till.document("sale", sale(till))
    swapped = till.document("exchange", _exchange(till, sold))
    till.upload(sold, swapped)
    held = till.pull("sales")[0]
    assert held[sold["doc_id"]][1]["lines"][0]["returned"]["quantity"] == 1_000
    assert held[sold["doc_id"]][1]["returns"]["cash"] == PRICE
    new = held[swapped["doc_id"]][1]
    assert (new["lines"][0]["product"], new["total"]) == (BAG, BAG_PRICE)
    assert [(one["no"], one["kind"], one["amount"]) for one in new["tenders"]] == [(1, "cash", BAG_PRICE)]


def test_the_old_goods_exchanged_twice_are_our_loss(server: CentralServer, till: Till) -> None:
    sold = till.document("sale", sale(till))
    till.upload(sold, till.document("exchange", _exchange(till, sold)))
    again = till.document("exchange", _exchange(till, sold))
    assert outcome(till, again) == ("applied_flagged", ["RETURN_EXCEEDS_SOLD"])
    assert losses(server) == {"refund_loss": PRICE}


def test_it_waits_for_the_sale(till: Till) -> None:
    sold = till.document("sale", sale(till))
    swapped = till.document("exchange", _exchange(till, sold))
    assert outcome(till, swapped) == ("parked", [])
    till.upload(sold)
    assert till.pull("results")[0][swapped["doc_id"]][1]["status"] == "applied"


def test_halves_that_do_not_add_up_are_quarantined(till: Till) -> None:
    sold = till.document("sale", sale(till))
    payload = _exchange(till, sold) | {"difference": 0}
    assert outcome(till, sold, till.document("exchange", payload)) == ("quarantined", ["BROKEN_INVARIANT"])
