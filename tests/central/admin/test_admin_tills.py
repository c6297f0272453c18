"""Tills through the admin API: invited, watched, revoked, retired."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from central.tables.tills import till as till_table
from tests.support.admin_calls import Shop
from tests.support.central_payloads import sale
from tests.support.central_till import Till


def _state(shop: Shop, till: Till) -> dict[str, Any]:
    return next(one for one in shop.get("/tills").json()["tills"] if one["till"] == till.id)


def test_a_till_shows_its_health_and_its_age(shop: Shop, till: Till) -> None:
    till.hello()
    shop.server.clock.advance(seconds=90)
    seen = _state(shop, till)
    assert (seen["state"], seen["epoch"], seen["age_s"], seen["app"]) == ("in_service", 1, 90, "test")
    assert seen["health"]["unsent"] == 0


def test_a_till_that_was_never_enrolled_says_so(shop: Shop) -> None:
    shop.post("/tills", {"store": 2, "number": 9, "name": "Quầy 9"})
    assert [one["state"] for one in shop.get("/tills").json()["tills"]][-1] == "not_enrolled"


def test_a_retired_till_may_still_bring_what_it_sold(shop: Shop, till: Till) -> None:
    sold = till.document("sale", sale(till))
    assert shop.post(f"/tills/{till.id}/retire").status_code == 200
    assert till.results(sold)[0]["status"] == "applied"
    assert till.feed("catalogue").status_code == 409
    assert _state(shop, till)["state"] == "retired"


def test_a_till_that_showed_its_certificate_is_confirmed_by_a_person(shop: Shop, till: Till) -> None:
    with shop.server.central.database.writing() as connection:
        connection.execute(update(till_table).values(presented_at=shop.server.clock()))
    assert till.feed("customers").status_code == 403
    assert shop.post(f"/tills/{till.id}/confirm").status_code == 200
    assert till.feed("customers").status_code == 200


def test_a_revoked_till_is_shown_as_one(shop: Shop, till: Till) -> None:
    answer = shop.post(f"/tills/{till.id}/revoke", {"reason": "stolen"}).json()
    assert answer["entry"]["till"] == till.id
    assert till.hello().status_code == 403
    assert _state(shop, till)["state"] == "revoked"
