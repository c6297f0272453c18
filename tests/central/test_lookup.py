"""Look-ups: what a till's own feeds do not hold, named exactly, the same answer for every stranger."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import delete, insert

from central.tables.customers import customer_card
from tests.support.central_payloads import handover, return_, sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Till
from tests.support.central_world import HOA, HOA_PHONE, ORDER

pytestmark = pytest.mark.both_databases


def look(till: Till, query: str) -> Any:
    return till.send("GET", f"{till.server.url}/v1/lookup?{query}", b"", {})


def test_a_receipt_of_another_store_comes_with_what_was_paid_and_has_come_back(
    server: CentralServer, till: Till
) -> None:
    other = Till.enrol(server, store=2)
    payload = sale(till, pieces=2)
    sold = till.document("sale", payload)
    till.results(sold, till.document("return", return_(till, sold["doc_id"])))

    found = look(other, f"receipt={payload['receipt_no']}").json()

    (line,) = found["receipt"]["lines"]
    assert (found["found"], found["receipt"]["doc_id"]) == (True, sold["doc_id"])
    assert (line["amount"], line["vat_rate"], line["return_until"]) == (1_200_000, 800, "2026-12-22")
    assert line["returned"]["quantity"] == 1000


def test_an_order_is_found_by_its_number_as_the_feed_would_bring_it(till: Till) -> None:
    found = look(till, "order=MN-48207").json()
    assert (found["order"]["order"], found["order"]["store"]) == (ORDER, 1)
    assert look(till, f"order={ORDER}").json()["order"] == found["order"]


def test_the_receipts_of_an_order_come_with_it(till: Till) -> None:
    assert look(till, f"order={ORDER}").json()["receipts"] == []
    payload = handover(till)
    till.results(till.document("handover", payload))
    (row,) = look(till, f"order={ORDER}").json()["receipts"]
    assert (row["kind"], row["receipt_no"]) == ("handover", payload["receipt_no"])


def test_a_customer_is_found_by_the_whole_phone_number_only(till: Till) -> None:
    found = look(till, f"customer={quote(HOA_PHONE)}").json()
    assert [one["id"] for one in found["customers"]] == [HOA]
    assert "Nguyễn" not in str(found), "the feed's short name is enough"
    assert not look(till, f"customer={quote(HOA_PHONE[:-1])}").json()["found"]


def test_a_customer_is_found_by_a_member_card_that_is_not_revoked(server: CentralServer, till: Till) -> None:
    def put(**changes: Any) -> None:
        with server.central.database.writing() as connection:
            connection.execute(delete(customer_card).where(customer_card.c.serial == "4711"))
            connection.execute(insert(customer_card), {"serial": "4711", "customer": HOA} | changes)

    put()
    assert [one["id"] for one in look(till, "customer=4711").json()["customers"]] == [HOA]
    put(revoked_at=server.clock())
    assert not look(till, "customer=4711").json()["found"]


def test_who_is_not_known_gets_an_answer_of_the_same_form(till: Till) -> None:
    known, stranger = (look(till, f"customer={quote(phone)}") for phone in (HOA_PHONE, "+84909999999"))
    assert known.status_code == stranger.status_code == 200
    assert set(known.json()) == set(stranger.json())


def test_a_customers_receipts_come_with_them(till: Till) -> None:
    payload = sale(till, customer=HOA)
    till.results(till.document("sale", payload))
    (row,) = look(till, f"customer={HOA}").json()["receipts"]
    assert (row["receipt_no"], row["total"]) == (payload["receipt_no"], payload["total"])


def test_two_questions_at_once_are_none(till: Till) -> None:
    assert look(till, f"order={ORDER}&customer={HOA}").status_code == 422
    assert look(till, "limit=1").status_code == 422


def test_trying_phone_numbers_is_slowed_down(till: Till) -> None:
    for number in range(30):
        look(till, f"customer={quote(f'+849000000{number:02d}')}")
    assert look(till, f"customer={quote(HOA_PHONE)}").status_code == 429
