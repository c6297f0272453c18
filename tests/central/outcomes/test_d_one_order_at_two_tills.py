"""§10 d: one order handed over at two tills."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from central.tables.orders import order_prepaid
from tests.support.central_books import losses, outcome, the_case
from tests.support.central_payloads import PRICE, handover
from tests.support.central_server import CentralServer
from tests.support.central_till import Till
from tests.support.central_world import ORDER

pytestmark = pytest.mark.both_databases


def test_only_the_excess_over_the_ordered_quantity_is_flagged(server: CentralServer, till: Till) -> None:
    beside = Till.enrol(server, number=2)
    assert outcome(till, till.document("handover", handover(till, pieces=1))) == ("applied", [])
    second = beside.document("handover", handover(beside, pieces=2))
    assert outcome(beside, second) == ("applied_flagged", ["DUPLICATE_HANDOVER"])
    (flag,) = the_case(server)["facts"]["flags"]
    assert (flag["order_line"], flag["excess"], flag["amount"]) == (1, 1_000, 600_000)
    assert [one["till"] for one in flag["handed_before"]] == [till.id]
    assert losses(server) == {"handover_loss": 600_000}


def test_two_halves_at_two_tills_are_no_conflict(server: CentralServer, till: Till) -> None:
    beside = Till.enrol(server, number=2)
    till.upload(till.document("handover", handover(till, pieces=1)))
    assert outcome(beside, beside.document("handover", handover(beside, pieces=1))) == ("applied", [])
    assert till.pull("orders")[0][str(ORDER)][1]["handover"] == "done"


def from_the_bag(till: Till, pieces: int, **line: object) -> dict[str, object]:
    """As a till makes it that did not know the order."""
    payload = handover(till, pieces=pieces)
    del payload["lines"][0]["order_line"]
    payload["lines"][0] |= line
    return payload | {"provisional": True}


def test_goods_of_an_order_unknown_to_the_till_meet_its_lines(server: CentralServer, till: Till) -> None:
    assert outcome(till, till.document("handover", from_the_bag(till, 2))) == ("applied", [])
    assert till.pull("orders")[0][str(ORDER)][1]["handover"] == "done"


def test_an_order_that_was_handed_over_before_is_flagged_from_the_bag_too(
    server: CentralServer, till: Till
) -> None:
    beside = Till.enrol(server, number=2)
    till.upload(till.document("handover", handover(till, pieces=2)))
    second = beside.document("handover", from_the_bag(beside, 2))
    assert outcome(beside, second) == ("applied_flagged", ["DUPLICATE_HANDOVER"])
    assert losses(server) == {"handover_loss": 1_200_000}


def test_goods_that_are_not_in_the_order_are_flagged(server: CentralServer, till: Till) -> None:
    strange = till.document("handover", from_the_bag(till, 1, product="SP999999"))
    assert outcome(till, strange) == ("applied_flagged", ["ORDER_UNKNOWN"])


def test_more_prepaid_money_than_came_in_is_a_case(server: CentralServer, till: Till) -> None:
    with server.central.database.writing() as connection:
        connection.execute(update(order_prepaid).values(amount=PRICE))
    assert outcome(till, till.document("handover", handover(till, pieces=1))) == ("applied", [])
    second = till.document("handover", handover(till, pieces=1))
    assert outcome(till, second) == ("applied_flagged", ["PRICE_MISMATCH"])
