"""Payments without a sale, and sales without their payment: found when the shift is over (protocol §14)."""

from __future__ import annotations

from typing import Any

import pytest

from central.transfers import Credit, find_unclaimed, take
from central.unsold import find_unsold
from pos_app.domain.vietqr import transfer_reference
from tests.support.central_books import cases, close, losses, outcome, proof, the_case
from tests.support.central_payloads import PRICE, sale, shift_close, shift_open
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till

pytestmark = pytest.mark.both_databases

REFERENCE = transfer_reference(1, 1, 1, 9)


class Shift:
    """What a till does between opening and closing."""

    def __init__(self, till: Till) -> None:
        self.till = till
        till.shift = 1
        self.items = [till.document("shift_open", shift_open())]

    def asks(self, kind: str = "card", reference: str = "own") -> str:
        """The id of an intent of the price of one pair."""
        words = {"kind": kind, "amount": PRICE, "reference": reference}
        return str(self.writes("payment_intent", words)["doc_id"])

    def hears(self, intent: str, state: str = "approved") -> None:
        self.writes("payment_result", {"intent": intent, "state": state, "slip": "0042"})

    def sells(self, intent: str, kind: str = "card") -> Item:
        tender = {"no": 1, "kind": kind, "amount": PRICE, "reference": intent}
        return self.writes("sale", sale(self.till, tenders=[tender]))

    def writes(self, kind: str, payload: dict[str, Any]) -> Item:
        self.items.append(self.till.document(kind, payload))
        return self.items[-1]

    def ends(self) -> None:
        closing = self.till.document("shift_close", shift_close(self.items, 1_000_000))
        assert self.till.results(*self.items, closing)[-1]["status"] == "applied"


def _found(server: CentralServer) -> list[str]:
    with server.central.database.writing() as connection:
        find_unclaimed(connection, server.clock())
        find_unsold(connection, server.clock())
    return [one["code"] for one in cases(server)]


@pytest.fixture
def shift(till: Till) -> Shift:
    return Shift(till)


def test_a_payment_that_a_sale_names_is_settled(server: CentralServer, shift: Shift) -> None:
    intent = shift.asks()
    shift.hears(intent)
    shift.sells(intent)
    shift.ends()
    assert _found(server) == []


def test_an_approved_payment_without_a_sale_is_a_case_once_the_shift_is_over(
    server: CentralServer, till: Till, shift: Shift
) -> None:
    intent = shift.asks()
    shift.hears(intent)
    till.upload(*shift.items)
    assert _found(server) == [], "the cart may still be paid for"
    shift.ends()
    assert _found(server) == ["PAYMENT_WITHOUT_SALE"]
    assert _found(server) == ["PAYMENT_WITHOUT_SALE"], "one case, however often one looks"
    case = the_case(server)
    assert (case["doc_id"], case["facts"]["amount"], case["facts"]["staff"]) == (intent, PRICE, 11)
    assert case["actions"] == ["payment_returned", "ignore"]


def test_so_is_one_that_nobody_knows_the_end_of(server: CentralServer, shift: Shift) -> None:
    shift.hears(shift.asks(), "unknown")
    shift.ends()
    assert _found(server) == ["PAYMENT_WITHOUT_SALE"]


def test_a_shift_that_never_closes_is_waited_for_three_days(
    server: CentralServer, till: Till, shift: Shift
) -> None:
    shift.hears(shift.asks())
    till.upload(*shift.items)
    server.clock.advance(hours=73)
    assert _found(server) == ["PAYMENT_WITHOUT_SALE"]


@pytest.mark.parametrize("state", ["declined", "given back"])
def test_nothing_is_missing_when_nothing_was_kept(server: CentralServer, shift: Shift, state: str) -> None:
    intent = shift.asks()
    shift.hears(intent, "declined" if state == "declined" else "approved")
    if state == "given back":
        shift.writes("payment_refund", {"intent": intent, "kind": "card", "amount": PRICE})
    shift.ends()
    assert _found(server) == []


def test_a_refund_that_was_declined_gave_nothing_back(server: CentralServer, shift: Shift) -> None:
    intent = shift.asks()
    shift.hears(intent)
    shift.writes("payment_refund", {"intent": intent, "kind": "card", "amount": PRICE, "state": "declined"})
    shift.ends()
    assert _found(server) == ["PAYMENT_WITHOUT_SALE"]


def test_money_that_went_back_outside_the_till_closes_the_case(server: CentralServer, shift: Shift) -> None:
    intent = shift.asks()
    shift.hears(intent)
    shift.ends()
    _found(server)
    close(server, "payment_returned")
    late = shift.writes("payment_refund", {"intent": intent, "kind": "card", "amount": PRICE})
    assert outcome(shift.till, *shift.items[-1:])[1] == ["PAYMENT_REFUNDED_TWICE"], late["doc_id"]


def test_a_sale_that_comes_after_all_is_told_to_who_looks_at_the_case(
    server: CentralServer, till: Till, shift: Shift
) -> None:
    intent = shift.asks()
    shift.hears(intent)
    shift.ends()
    _found(server)
    sold = shift.sells(intent)
    till.upload(sold)
    assert _found(server) == ["PAYMENT_WITHOUT_SALE"], "a person closes it"
    assert the_case(server)["facts"]["sale_came"] == sold["doc_id"]


@pytest.mark.parametrize("fault", ["declined", "named twice"])
def test_goods_without_their_money_are_a_case_and_a_loss(
    server: CentralServer, shift: Shift, fault: str
) -> None:
    intent = shift.asks()
    shift.hears(intent, "declined" if fault == "declined" else "approved")
    shift.sells(intent)
    if fault == "named twice":
        shift.sells(intent)
    shift.ends()
    assert _found(server) == ["SALE_WITHOUT_PAYMENT"]
    close(server, "payment_lost")
    assert losses(server) == {"payment_loss": PRICE}
    assert proof(server).is_sound


# --- transfers ----------------------------------------------------------------------------------
def _arrives(server: CentralServer, words: str = f"ck {REFERENCE}") -> None:
    with server.central.database.writing() as connection:
        take(connection, [Credit("FT1", server.clock(), PRICE, words)], server.clock())


def test_a_transfer_for_which_no_sale_came_is_a_case_after_three_days(
    server: CentralServer, till: Till
) -> None:
    _arrives(server)
    assert _found(server) == []
    server.clock.advance(hours=73)
    assert _found(server) == ["PAYMENT_WITHOUT_SALE"]
    case = the_case(server)
    assert (case["store"], case["facts"]["till"], case["facts"]["reference"]) == (1, till.id, REFERENCE)
    close(server, "payment_returned")
    assert _found(server) == []


def test_its_sale_may_still_come_and_is_confirmed(server: CentralServer, till: Till) -> None:
    _arrives(server)
    server.clock.advance(hours=73)
    _found(server)
    tender = {"no": 1, "kind": "transfer", "amount": PRICE, "reference": REFERENCE, "state": "claimed"}
    sold = till.document("sale", sale(till, tenders=[tender]))
    till.upload(sold)
    assert till.pull("transfers")[0][sold["doc_id"]][1]["state"] == "matched"
    assert the_case(server)["facts"]["sale_came"] == sold["doc_id"]


def test_what_no_till_has_asked_for_is_no_case(server: CentralServer, till: Till) -> None:
    _arrives(server, f"tien nha thang 11 {transfer_reference(9, till.epoch, 1, 7)}")
    server.clock.advance(hours=73)
    assert _found(server) == []


def test_the_bank_confirms_an_intent_whose_cart_was_abandoned(server: CentralServer, shift: Shift) -> None:
    intent = shift.asks("transfer", REFERENCE)
    shift.ends()
    assert _found(server) == [], "a code that was shown is no money yet"
    _arrives(server)
    server.clock.advance(hours=73)
    assert _found(server) == ["PAYMENT_WITHOUT_SALE"]
    assert the_case(server)["doc_id"] == intent
