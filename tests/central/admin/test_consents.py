"""What a customer has agreed to: kept by purpose, shown, and erased with them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from central.tables.customers import consent
from pos_app.domain.ids import uuid7
from tests.support.admin_calls import Shop
from tests.support.central_books import outcome
from tests.support.central_till import Item, Till

pytestmark = pytest.mark.both_databases

PHONE = "0987654321"


def _new(till: Till, *purposes: str) -> tuple[str, Item]:
    made = uuid7(till.server.clock())
    payload = {"customer": made, "fields": ["name", "phone"], "purposes": list(purposes)}
    private = {"name": "Phạm Thị Lan", "phone": PHONE}
    return made, till.document("customer_create", payload, private=private)


def _enter(till: Till, *purposes: str) -> str:
    made, item = _new(till, *purposes)
    assert outcome(till, item)[0] in ("applied", "applied_flagged")
    return made


def _say(till: Till, customer: str, *purposes: str) -> None:
    payload = {"customer": customer, "purposes": list(purposes)}
    assert outcome(till, till.document("consent", payload)) == ("applied", [])


def _shown(shop: Shop, customer: str) -> list[str]:
    return [one["purpose"] for one in shop.get(f"/customers/{customer}").json()["consents"]]


def test_what_was_ticked_at_the_counter_is_shown(shop: Shop, till: Till) -> None:
    made = _enter(till, "loyalty", "marketing")
    (found,) = shop.post("/customer-search", {"phone": PHONE}).json()["customers"]
    assert (found["id"], found["consents"]) == (
        made,
        [
            {"purpose": "loyalty", "at": "2026-11-22T03:00:00Z"},
            {"purpose": "marketing", "at": "2026-11-22T03:00:00Z"},
        ],
    )


def test_a_later_word_counts_and_the_one_before_is_kept(shop: Shop, till: Till) -> None:
    made = _enter(till, "loyalty", "marketing")
    _say(till, made, "loyalty")
    assert _shown(shop, made) == ["loyalty"]
    with shop.server.central.database.reading() as connection:
        rows = connection.execute(select(consent.c.purpose, consent.c.given).order_by(consent.c.id)).all()
    assert [tuple(row) for row in rows] == [("loyalty", True), ("marketing", True), ("marketing", False)]


def test_a_person_with_two_cards_takes_back_what_either_of_them_gave(shop: Shop, till: Till) -> None:
    first, second = _enter(till, "loyalty"), _enter(till, "marketing")
    _say(till, second)
    assert _shown(shop, first) == []


def test_a_private_part_that_comes_late_repeats_nothing(shop: Shop, till: Till) -> None:
    made, item = _new(till, "marketing")
    till.results({name: part for name, part in item.items() if name not in ("private", "salt")})
    _say(till, made)
    till.results(item)
    assert _shown(shop, made) == []


def test_they_are_erased_with_the_customer(shop: Shop, till: Till) -> None:
    made = _enter(till, "loyalty")
    shop.post(f"/customers/{made}/erase")
    _say(till, made, "marketing")
    with shop.server.central.database.reading() as connection:
        assert connection.scalars(select(consent.c.purpose)).all() == []
