"""§10 j: a shift closed with unsent documents."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from central.tables.money import shift
from tests.support.central_books import close, outcome, stored_outcome, the_case
from tests.support.central_payloads import sale, shift_close, shift_open
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till

pytestmark = pytest.mark.both_databases


def _state(server: CentralServer) -> str:
    with server.central.database.reading() as connection:
        return str(connection.execute(select(shift.c.state)).scalar_one())


def _day(till: Till, expected: int) -> tuple[list[Item], Item]:
    till.shift = 1
    items = [till.document("shift_open", shift_open()), till.document("sale", sale(till))]
    return items, till.document("shift_close", shift_close(items, expected))


def test_a_closing_waits_for_its_range(server: CentralServer, till: Till) -> None:
    items, closing = _day(till, 1_600_000)
    assert outcome(till, closing) == ("applied", [])
    assert _state(server) == "awaiting_documents"
    till.upload(items[0])
    assert _state(server) == "awaiting_documents"
    till.upload(items[1])
    assert _state(server) == "closed"


def test_what_it_says_otherwise_is_flagged_when_the_range_is_complete(
    server: CentralServer, till: Till
) -> None:
    items, closing = _day(till, 1_500_000)
    till.upload(closing)
    till.upload(*items)
    assert stored_outcome(server, closing) == ("applied_flagged", ["CLOSING_MISMATCH"])
    assert _state(server) == "mismatch"


def test_the_till_hears_of_it_later_by_its_feed(server: CentralServer, till: Till) -> None:
    items, closing = _day(till, 1_500_000)
    till.upload(closing)
    till.upload(*items)
    told = till.pull("results")[0][closing["doc_id"]][1]
    assert (told["status"], told["codes"]) == ("applied_flagged", ["CLOSING_MISMATCH"])
    assert told["case"] == the_case(server)["id"]
    close(server, "ignore", "counted again, the safe had it")


def test_of_a_fork_each_closing_is_measured_at_its_own_branch(server: CentralServer, till: Till) -> None:
    opened = till.document("shift_open", shift_open())
    till.shift = 1
    twin = till.clone()
    sold = till.document("sale", sale(till))
    closing = till.document("shift_close", shift_close([opened, sold], 1_600_000))
    assert outcome(till, opened, sold, closing) == ("applied", [])
    more = twin.document("sale", sale(twin, pieces=2))
    branch = twin.document("shift_close", shift_close([opened, more], 2_200_000))
    twin.upload(branch)
    assert _state(server) == "awaiting_documents"
    twin.upload(more)
    assert (_state(server), stored_outcome(server, branch)) == ("closed", ("fork", ["TILL_FORK"]))
