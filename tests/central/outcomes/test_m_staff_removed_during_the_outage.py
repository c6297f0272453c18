"""§10 m: staff removed during the outage still sold."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from sqlalchemy import update

from central.tables.people import staff
from tests.support.central_books import cases, outcome, the_case
from tests.support.central_payloads import sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Till

pytestmark = pytest.mark.both_databases


def _remove(server: CentralServer, hours_ago: int) -> None:
    with server.central.database.writing() as connection:
        at = server.clock() - timedelta(hours=hours_ago)
        connection.execute(update(staff).where(staff.c.no == 11).values(removed_at=at))


def test_who_was_removed_before_is_booked_and_flagged(server: CentralServer, till: Till) -> None:
    _remove(server, hours_ago=5)
    assert outcome(till, till.document("sale", sale(till))) == ("applied_flagged", ["STAFF_REVOKED"])
    assert the_case(server)["facts"]["staff"] == 11


def test_who_was_removed_afterwards_is_not(server: CentralServer, till: Till) -> None:
    sold = till.document("sale", sale(till))
    server.clock.advance(hours=2)
    _remove(server, hours_ago=1)
    assert outcome(till, sold) == ("applied", [])
    assert cases(server) == []


def test_an_hour_is_an_hour_whatever_the_zone_of_the_till(server: CentralServer, till: Till) -> None:
    here = server.clock().astimezone(timezone(timedelta(hours=7))).isoformat()
    sold = till.document("sale", sale(till), wall=here)
    server.clock.advance(hours=2)
    _remove(server, hours_ago=1)
    assert outcome(till, sold) == ("applied", [])
