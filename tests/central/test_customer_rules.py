"""Customer rules of a campaign, answered before the act: first purchase, uses for each customer (§11)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select

from central.tables.catalogue import campaign
from central.tables.claims import claim
from central.tables.customers import customer_alias
from central.tables.vouchers import voucher
from pos_app.domain.ids import uuid7
from tests.support.central_payloads import PRICE, sale, sale_with_voucher
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till
from tests.support.central_world import HOA, NOW

pytestmark = pytest.mark.both_databases

FIRST, ONE, TWO, THREE = (
    "9000000000000000001",
    "9100000000000000001",
    "9100000000000000002",
    "9100000000000000003",
)
OTHER_CARD = "01a1e4bd-63b7-7000-8000-000000000002"


@pytest.fixture(autouse=True)
def _campaigns(server: CentralServer) -> None:
    """40 is for a first purchase, 41 twice for each customer."""
    rules = {40: {"first_purchase": True}, 41: {"uses_per_customer": 2}}
    issued = {FIRST: 40, ONE: 41, TWO: 41, THREE: 41}
    same: dict[str, Any] = {"key_id": 2, "kind": "amount", "value": 50_000, "issued_at": NOW}
    same |= {"valid_until": date(2026, 12, 31), "max_uses": 1}
    with server.central.database.writing() as connection:
        terms = {"name": "Chào bạn mới", "kind": "amount", "offline": "accept"}
        rows = [{"no": no, "ver": 1, "store": 0, "body": terms | rule} for no, rule in rules.items()]
        connection.execute(insert(campaign), rows)
        made = [
            {**same, "serial": one, "code": one, "campaign": no, "short_code": ""}
            for one, no in issued.items()
        ]
        connection.execute(insert(voucher), made)


@pytest.fixture
def other(server: CentralServer, till: Till) -> Till:
    return Till.enrol(server, store=2)


def ask(till: Till, serial: str, doc_id: str | None = None, **more: Any) -> str:
    words = {"kind": "voucher", "key": serial, "quantity": 1, "doc_id": doc_id or uuid7(till.server.clock())}
    answer = till.post("/v1/checks", {**words, "customer": HOA, **more})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["verdict"])


def _bought(till: Till, **more: Any) -> Item:
    points = [{"customer": HOA, "delta": PRICE // 10_000, "why": "earned"}]
    return till.document("sale", sale(till, customer=HOA, tier_percent=100, points=points, **more))


def _used(till: Till, serial: str) -> Item:
    """The customer buys with a code of campaign 41."""
    payload = sale_with_voucher(till, serial)
    payload["vouchers"][0]["campaign"] = 41
    payload["lines"][0]["discounts"][0]["rule"] = "41"
    return till.document("sale", payload | {"customer": HOA})


def _void(till: Till, sold: Item) -> Item:
    approvals = [{"right": "sale.void", "by": 12, "method": "pin", "what": ""}]
    words = {"receipt_no": till.receipt_no(), "business_date": "2026-11-22", "of": sold["doc_id"]}
    points = [{"customer": HOA, "delta": -(PRICE // 10_000), "why": "void"}]
    tenders = [{"no": 1, "kind": "cash", "amount": -PRICE}]
    return till.document(
        "void", {**words, "reason": "wrong", "points": points, "tenders": tenders, "approvals": approvals}
    )


def test_a_first_purchase_is_one_that_follows_on_none(till: Till, other: Till) -> None:
    doc_id = uuid7(till.server.clock())
    assert ask(till, FIRST, doc_id) == "ok"
    till.upload(_bought(till))
    assert ask(other, FIRST) == "used", "the code is in the first till's hands"
    till.post("/v1/claims/release", {"key": FIRST, "doc_id": doc_id})
    assert ask(other, FIRST) == "insufficient"


def test_a_voided_sale_was_no_purchase(till: Till) -> None:
    sold = _bought(till)
    till.upload(sold, _void(till, sold))
    assert ask(till, FIRST) == "ok"


def test_a_purchase_under_a_card_that_was_merged_counts(server: CentralServer, till: Till) -> None:
    with server.central.database.writing() as connection:
        connection.execute(insert(customer_alias), {"alias": OTHER_CARD, "customer": HOA, "at": NOW})
    till.upload(_bought(till))
    assert ask(till, FIRST, customer=OTHER_CARD) == "insufficient"


def test_so_many_uses_for_each_customer(till: Till, other: Till) -> None:
    till.upload(_used(till, ONE))
    assert ask(other, TWO) == "ok"
    assert ask(till, THREE) == "insufficient", "two codes at two tills at once are two uses"
    assert ask(till, THREE, customer=OTHER_CARD) == "ok"


def test_codes_of_one_cart_count_too(till: Till) -> None:
    doc_id = uuid7(till.server.clock())
    assert [ask(till, one, doc_id) for one in (ONE, TWO, THREE)] == ["ok", "ok", "insufficient"]
    assert ask(till, TWO, doc_id) == "ok", "the same question again is the same claim"


def test_what_leaves_the_cart_gives_its_use_back(server: CentralServer, till: Till) -> None:
    doc_id = uuid7(till.server.clock())
    for one in (ONE, TWO):
        ask(till, one, doc_id)
    till.post("/v1/claims/release", {"key": ONE, "doc_id": doc_id})
    assert ask(till, THREE, doc_id) == "ok"
    till.post("/v1/claims/release", {"key": "%", "doc_id": doc_id})
    with server.central.database.reading() as connection:
        assert len(connection.scalars(select(claim.c.name)).all()) == 4


def test_without_a_customer_the_rules_are_not_looked_at(till: Till) -> None:
    till.upload(_bought(till))
    assert ask(till, FIRST, customer=None) == "ok"
