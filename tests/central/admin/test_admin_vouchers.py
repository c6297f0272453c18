"""Vouchers that a shop's system issues, one or a file full, and takes back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from central.admin import vouchers
from central.tables.catalogue import campaign
from central.tables.vouchers import voucher
from pos_app.domain.code_reading import read_signed
from pos_app.domain.codes import VoucherCode
from pos_app.domain.ids import CustomerId, TenantId, uuid7
from tests.support.admin_calls import Shop, held_keys
from tests.support.central_books import proof
from tests.support.central_payloads import PRICE, sale
from tests.support.central_till import Till
from tests.support.central_world import HOA, TENANT, VOUCHER
from tests.support.memory import most_memory

pytestmark = pytest.mark.both_databases

TERMS: Mapping[str, Any] = {
    "campaign": 7,
    "value": 50_000,
    "valid_until": "2026-12-31",
    "min_basket": 200_000,
}


def test_an_issued_voucher_verifies_as_a_till_verifies_it(shop: Shop, till: Till) -> None:
    made = shop.post("/vouchers", TERMS).json()
    code = read_signed(made["code"], held_keys(till), TenantId(TENANT))
    assert isinstance(code, VoucherCode)
    assert (str(code.serial), code.value, code.min_basket, code.max_uses) == (
        made["serial"],
        50_000,
        200_000,
        1,
    )


def test_a_bound_voucher_is_its_customers_and_in_the_feed(shop: Shop, till: Till) -> None:
    made = shop.post("/vouchers", {**TERMS, "customer": HOA}).json()
    code = read_signed(made["code"], held_keys(till), TenantId(TENANT))
    assert isinstance(code, VoucherCode)
    assert code.is_for(TenantId(TENANT), CustomerId(HOA))
    assert not code.is_for(TenantId(TENANT), CustomerId(TENANT))
    held = till.pull("customers")[0][HOA][1]["vouchers"]
    assert made["serial"] in [one["serial"] for one in held]


def test_a_revoked_voucher_is_told_to_every_till(shop: Shop, till: Till) -> None:
    first = shop.post(f"/vouchers/{VOUCHER}/revoke", {"reason": "lost"}).json()
    again = shop.post(f"/vouchers/{VOUCHER}/revoke", {"reason": "lost"}).json()
    assert (first["already"], again["already"]) == (False, True)
    assert till.pull("revocations")[0][f"code/{VOUCHER}"][1]["reason"] == "lost"
    assert shop.get(f"/vouchers/{VOUCHER}").json()["revoked"] is True


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"campaign": 9}, "unknown_campaign"),
        ({"valid_until": "2026-11-01"}, "over_already"),
        ({"store": 9}, "unknown_store"),
        ({"max_uses": 0}, "uses_do_not_fit_the_kind"),
        ({"customer": TENANT}, "unknown_customer"),
    ],
)
def test_terms_that_cannot_be_are_refused(shop: Shop, change: Mapping[str, Any], code: str) -> None:
    answer = shop.post("/vouchers", {**TERMS, **change})
    assert (answer.status_code, answer.json()["code"]) == (422, code)


# --- many -------------------------------------------------------------------------------------
def _count(shop: Shop) -> int:
    with shop.server.central.database.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(voucher)) or 0)


def test_a_file_of_vouchers_holds_as_many_as_were_asked_for(shop: Shop) -> None:
    before = _count(shop)
    with most_memory() as grown:
        answer = shop.post("/voucher-batches", {**TERMS, "count": 5000})
    assert grown() < 48 << 20
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    assert len({one["serial"] for one in lines}) == len({one["short_code"] for one in lines}) == 5000
    assert _count(shop) - before == 5000


def test_a_csv_file_has_a_heading(shop: Shop) -> None:
    answer = shop.post("/voucher-batches", {**TERMS, "count": 501, "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 501
    assert rows[0]["code"].startswith("QX1")


def test_a_file_asked_for_again_is_the_same_file(shop: Shop) -> None:
    first = shop.post("/voucher-batches", {**TERMS, "count": 700}, once="spring")
    before = _count(shop)
    assert shop.post("/voucher-batches", {**TERMS, "count": 700}, once="spring").text == first.text
    assert _count(shop) == before
    other = shop.post("/voucher-batches", {**TERMS, "count": 701}, once="spring")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


@pytest.mark.expects_log("central", "a bug is planted in the midst of the stream")
def test_a_file_that_broke_off_goes_on_where_it_stood(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The third part of five fails, as if the process had been killed there."""
    made = vouchers._make
    calls: list[int] = []

    def breaks(*args: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise ConnectionResetError
        return made(*args)

    monkeypatch.setattr(vouchers, "_make", breaks)
    before = _count(shop)
    part = shop.post("/voucher-batches", {**TERMS, "count": 2500}, once="autumn")
    assert len(part.text.splitlines()) == 1000
    assert _count(shop) - before == 1000
    whole = shop.post("/voucher-batches", {**TERMS, "count": 2500}, once="autumn")
    assert len(whole.text.splitlines()) == 2500
    assert _count(shop) - before == 2500


# --- gift cards -------------------------------------------------------------------------------
def _asked(till: Till, code: str, amount: int, doc_id: str = "") -> dict[str, Any]:
    made = doc_id or uuid7(till.server.clock())
    words = {"kind": "voucher", "key": code, "quantity": amount, "doc_id": made}
    return dict(till.post("/v1/checks", words).json())


def _paid_by_card(till: Till, serial: str, amount: int, doc_id: str) -> dict[str, Any]:
    tenders = [
        {"no": 1, "kind": "stored_value", "amount": amount, "reference": serial},
        {"no": 2, "kind": "cash", "amount": PRICE - amount},
    ]
    return till.document("sale", sale(till, tenders=tenders), doc_id=doc_id)


def test_an_issued_gift_card_holds_its_value_and_pays_at_a_till(shop: Shop, till: Till) -> None:
    with shop.server.central.database.writing() as connection:
        body = {"campaign": 8, "ver": 1, "name": "Thẻ quà", "kind": "stored", "offline": "no"}
        connection.execute(insert(campaign), {"no": 8, "ver": 1, "store": 0, "body": body})
    terms = {"campaign": 8, "value": 500_000, "valid_until": "2026-12-31", "max_uses": 0}
    card = shop.post("/vouchers", terms).json()
    doc_id = uuid7(till.server.clock())
    asked = _asked(till, card["code"], 200_000, doc_id)
    assert (asked["verdict"], asked["balance"]) == ("ok", 500_000)
    assert till.results(_paid_by_card(till, card["serial"], 200_000, doc_id))[0]["status"] == "applied"
    assert _asked(till, card["short_code"], 0)["balance"] == 300_000
    assert _asked(till, card["code"], 300_001)["verdict"] == "insufficient"
    assert proof(shop.server).is_sound
