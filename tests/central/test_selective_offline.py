"""Fault 82: the operator pulls the cable to use something again; central sees one silent till alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from central.silences import KEPT, forget_old
from central.tables.silences import silence
from tests.support.central_books import cases, outcome, proof, the_case
from tests.support.central_payloads import handover, return_, sale, sale_with_voucher
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till
from tests.support.central_world import BOUND_VOUCHER, VOUCHER

pytestmark = pytest.mark.both_databases
FLAGGED = ("applied_flagged", ["SELECTIVE_OFFLINE"])


@pytest.fixture
def neighbour(server: CentralServer, till: Till) -> Till:
    """Another till of the store; both are heard at this moment."""
    made = Till.enrol(server, number=2)
    _all_heard(till, made)
    return made


def _all_heard(*tills: Till) -> None:
    for one in tills:
        assert one.hello().status_code == 200


def _pass(server: CentralServer, *heard: Till, minutes: int = 10) -> None:
    """Time in which only these tills are heard."""
    for _ in range(minutes * 2):
        server.clock.advance(seconds=30)
        _all_heard(*heard)


def _pulled(server: CentralServer, till: Till, *heard: Till, **payload: Any) -> Item:
    """A sale with a voucher in the middle of a silence of `till`; its line is back when this returns."""
    _pass(server, *heard)
    item = till.document("sale", sale_with_voucher(till, VOUCHER) | payload)
    _pass(server, *heard)
    return item


def test_82_a_pulled_cable_beside_a_neighbour_that_is_heard_is_flagged(
    server: CentralServer, till: Till, neighbour: Till
) -> None:
    item = _pulled(server, till, neighbour)
    assert outcome(till, item) == FLAGGED
    facts = the_case(server)["facts"]
    assert (facts["staff"], facts["first"], facts["neighbours"]) == (11, item["doc_id"], [2])
    assert facts["since"] == "2026-11-22T03:00:00Z"
    assert proof(server).is_sound


def test_82_the_store_sees_the_case(server: CentralServer, till: Till, neighbour: Till) -> None:
    till.upload(_pulled(server, till, neighbour))
    (body,) = (body for _, body in neighbour.pull("cases")[0].values())
    assert (body["code"], body["till"], body["actions"]) == ("SELECTIVE_OFFLINE", till.id, ["ignore"])


def test_82_it_counts_too_when_hello_comes_before_the_upload(
    server: CentralServer, till: Till, neighbour: Till
) -> None:
    item = _pulled(server, till, neighbour)
    _all_heard(till)
    assert outcome(till, item) == FLAGGED


def test_a_store_without_a_line_is_bad_luck(server: CentralServer, till: Till, neighbour: Till) -> None:
    item = _pulled(server, till)
    _all_heard(neighbour)
    assert outcome(till, item) == ("applied", [])
    assert cases(server) == []


def test_a_neighbour_that_was_switched_on_later_says_nothing(server: CentralServer, till: Till) -> None:
    _all_heard(till)
    item = _pulled(server, till)
    _all_heard(Till.enrol(server, number=2))
    assert outcome(till, item) == ("applied", [])


def test_a_till_of_another_store_is_no_neighbour(server: CentralServer, till: Till) -> None:
    far = Till.enrol(server, store=2)
    _all_heard(till, far)
    assert outcome(till, _pulled(server, till, far)) == ("applied", [])


def test_a_sale_for_cash_needs_no_line(server: CentralServer, till: Till, neighbour: Till) -> None:
    _pass(server, neighbour)
    item = till.document("sale", sale(till))
    _pass(server, neighbour)
    assert outcome(till, item) == ("applied", [])


def test_what_came_before_or_after_the_silence_is_not_told(
    server: CentralServer, till: Till, neighbour: Till
) -> None:
    first = till.document("sale", sale(till))
    assert outcome(till, first) == ("applied", [])
    _pass(server, neighbour)
    _pass(server, till, neighbour, minutes=2)
    back = till.document("return", return_(till, first["doc_id"]))
    assert outcome(till, back) == ("applied", [])


def test_pick_ups_and_returns_are_told_too(server: CentralServer, till: Till, neighbour: Till) -> None:
    sold = till.document("sale", sale(till))
    till.upload(sold)
    _pass(server, neighbour)
    items = [
        till.document("handover", handover(till)),
        till.document("return", return_(till, sold["doc_id"])),
    ]
    _pass(server, neighbour)
    assert [one["codes"] for one in till.results(*items)] == [["SELECTIVE_OFFLINE"]] * 2


def test_one_till_has_one_open_case_however_much_it_did(
    server: CentralServer, till: Till, neighbour: Till
) -> None:
    one = _pulled(server, till, neighbour)
    two = till.document("sale", sale_with_voucher(till, BOUND_VOUCHER))
    till.upload(one, two)
    assert len(cases(server)) == 1


def test_silences_are_forgotten_when_nothing_is_compared_with_them(
    server: CentralServer, till: Till, neighbour: Till
) -> None:
    till.upload(_pulled(server, till, neighbour))
    with server.central.database.writing() as connection:
        forget_old(connection, server.clock() + KEPT + timedelta(days=1))
        assert connection.scalar(select(func.count()).select_from(silence)) == 0
