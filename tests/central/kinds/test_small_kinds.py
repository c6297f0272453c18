"""Kinds that move one thing each."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from central.tables.money import cash_entry, tender_entry
from central.tables.transfers import payment
from tests.support.central_books import outcome, the_case
from tests.support.central_payloads import PRICE, return_, sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till
from tests.support.central_world import HOA, SHOES

pytestmark = pytest.mark.both_databases


def _correction(till: Till, sold: Item, before: str, after: str) -> Item:
    payload = {"of": sold["doc_id"], "tender": 1, "from": before, "to": after, "reason": "pressed wrong"}
    return till.document("tender_correction", payload)


def _sums(server: CentralServer) -> dict[str, int]:
    with server.central.database.reading() as connection:
        found: dict[str, int] = {}
        for row in connection.execute(select(tender_entry)):
            found[row.kind] = found.get(row.kind, 0) + row.amount
        found["drawer"] = sum(row.amount for row in connection.execute(select(cash_entry)))
        return found


def test_points_are_given_by_a_person(till: Till) -> None:
    given = till.document("points_adjust", {"customer": HOA, "delta": 30, "reason": "late", "approvals": []})
    assert outcome(till, given) == ("applied", [])
    assert till.pull("customers")[0][HOA][1]["balance"] == 270


def test_a_count_books_the_difference(till: Till) -> None:
    lines = [{"product": SHOES, "expected": 20_000, "counted": 18_000}]
    assert outcome(till, till.document("stock_count", {"lines": lines})) == ("applied", [])
    assert till.pull("stock")[0][SHOES][1]["quantity"] == 18_000


def test_a_corrected_tender_leaves_the_drawer(server: CentralServer, till: Till) -> None:
    sold = till.document("sale", sale(till))
    assert outcome(till, sold, _correction(till, sold, "cash", "card")) == ("applied", [])
    assert _sums(server) == {"cash": 0, "card": PRICE, "drawer": 0}
    assert till.pull("sales")[0][sold["doc_id"]][1]["tenders"][0]["kind"] == "card"


def test_a_tender_is_corrected_twice(server: CentralServer, till: Till) -> None:
    sold = till.document("sale", sale(till))
    twice = [_correction(till, sold, "cash", "card"), _correction(till, sold, "card", "cash")]
    assert outcome(till, sold, *twice) == ("applied", [])
    assert _sums(server) == {"cash": PRICE, "card": 0, "drawer": PRICE}


def test_a_correction_of_another_tender_is_quarantined(till: Till) -> None:
    sold = till.document("sale", sale(till))
    wrong = _correction(till, sold, "card", "cash")
    assert outcome(till, sold, wrong) == ("quarantined", ["BROKEN_INVARIANT"])


def test_points_cannot_be_corrected_into_cash(till: Till) -> None:
    sold = till.document("sale", sale(till))
    assert outcome(till, sold, _correction(till, sold, "cash", "points"))[0] == "quarantined"


def _payments(server: CentralServer) -> list[tuple[str, int, int]]:
    with server.central.database.reading() as connection:
        rows = connection.execute(select(payment))
        return [(row.state, row.amount, row.refunded) for row in rows]


def test_a_terminal_is_asked_answers_and_gives_back(server: CentralServer, till: Till) -> None:
    asked = till.document("payment_intent", {"kind": "card", "amount": PRICE, "reference": "r"})
    answer = {"intent": asked["doc_id"], "state": "approved", "slip": "0042"}
    back = {"intent": asked["doc_id"], "kind": "card", "amount": PRICE, "state": "approved"}
    done = [asked, till.document("payment_result", answer), till.document("payment_refund", back)]
    assert outcome(till, *done) == ("applied", [])
    assert _payments(server) == [("approved", PRICE, PRICE)]


def test_an_answer_waits_for_its_intent(till: Till) -> None:
    asked = till.document("payment_intent", {"kind": "card", "amount": PRICE, "reference": "r"})
    answer = till.document("payment_result", {"intent": asked["doc_id"], "state": "unknown"})
    assert outcome(till, answer) == ("parked", [])


def test_a_payment_given_back_twice_opens_a_case(server: CentralServer, till: Till) -> None:
    asked = till.document("payment_intent", {"kind": "card", "amount": PRICE, "reference": "r"})
    back = {"intent": asked["doc_id"], "kind": "card", "amount": PRICE, "state": "approved"}
    twice = [till.document("payment_refund", back) for _ in range(2)]
    assert outcome(till, asked, *twice) == ("applied_flagged", ["PAYMENT_REFUNDED_TWICE"])


def test_recovery_is_kept_as_evidence(till: Till) -> None:
    assert outcome(till, till.document("recovery", {"salvaged": 12})) == ("applied", [])


# --- provisional returns ----------------------------------------------------------------------
def _typed(till: Till, sold: Item, amount: int) -> dict[str, Any]:
    """A line typed from the paper: the product is known, the sale's lines are not."""
    payload = return_(till, sold["doc_id"], kind="store_credit")
    line = payload["lines"][0]
    del line["original_line"]
    line.update(amount=-amount, vat=-round(amount * 8 / 108))
    payload["refunds"] = [{"kind": "store_credit", "amount": -amount}]
    return payload | {"total": -amount, "provisional": True}


def test_a_provisional_refund_that_was_right_is_simply_booked(till: Till) -> None:
    sold = till.document("sale", sale(till))
    assert outcome(till, sold, till.document("return", _typed(till, sold, PRICE))) == ("applied", [])


def test_the_difference_is_booked_and_the_credit_corrected(server: CentralServer, till: Till) -> None:
    payload = sale(till)
    line = payload["lines"][0]
    line["discounts"] = [{"step": "order", "rule": "loyal", "ver": 1, "by": 12, "amount": 100_000}]
    line.update(amount=500_000, vat=37_037)
    payload["tenders"] = [{"no": 1, "kind": "cash", "amount": 500_000}]
    sold = till.document("sale", payload | {"total": 500_000})
    back = till.document("return", _typed(till, sold, PRICE))
    assert outcome(till, sold, back) == ("applied_flagged", ["REFUND_DIFFERENCE"])
    (flag,) = the_case(server)["facts"]["flags"]
    assert (flag["promised"], flag["true"], flag["amount"]) == (PRICE, 500_000, 100_000)
    spent = [{"no": 1, "kind": "store_credit", "amount": PRICE, "reference": back["doc_id"]}]
    assert outcome(till, till.document("sale", sale(till, tenders=spent)))[1] == ["CREDIT_OVERDRAWN"]


def test_what_was_typed_counts_as_returned(till: Till) -> None:
    sold = till.document("sale", sale(till))
    till.upload(sold, till.document("return", _typed(till, sold, PRICE)))
    again = till.document("return", return_(till, sold["doc_id"]))
    assert outcome(till, again) == ("applied_flagged", ["RETURN_EXCEEDS_SOLD"])
