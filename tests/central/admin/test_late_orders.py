"""Orders that come to central after their goods were handed over from the bag (protocol §11)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.admin_calls import Shop
from tests.support.central_books import cases, close, losses, outcome, proof, stored_outcome, the_case
from tests.support.central_payloads import PRICE, handover
from tests.support.central_till import Item, Till
from tests.support.central_world import BAG, SHOES

pytestmark = pytest.mark.both_databases

LATE = 50_001


@pytest.fixture(autouse=True)
def _proven(shop: Shop) -> Iterator[None]:
    yield
    assert [one.to_json() for one in proof(shop.server).differences] == []


def _from_the_bag(till: Till, pieces: int = 1, **line: Any) -> Item:
    """As a till makes it that has nothing but the signed code."""
    payload = handover(till, pieces=pieces) | {"order": LATE, "number": "", "provisional": True}
    del payload["lines"][0]["order_line"]
    payload["lines"][0] |= line
    return till.document("handover", payload)


def _place(shop: Shop, *quantities: int) -> None:
    """Shoes, a line for each."""
    lines = [
        {"product": SHOES, "quantity": one, "unit_price": PRICE, "amount": PRICE * one // 1000}
        for one in quantities
    ]
    order = {"order": LATE, "number": "MN-50001", "store": 1, "placed_at": "2026-11-22T02:00:00Z"}
    paid = [{"amount": PRICE * sum(quantities) // 1000, "reference": "VNP-9"}]
    assert shop.post("/orders", {**order, "lines": lines, "paid": paid}).status_code == 201


def _order(till: Till) -> dict[str, Any]:
    body: dict[str, Any] = till.pull("orders")[0][str(LATE)][1]
    return body


def test_what_was_handed_over_is_off_the_order_as_soon_as_it_comes(shop: Shop, till: Till) -> None:
    beside = Till.enrol(shop.server, number=2)
    assert outcome(till, _from_the_bag(till, 2)) == ("applied_flagged", ["ORDER_UNKNOWN"])
    _place(shop, 2_000)
    assert (_order(beside)["handover"], _order(beside)["amount_due"]) == ("done", 0)
    assert _order(beside)["lines"][0]["handed"] == 2_000
    second = beside.document("handover", handover(beside, pieces=1) | {"order": LATE})
    assert outcome(beside, second) == ("applied_flagged", ["DUPLICATE_HANDOVER"])


def test_the_till_is_told_and_a_person_closes_the_case(shop: Shop, till: Till) -> None:
    given = _from_the_bag(till)
    till.upload(given)
    _place(shop, 2_000)
    assert _order(till)["handover"] == "part"
    assert stored_outcome(shop.server, given) == ("applied", [])
    assert till.pull("results")[0][given["doc_id"]][1]["status"] == "applied"
    case = the_case(shop.server)
    assert (case["code"], case["facts"]["matched"]) == (
        "ORDER_UNKNOWN",
        [{"order_line": 1, "quantity": 1_000}],
    )
    assert till.pull("cases")[0][case["id"]][1]["facts"]["order_came"] == "2026-11-22T03:00:00Z"
    close(shop.server, "ignore", "the order has come")
    assert cases(shop.server) == []


def test_an_order_made_at_another_counter_meets_them_too(shop: Shop, till: Till) -> None:
    beside = Till.enrol(shop.server, number=2)
    till.upload(_from_the_bag(till))
    line = {"no": 1, "product": SHOES, "name": "Giày búp bê", "quantity": 1_000, "amount": PRICE}
    made = beside.document("order_create", {"order": LATE, "lines": [line | {"vat_rate": 800}]})
    assert outcome(beside, made) == ("applied", [])
    assert _order(till)["handover"] == "done"


def test_goods_fill_the_lines_in_the_order_in_which_they_came(shop: Shop, till: Till) -> None:
    till.upload(_from_the_bag(till, 1), _from_the_bag(till, 2))
    _place(shop, 2_000, 2_000)
    assert [line["handed"] for line in _order(till)["lines"]] == [2_000, 1_000]


def test_more_than_was_ordered_is_a_loss(shop: Shop, till: Till) -> None:
    first, second = _from_the_bag(till), _from_the_bag(till)
    till.upload(first, second)
    _place(shop, 1_000)
    assert stored_outcome(shop.server, first) == ("applied", [])
    assert stored_outcome(shop.server, second) == ("applied_flagged", ["DUPLICATE_HANDOVER"])
    assert losses(shop.server) == {"handover_loss": PRICE}
    (case,) = [one for one in cases(shop.server) if one["facts"]["excess"]]
    assert case["doc_id"] == second["doc_id"]
    close(shop.server, "collect", case=case["id"])
    assert losses(shop.server) == {"handover_loss": 0}


def test_a_loss_that_comes_after_its_case_was_closed_opens_another(shop: Shop, till: Till) -> None:
    till.upload(_from_the_bag(till, 2))
    close(shop.server, "ignore", "it will come")
    _place(shop, 1_000)
    assert the_case(shop.server)["code"] == "DUPLICATE_HANDOVER"
    close(shop.server, "accept_loss")


def test_goods_that_are_not_in_the_order_stay_odd(shop: Shop, till: Till) -> None:
    given = _from_the_bag(till, 1, product=BAG)
    till.upload(given)
    _place(shop, 1_000)
    assert stored_outcome(shop.server, given) == ("applied_flagged", ["ORDER_UNKNOWN"])
    assert the_case(shop.server)["facts"]["not_in_order"] == [BAG]
    assert _order(till)["handover"] == "none"


def test_a_return_of_the_goods_knows_the_order(shop: Shop, till: Till) -> None:
    given = _from_the_bag(till)
    till.upload(given)
    _place(shop, 1_000)
    assert till.pull("sales")[0][given["doc_id"]][1]["order_number"] == "MN-50001"


def test_a_deposit_that_came_before_its_order_is_told_and_stays_beside_what_was_paid_online(
    shop: Shop, till: Till
) -> None:
    payment = {
        "receipt_no": till.receipt_no(), "business_date": "2026-11-22", "order": LATE, "rounding": 0,
        "tenders": [{"no": 1, "kind": "card", "amount": 100_000}], "total": 100_000,
    }  # fmt: skip
    taken = till.document("order_payment", payment)
    assert outcome(till, taken) == ("applied_flagged", ["ORDER_UNKNOWN"])
    _place(shop, 1_000)
    assert stored_outcome(shop.server, taken) == ("applied", [])
    assert [(one["kind"], one["amount"]) for one in _order(till)["prepaid"]] == [
        ("deposit", 100_000),
        ("paid_online", PRICE),
    ]
