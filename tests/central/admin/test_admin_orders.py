"""Online orders that a web shop places: pickup codes, and what becomes of what is cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pos_app.domain.code_reading import read_signed
from pos_app.domain.codes import PickupCode
from pos_app.domain.ids import TenantId
from tests.support.admin_calls import Shop, held_keys
from tests.support.central_payloads import handover
from tests.support.central_server import CentralServer
from tests.support.central_till import Till
from tests.support.central_world import HOA, ORDER, SHOES, TENANT

pytestmark = pytest.mark.both_databases

NEW: Mapping[str, Any] = {
    "order": 50_001, "number": "MN-50001", "store": 1, "placed_at": "2026-11-22T02:00:00Z", "customer": HOA,
    "lines": [{"product": SHOES, "quantity": 2000, "unit_price": 600_000, "amount": 1_100_000}],
    "paid": [{"amount": 1_100_000, "reference": "VNP-9"}], "pin": "4802",
}  # fmt: skip


def silence(server: CentralServer) -> None:
    """Long enough for a store to count as silent."""
    server.clock.advance(minutes=6)


def test_a_placed_order_is_known_to_the_tills(shop: Shop, till: Till) -> None:
    placed = shop.post("/orders", NEW)
    assert placed.status_code == 201
    _ver, body = till.pull("orders")[0]["50001"]
    assert (body["payment"], body["handover"], body["total"], body["discount"]) == (
        "paid",
        "none",
        1_100_000,
        100_000,
    )
    assert (body["lines"][0]["vat_rate"], body["lines"][0]["price_ver"]) == (800, 2)
    assert body["short_code"] == placed.json()["short_code"]
    assert "4802" not in str(body)


def test_the_pickup_code_verifies_as_a_till_verifies_it(shop: Shop, till: Till) -> None:
    text = shop.post("/orders", NEW).json()["code"]
    code = read_signed(text, held_keys(till), TenantId(TENANT))
    assert isinstance(code, PickupCode)
    assert (code.order_number, code.store, code.items, code.is_paid) == (50_001, 1, 2, True)


def test_the_same_order_twice_is_refused(shop: Shop) -> None:
    shop.post("/orders", NEW)
    again = shop.post("/orders", {**NEW, "number": "MN-1"})
    assert (again.status_code, again.json()["code"]) == (409, "order_exists")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"store": 9}, "unknown_store"),
        ({"customer": "01a1e4bd-63b7-7000-8000-00000000dead"}, "unknown_customer"),
        ({"paid": [{"amount": 1_100_001, "reference": "x"}]}, "paid_too_much"),
        ({"valid_until": "2026-11-01"}, "over_already"),
        ({"lines": [{**NEW["lines"][0], "product": "NONE"}]}, "unknown_product"),
        ({"lines": [{**NEW["lines"][0], "amount": 1_200_001}]}, "dearer_than_its_price"),
    ],
)  # fmt: skip
def test_an_order_that_cannot_be_is_refused(shop: Shop, change: Mapping[str, Any], code: str) -> None:
    answer = shop.post("/orders", {**NEW, **change})
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_an_order_with_an_amount_due_says_so(shop: Shop) -> None:
    placed = shop.post("/orders", {**NEW, "paid": [{"amount": 100_000, "reference": "x"}]}).json()
    assert (placed["total"], placed["amount_due"]) == (1_100_000, 1_000_000)


def test_a_prepared_order_shows_its_shelf(shop: Shop, till: Till) -> None:
    shop.post("/orders", NEW)
    shop.post("/orders/50001/preparation", {"preparation": "ready", "shelf": "B7"})
    body = till.pull("orders")[0]["50001"][1]
    assert (body["preparation"], body["shelf"]) == ("ready", "B7")


# --- protocol §10 c ---------------------------------------------------------------------------
def test_a_ready_order_at_a_store_that_answers_is_cancelled_at_once(shop: Shop, till: Till) -> None:
    till.hello()
    assert shop.post(f"/orders/{ORDER}/cancel", {}).json()["outcome"] == "cancelled"
    assert till.pull("orders")[0][str(ORDER)][1]["handover"] == "cancelled"


def test_a_ready_order_at_a_silent_store_is_only_asked_for(shop: Shop, till: Till) -> None:
    till.hello()
    silence(shop.server)
    assert shop.post(f"/orders/{ORDER}/cancel", {}).json()["outcome"] == "cancel_requested"
    assert shop.get(f"/orders/{ORDER}").json()["handover"] == "cancel_requested"


def test_the_store_that_comes_back_with_nothing_to_send_settles_it(shop: Shop, till: Till) -> None:
    silence(shop.server)
    shop.post(f"/orders/{ORDER}/cancel", {})
    shop.server.clock.advance(minutes=1)
    till.hello()
    assert shop.get(f"/orders/{ORDER}").json()["handover"] == "cancelled"


def test_a_hand_over_that_arrives_first_wins(shop: Shop, till: Till) -> None:
    handed = till.document("handover", handover(till))
    silence(shop.server)
    shop.post(f"/orders/{ORDER}/cancel", {})
    assert till.results(handed)[0]["status"] == "applied"
    shop.server.clock.advance(minutes=1)
    till.hello()
    assert shop.get(f"/orders/{ORDER}").json()["handover"] == "done"
    again = shop.post(f"/orders/{ORDER}/cancel", {})
    assert (again.status_code, again.json()["code"]) == (409, "handed_over")


def test_a_hand_over_after_the_refund_is_booked_and_told(shop: Shop, till: Till) -> None:
    handed = till.document("handover", handover(till))
    silence(shop.server)
    assert shop.post(f"/orders/{ORDER}/cancel", {"refunded": True}).json()["outcome"] == "cancelled"
    result = till.results(handed)[0]
    assert (result["status"], result["codes"]) == ("applied_flagged", ["HANDOVER_AFTER_REFUND"])
    assert [one["code"] for one in shop.get("/cases").json()["cases"]] == ["HANDOVER_AFTER_REFUND"]


def test_an_order_that_is_not_ready_needs_no_store(shop: Shop, till: Till) -> None:
    silence(shop.server)
    shop.post(f"/orders/{ORDER}/preparation", {"preparation": "picking"})
    assert shop.post(f"/orders/{ORDER}/cancel", {}).json()["outcome"] == "cancelled"
