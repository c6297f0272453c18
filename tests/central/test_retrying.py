"""Deadlocks, failed serialisation, lost connections: tried again inside, at worst an item is `retry`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, func, select

from central.retrying import TRIES
from central.tables.inbox import document
from central.tables.ledgers import stock_level
from central.tables.money import receipt
from tests.support import central_databases
from tests.support.central_databases import CHOICE, POSTGRESQL, SQLITE
from tests.support.central_payloads import sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Till
from tests.support.central_world import SHOES

pytestmark = pytest.mark.skipif(os.environ.get(CHOICE) == SQLITE, reason="SQLite alone was asked for")

FAULTS = {
    "deadlock": "DO $$ BEGIN RAISE EXCEPTION 'in a circle' USING ERRCODE = '40P01'; END $$",
    "serialisation": "DO $$ BEGIN RAISE EXCEPTION 'too late' USING ERRCODE = '40001'; END $$",
    "lost connection": "SELECT pg_terminate_backend(pg_backend_pid())",
}
BOOKING, STORING = "FROM stock_level", "SELECT document."
"""A question that is asked while a batch is booked, and one while it is stored."""


@pytest.fixture(scope="module", autouse=True)
def dialect() -> Iterator[str]:
    with central_databases.using(POSTGRESQL):
        yield POSTGRESQL


@contextmanager
def failing(server: CentralServer, where: str, fault: str, times: int) -> Iterator[list[str]]:
    """The server itself answers so often with this fault, in the middle of the transaction."""
    done: list[str] = []

    def instead(
        _c: object, _cursor: object, statement: str, words: object, *_more: object
    ) -> tuple[str, object]:
        if where in statement and len(done) < times:
            done.append(statement)
            return FAULTS[fault], ()
        return statement, words

    engine = server.central.database.engine
    event.listen(engine, "before_cursor_execute", instead, retval=True)
    yield done
    event.remove(engine, "before_cursor_execute", instead)


def booked(server: CentralServer) -> tuple[int, int, int]:
    """Documents, receipts, and pieces that have left the stock."""
    shoes = select(stock_level.c.quantity).where(stock_level.c.store == 1, stock_level.c.product == SHOES)
    with server.central.database.reading() as connection:
        documents = connection.execute(select(func.count()).select_from(document)).scalar_one()
        receipts = connection.execute(select(func.count()).select_from(receipt)).scalar_one()
        return documents, receipts, 20 - connection.execute(shoes).scalar_one() // 1000


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("where", [BOOKING, STORING])
def test_what_the_database_gave_up_is_done_again_inside(
    server: CentralServer, till: Till, fault: str, where: str
) -> None:
    items = [till.document("sale", sale(till)) for _ in range(3)]
    with failing(server, where, fault, 2) as done:
        results = till.results(*items)
    assert len(done) == 2
    assert [one["status"] for one in results] == ["applied"] * 3
    assert booked(server) == (3, 3, 3)


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_booked_now_is_retry_and_leaves_no_effect(
    server: CentralServer, till: Till, fault: str
) -> None:
    items = [till.document("sale", sale(till)) for _ in range(3)]
    with failing(server, BOOKING, fault, TRIES):
        results = till.results(*items)
    assert [one["status"] for one in results] == ["retry"] * 3
    assert booked(server) == (3, 0, 0)
    assert [one["first"] for one in till.results(*items)] == ["applied"] * 3
    assert booked(server) == (3, 3, 3)


def test_what_cannot_be_stored_now_is_retry(server: CentralServer, till: Till) -> None:
    item = till.document("sale", sale(till))
    with failing(server, STORING, "deadlock", TRIES):
        assert [one["status"] for one in till.results(item)] == ["retry"]
    assert booked(server) == (0, 0, 0)
    assert [one["status"] for one in till.results(item)] == ["applied"]
