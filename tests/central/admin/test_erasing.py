"""Erasing a customer: nothing personal is left, and every chain still proves itself."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from central.case_actions import TAKE_IN
from central.database import Database
from central.revoking import revoke_till
from central.tables.customers import customer
from central.tables.inbox import document, private_part, rejected
from central.tables.recovery import salvaged_item
from pos_app.domain.document import chain_hash, first_prev_hash
from pos_app.domain.ids import uuid7
from tests.support.admin_calls import Shop
from tests.support.central_books import close, proof, stored_outcome
from tests.support.central_payloads import handover, sale
from tests.support.central_till import Item, Till
from tests.support.central_world import HOA, HOA_PHONE, ORDER

pytestmark = pytest.mark.both_databases

NEW_PHONE = "0987654321"


def _enter(till: Till, name: str = "Phạm Thị Lan") -> tuple[str, dict[str, Any]]:
    """A till enters a customer; the id and the item."""
    made = uuid7(till.server.clock())
    private = {"name": name, "phone": NEW_PHONE}
    item = till.document("customer_create", {"customer": made, "fields": ["name", "phone"]}, private=private)
    assert till.results(item)[0]["status"] == "applied"
    return made, item


def _chain_holds(database: Database, till: Till) -> bool:
    with database.reading() as connection:
        rows = connection.execute(
            select(document).where(document.c.till == till.id).order_by(document.c.seq)
        ).all()
    before = first_prev_hash(till.id, till.epoch, bytes.fromhex(till.answer["nonce"]))
    for row in rows:
        if bytes(row.prev_hash) != before or chain_hash(before, bytes(row.body)) != bytes(row.hash):
            return False
        before = bytes(row.hash)
    return bool(rows)


def test_name_phone_and_private_part_are_gone(shop: Shop, till: Till) -> None:
    made, item = _enter(till)
    assert shop.post(f"/customers/{made}/erase").json()["private_parts"] == 1
    with shop.server.central.database.reading() as connection:
        row = connection.execute(select(customer).where(customer.c.id == made)).one()
        part = connection.execute(select(private_part).where(private_part.c.doc_id == item["doc_id"])).one()
    assert (row.name, row.phone, row.tag, row.birthday_month) == ("", None, None, None)
    assert (part.state, part.salt, part.bytes) == ("erased", None, None)
    assert shop.get(f"/customers/{made}").status_code == 404
    assert shop.post("/customer-search", {"phone": NEW_PHONE}).json() == {"customers": []}


def test_the_chain_holds_after_the_erasure(shop: Shop, till: Till) -> None:
    made, _item = _enter(till)
    till.results(till.document("sale", {**sale(till), "customer": made}))
    shop.post(f"/customers/{made}/erase")
    assert _chain_holds(shop.server.central.database, till)
    assert till.results(till.document("sale", sale(till)))[0]["status"] == "applied"


def test_the_till_is_told_to_erase_its_part(shop: Shop, till: Till) -> None:
    made, item = _enter(till)
    shop.post(f"/customers/{made}/erase")
    assert till.pull("results")[0][item["doc_id"]][1]["private"] == "erased"
    assert made not in till.pull("customers")[0]


def test_an_erased_part_that_comes_again_stays_erased(shop: Shop, till: Till) -> None:
    made, item = _enter(till)
    shop.post(f"/customers/{made}/erase")
    again = till.results(item)[0]
    assert (again["status"], again["private"]) == ("duplicate", "erased")
    assert shop.get(f"/customers/{made}").status_code == 404


def test_a_change_that_was_on_its_way_brings_nothing_back(shop: Shop, till: Till) -> None:
    made, _item = _enter(till)
    late = till.document(
        "customer_update", {"customer": made, "fields": ["name"]}, private={"name": "Phạm Lan Anh"}
    )
    shop.post(f"/customers/{made}/erase")
    result = till.results(late)[0]
    assert (result["status"], result["private"]) == ("applied", "erased")
    with shop.server.central.database.reading() as connection:
        assert connection.scalar(select(customer.c.name).where(customer.c.id == made)) == ""


def test_orders_of_an_erased_customer_name_nobody(shop: Shop, till: Till) -> None:
    shop.post(f"/customers/{HOA}/erase")
    body = till.pull("orders")[0][str(ORDER)][1]
    assert "Hoa" not in str(body)
    assert HOA_PHONE[-3:] not in str(body.get("customer", ""))


@pytest.mark.expects_log("central", "a document that disagrees with itself is a conflict")
def test_what_a_rejected_item_says_of_a_person_is_gone_too(shop: Shop, till: Till) -> None:
    made, item = _enter(till)
    spoilt = {**item, "body": item["body"].replace('"online"', '"offline"') + " "}
    assert till.results(spoilt)[0]["status"] == "conflict"
    assert shop.post(f"/customers/{made}/erase").json()["rejected"] == 1
    with shop.server.central.database.reading() as connection:
        kept = bytes(connection.scalars(select(rejected.c.item)).one())
    assert b"Lan" not in kept
    assert NEW_PHONE.encode() not in kept


# --- what revoked tills have left, and what comes afterwards ------------------------------------
def _pick_up(till: Till) -> Item:
    """Somebody else fetches the customer's order: who, stands in the private part."""
    payload = handover(till) | {"collector": "other"}
    return till.document("handover", payload, private={"collector": "Nguyễn Văn Bình", "id": "079"})


def _revoked(shop: Shop, till: Till) -> None:
    with shop.server.central.database.writing() as connection:
        revoke_till(connection, shop.server.central.keys, till.id, "lost", shop.server.clock())


def _salvaged(shop: Shop) -> str:
    with shop.server.central.database.reading() as connection:
        return str([bytes(one).decode() for one in connection.scalars(select(salvaged_item.c.item))])


def _part(shop: Shop, item: Item) -> tuple[str, bytes | None]:
    with shop.server.central.database.reading() as connection:
        row = connection.execute(select(private_part).where(private_part.c.doc_id == item["doc_id"])).one()
        return row.state, row.bytes


def _every_chain_holds(shop: Shop) -> bool:
    report = proof(shop.server)
    return report.is_sound and report.documents > 0


def test_what_a_revoked_till_has_left_is_searched_too(shop: Shop, till: Till) -> None:
    item = _pick_up(till)
    _revoked(shop, till)
    till.post("/v1/salvage", {"items": [item]}, pack=True)
    assert "Bình" in _salvaged(shop)
    assert shop.post(f"/customers/{HOA}/erase").json()["salvaged"] == 1
    assert "Bình" not in _salvaged(shop)
    close(shop.server, TAKE_IN)
    shop.server.ingest.take_released()
    assert _part(shop, item) == ("erased", None)
    assert stored_outcome(shop.server, item)[0] == "applied"
    assert _every_chain_holds(shop)


def test_what_is_salvaged_after_the_erasure_is_kept_without_the_person(shop: Shop, till: Till) -> None:
    item = _pick_up(till)
    _revoked(shop, till)
    shop.post(f"/customers/{HOA}/erase")
    first, again = (till.post("/v1/salvage", {"items": [item]}, pack=True) for _ in range(2))
    assert first.json()["case"] == again.json()["case"]
    assert "Bình" not in _salvaged(shop)


def test_a_collector_who_comes_after_the_erasure_is_erased(shop: Shop, till: Till) -> None:
    item = _pick_up(till)
    shop.post(f"/customers/{HOA}/erase")
    result = till.results(item)[0]
    assert (result["status"], result["private"]) == ("applied", "erased")
    assert _part(shop, item) == ("erased", None)
    assert _every_chain_holds(shop)


def test_a_buyer_who_comes_after_the_erasure_is_erased(shop: Shop, till: Till) -> None:
    shop.post(f"/customers/{HOA}/erase")
    item = till.document("sale", sale(till) | {"customer": HOA}, private={"tax": "0312345678"})
    assert till.results(item)[0]["private"] == "erased"
    assert _every_chain_holds(shop)


def test_a_part_that_follows_its_document_after_the_erasure_is_erased(shop: Shop, till: Till) -> None:
    item = till.document("sale", sale(till) | {"customer": HOA}, private={"tax": "0312345678"})
    bare = {name: value for name, value in item.items() if name not in ("private", "salt")}
    assert till.results(bare)[0]["private"] == "missing"
    shop.post(f"/customers/{HOA}/erase")
    assert till.results(item)[0]["private"] == "erased"
    assert _part(shop, item) == ("erased", None)


def test_what_cannot_be_applied_is_erased_as_well(shop: Shop, till: Till) -> None:
    shop.post(f"/customers/{HOA}/erase")
    item = till.document("sale", sale(till) | {"customer": HOA, "total": 1}, private={"tax": "0312345678"})
    result = till.results(item)[0]
    assert (result["status"], result["private"]) == ("quarantined", "erased")


def test_another_customers_part_stays(shop: Shop, till: Till) -> None:
    made, item = _enter(till)
    shop.post(f"/customers/{HOA}/erase")
    late = till.document("sale", sale(till) | {"customer": made}, private={"tax": "0312345678"})
    assert till.results(late)[0]["private"] == "stored"
    assert _part(shop, item)[0] == "stored"


def test_erasing_twice_deletes_nothing_more(shop: Shop, till: Till) -> None:
    made, _item = _enter(till)
    shop.post(f"/customers/{made}/erase")
    assert shop.post(f"/customers/{made}/erase").json() == {
        "id": made,
        "private_parts": 0,
        "rejected": 0,
        "salvaged": 0,
    }


def test_a_phone_is_found_exactly_and_in_any_way_of_writing_it(shop: Shop) -> None:
    for phone in ("0901234567", "+84 901 234 567", "0901.234.567"):
        assert [one["id"] for one in shop.post("/customer-search", {"phone": phone}).json()["customers"]] == [
            HOA
        ]
    for phone in ("0901234568", "090123456789"):
        answer = shop.post("/customer-search", {"phone": phone})
        assert answer.status_code == 422 or answer.json() == {"customers": []}


def test_a_phone_that_belongs_to_somebody_is_not_entered_again(shop: Shop) -> None:
    answer = shop.post("/customers", {"name": "Ai Đó", "phone": HOA_PHONE})
    assert (answer.status_code, answer.json()["code"]) == (409, "phone_known")


def test_a_new_customer_is_known_to_the_tills(shop: Shop, till: Till) -> None:
    words = {"name": "Lê Văn An", "phone": NEW_PHONE, "birthday": {"month": 2, "day": 29}}
    made = shop.post("/customers", words).json()["id"]
    body = till.pull("customers")[0][made][1]
    assert (body["name"], body["last3"], body["birthday"]) == ("An L.", "321", [2, 29])
