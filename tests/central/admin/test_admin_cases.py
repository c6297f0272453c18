"""Cases through the admin API: seen by store and code, closed by a document."""

from __future__ import annotations

from sqlalchemy import select

from central.tables.inbox import document
from tests.support.admin_calls import Shop
from tests.support.central_payloads import sale_with_voucher
from tests.support.central_till import Till
from tests.support.central_world import CAU_GIAY, VOUCHER


def _overused(shop: Shop, till: Till) -> str:
    for _ in range(2):
        till.results(till.document("sale", sale_with_voucher(till, VOUCHER)))
    cases = shop.get("/cases", code="VOUCHER_OVERUSED").json()["cases"]
    assert len(cases) == 1
    return str(cases[0]["id"])


def test_a_case_is_closed_by_a_signed_document(shop: Shop, till: Till) -> None:
    case = _overused(shop, till)
    words = {"action": "accept_loss", "by": 12, "note": "khách quen, gọi 0901234567"}
    closed = shop.post(f"/cases/{case}/close", words)
    assert closed.status_code == 200
    with shop.server.central.database.reading() as connection:
        row = connection.execute(select(document).where(document.c.doc_id == closed.json()["document"])).one()
    assert row.kind == "case_resolution"
    assert b"0901234567" not in bytes(row.body)
    assert shop.get("/cases").json() == {"cases": []}
    assert shop.get("/cases", closed="true").json()["cases"][0]["action"] == "accept_loss"


def test_a_closed_case_is_closed_once(shop: Shop, till: Till) -> None:
    case = _overused(shop, till)
    words = {"action": "accept_loss", "by": 12, "note": ""}
    shop.post(f"/cases/{case}/close", words)
    again = shop.post(f"/cases/{case}/close", words)
    assert (again.status_code, again.json()["code"]) == (409, "case_closed")


def test_an_action_of_another_code_is_refused(shop: Shop, till: Till) -> None:
    case = _overused(shop, till)
    answer = shop.post(f"/cases/{case}/close", {"action": "merge", "by": 12})
    assert (answer.status_code, answer.json()["code"]) == (422, "action_not_allowed")


def test_a_case_of_another_store_is_not_there(shop: Shop, till: Till) -> None:
    case = _overused(shop, till)
    other = Shop.of(shop.server, stores=[CAU_GIAY])
    assert other.get("/cases").json() == {"cases": []}
    assert other.get(f"/cases/{case}").status_code == 404
    assert other.post(f"/cases/{case}/close", {"action": "accept_loss", "by": 12}).status_code == 404
