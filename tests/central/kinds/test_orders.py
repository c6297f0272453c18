"""Orders made, prepared, refused and given up at a counter; hand-overs taken back."""

from __future__ import annotations

from typing import Any

import pytest

from pos_app.domain.money import vat_inside
from tests.support.central_books import outcome
from tests.support.central_payloads import PRICE, handover, return_, sale
from tests.support.central_till import Till
from tests.support.central_world import BAG, ORDER, SHOES

pytestmark = pytest.mark.both_databases


def _order(till: Till, number: int = ORDER) -> Any:
    return till.pull("orders")[0][str(number)][1]


def _created(number: int) -> dict[str, Any]:
    line = {"no": 1, "product": SHOES, "name": "Giày búp bê", "quantity": 1_000, "amount": PRICE}
    return {
        "order": number,
        "lines": [line | {"vat_rate": 800}],
        "reserved_until": "2026-11-22T21:00:00+07:00",
    }


def _event(till: Till, event: str, **more: Any) -> Any:
    return till.document("order_event", {"order": ORDER, "event": event, **more})


def test_an_order_made_at_a_counter_waits_there(till: Till) -> None:
    assert outcome(till, till.document("order_create", _created(500))) == ("applied", [])
    made = _order(till, 500)
    assert (made["channel"], made["payment"], made["handover"], made["total"]) == (
        "counter",
        "due",
        "none",
        PRICE,
    )


def test_a_number_that_is_taken_keeps_its_first_order(till: Till) -> None:
    again = till.document("order_create", _created(ORDER))
    assert outcome(till, again) == ("applied_flagged", ["ORDER_EXISTS"])
    assert _order(till)["number"] == "MN-48207"


def test_it_is_picked_and_put_on_a_shelf(till: Till) -> None:
    till.upload(_event(till, "picking"), _event(till, "ready", shelf="C4"))
    assert (_order(till)["preparation"], _order(till)["shelf"]) == ("ready", "C4")


def test_what_nobody_fetches_expires(till: Till) -> None:
    till.upload(_event(till, "unclaimed"))
    assert _order(till)["handover"] == "expired"


def test_a_refused_line_is_no_longer_waiting(till: Till) -> None:
    till.upload(_event(till, "refused", lines=[{"order_line": 1, "quantity": 2_000}]))
    assert (_order(till)["handover"], _order(till)["lines"][0]["refused"]) == ("returned", 2_000)


def test_an_event_that_central_does_not_know_is_quarantined(till: Till) -> None:
    assert outcome(till, _event(till, "teleported")) == ("quarantined", ["BROKEN_INVARIANT"])


def test_a_reservation_ends_by_the_tills_release(till: Till) -> None:
    payload = {"order": ORDER, "lines": [{"order_line": 1, "quantity": 2_000}], "reason": "closing"}
    assert outcome(till, till.document("reservation_release", payload)) == ("applied", [])
    assert _order(till)["handover"] == "returned"
    assert till.pull("stock")[0][SHOES][1]["quantity"] == 20_000


def test_a_hand_over_taken_back_waits_again(till: Till) -> None:
    given = till.document("handover", handover(till, pieces=2))
    payload = return_(till, given["doc_id"], pieces=1, kind="paid_online")
    approval = {"right": "handover.reverse", "by": 12, "method": "pin", "what": ""}
    payload |= {"of": given["doc_id"], "reason": "wrong_person", "approvals": [approval]}
    back = till.document("handover_reversal", payload)
    assert outcome(till, given, back) == ("applied", [])
    assert (_order(till)["handover"], _order(till)["lines"][0]["handed"]) == ("part", 1_000)
    assert till.pull("stock")[0][SHOES][1]["quantity"] == 19_000
    assert till.pull("sales")[0][given["doc_id"]][1]["lines"][0]["returned"]["quantity"] == 1_000


# --- other goods instead ----------------------------------------------------------------------
def _instead(till: Till) -> dict[str, Any]:
    """One pair of the order, and for the other a bag that costs as much today (a line of the extra goods)."""
    payload = handover(till, pieces=1)
    bag = sale(till)["lines"][0] | {"no": 2, "product": BAG, "name": "Túi tote", "category": "giay"}
    bag |= {"unit_price": 250_000, "gross": 250_000, "amount": 250_000, "vat": vat_inside(250_000, 800)}
    payload["sale"] = {"lines": [bag], "vouchers": []}
    payload["substituted"] = [{"order_line": 1, "no": 2}]
    payload["tenders"].append({"no": 2, "kind": "cash", "amount": 250_000})
    return payload | {"total": payload["total"] + 250_000}


def test_what_stands_in_for_a_line_ends_its_wait(till: Till) -> None:
    assert outcome(till, till.document("handover", _instead(till))) == ("applied", [])
    assert (_order(till)["handover"], _order(till)["lines"][0]["handed"]) == ("done", 2_000)
    stock = till.pull("stock")[0]
    assert (stock[SHOES][1]["quantity"], stock[BAG][1]["quantity"]) == (19_000, 19_000)


def test_a_line_refused_in_the_same_hand_over_is_done_once(till: Till) -> None:
    refused = {"order_line": 1, "quantity": 1_000, "amount": 0, "reason": "size"}
    payload = _instead(till) | {"refused": [refused]}
    assert outcome(till, till.document("handover", payload)) == ("applied", [])
    line = _order(till)["lines"][0]
    assert (line["handed"], line["refused"]) == (1_000, 1_000)


def test_what_stood_in_comes_back_and_the_line_waits_again(till: Till) -> None:
    given = till.document("handover", _instead(till))
    bag = {"no": 1, "original_line": 2, "product": BAG, "quantity": 1_000, "amount": -250_000}
    bag |= {"vat_rate": 800, "vat": vat_inside(-250_000, 800), "condition": "resell", "reason": "changed"}
    approval = {"right": "handover.reverse", "by": 12, "method": "pin", "what": ""}
    payload = return_(till, given["doc_id"]) | {"lines": [bag], "total": -250_000, "approvals": [approval]}
    payload |= {"of": given["doc_id"], "reason": "wrong_goods"}
    payload["refunds"] = [{"kind": "cash", "amount": -250_000, "original_tender": 2}]
    assert outcome(till, given, till.document("handover_reversal", payload)) == ("applied", [])
    assert (_order(till)["handover"], _order(till)["lines"][0]["handed"]) == ("part", 1_000)
