"""Orders made, prepared, refused and given up at a counter; hand-overs taken back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.central_books import outcome
from tests.support.central_payloads import PRICE, handover, return_
from tests.support.central_till import Till
from tests.support.central_world import ORDER, SHOES

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
