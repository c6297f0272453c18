"""Vouchers that somebody else has printed: entered, listed for the tills, and booked like any other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pos_app.domain.ids import uuid7
from tests.support.admin_calls import Shop
from tests.support.central_books import losses, proof
from tests.support.central_payloads import sale_with_voucher
from tests.support.central_till import Item, Till

pytestmark = pytest.mark.both_databases

CODE = "LM50K-000123"
TERMS: Mapping[str, Any] = {"campaign": 7, "value": 50_000, "valid_until": "2026-12-31"}


def entered(shop: Shop, *codes: str, **changes: Any) -> list[str]:
    answer = shop.post("/foreign-vouchers", {**TERMS, "codes": list(codes or [CODE]), **changes})
    assert answer.status_code == 201, answer.text
    return list(answer.json()["serials"])


def listed(till: Till) -> dict[str, Any]:
    items = till.pull("campaigns")[0]
    return {key: one[1] for key, one in items.items() if key.startswith("foreign/")}


def test_they_are_listed_without_their_text(shop: Shop, till: Till) -> None:
    (serial,) = entered(shop)
    body = listed(till)[f"foreign/{serial}"]
    assert (body["serial"], body["key_id"], body["value"], body["max_uses"]) == (serial, 0, 50_000, 1)
    assert CODE not in str(body)


def test_a_store_is_told_of_its_own_only(shop: Shop, till: Till) -> None:
    other = Till.enrol(shop.server, store=2)
    (serial,) = entered(shop, store=2)
    assert f"foreign/{serial}" in listed(other)
    assert f"foreign/{serial}" not in listed(till)


def test_a_code_that_is_known_keeps_its_terms(shop: Shop, till: Till) -> None:
    (serial,) = entered(shop)
    again = shop.post("/foreign-vouchers", {**TERMS, "codes": [CODE.lower(), "LM50K-000124"], "value": 9})
    assert again.json()["fresh"] == 1
    assert listed(till)[f"foreign/{serial}"]["value"] == 50_000


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"codes": ["QX1ABCDEF"]}, "body.codes.0"),
        ({"codes": [CODE, "hai mươi"]}, "body.codes.1"),
        ({"max_uses": 2}, "body.max_uses"),
        ({"campaign": 99}, "body.campaign"),
        ({"valid_until": "2020-01-31"}, "body.valid_until"),
    ],
)
def test_what_cannot_be_says_where(shop: Shop, change: Mapping[str, Any], where: str) -> None:
    answer = shop.post("/foreign-vouchers", {**TERMS, "codes": [CODE], **change})
    assert (answer.status_code, answer.json()["where"]) == (422, where)


def test_central_answers_by_text_and_by_serial(shop: Shop, till: Till) -> None:
    (serial,) = entered(shop)
    for key in (CODE, serial):
        words = {"kind": "voucher", "key": key, "quantity": 0, "doc_id": uuid7(till.server.clock())}
        answer = till.post("/v1/checks", words).json()
        assert (answer["verdict"], answer["key"], answer["terms"]["value"]) == ("ok", serial, 50_000)


def _with(till: Till, serial: str) -> Item:
    payload = sale_with_voucher(till, serial)
    payload["vouchers"][0]["key_id"] = 0
    return till.document("sale", payload)


def test_used_twice_it_is_flagged_and_our_loss(shop: Shop, till: Till) -> None:
    other = Till.enrol(shop.server, store=2)
    (serial,) = entered(shop)
    assert till.results(_with(till, serial))[0]["status"] == "applied"
    second = other.results(_with(other, serial))[0]
    assert (second["status"], second["codes"]) == ("applied_flagged", ["VOUCHER_OVERUSED"])
    assert losses(shop.server) == {"voucher_loss": 50_000}
    assert proof(shop.server).is_sound


def test_a_paper_that_central_does_not_know_is_a_price_that_nothing_explains(shop: Shop, till: Till) -> None:
    result = till.results(_with(till, "1234567890123456789"))[0]
    assert (result["status"], result["codes"]) == ("applied_flagged", ["PRICE_MISMATCH"])
