"""Batches of several tills in one transaction: each is booked once, and none spoils the others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from central.applying import Applying
from central.database import Database
from central.tables.ledgers import stock_level
from tests.support.central_books import cases
from tests.support.central_payloads import return_, sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till
from tests.support.central_world import SHOES

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("several_callers")]


def _level(server: CentralServer) -> int:
    with server.central.database.reading() as connection:
        here = (stock_level.c.store == 1) & (stock_level.c.product == SHOES)
        return int(connection.scalar(select(stock_level.c.quantity).where(here)) or 0)


class _Line(list[Any]):
    """The batches that wait; says when so many do."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.is_full = threading.Event()

    def append(self, one: Any) -> None:
        super().append(one)
        if len(self) == self.count:
            self.is_full.set()


def _send(server: CentralServer, batches: list[tuple[Till, list[Item]]]) -> tuple[list[Any], list[int]]:
    """All of them wait before the first is booked; the answers, and how many were booked each time."""
    booking, sizes = server.ingest.booking, []
    book, line = booking._book, _Line(len(batches))

    def counted(group: list[Any], gather: Any) -> None:
        try:
            book(group, gather)
        finally:
            sizes.append(len(group))

    booking._waiting, booking._book = line, counted  # type: ignore[method-assign]
    try:
        with ThreadPoolExecutor(len(batches)) as pool:
            with booking._turn:
                sent = [pool.submit(till.upload, *items) for till, items in batches]
                assert line.is_full.wait(30)
            return [one.result() for one in sent], sizes
    finally:
        booking._waiting, booking._book = [], book  # type: ignore[method-assign]


@pytest.fixture
def tills(server: CentralServer, till: Till) -> list[Till]:
    return [till, *(Till.enrol(server, number=number) for number in (2, 3))]


def test_three_tills_are_booked_in_one_transaction(server: CentralServer, tills: list[Till]) -> None:
    batches = [(one, [one.document("sale", sale(one)) for _ in range(2)]) for one in tills]
    sent, sizes = _send(server, batches)
    answers = [one.json() for one in sent]
    assert sizes == [3]
    assert [len(one["results"]) for one in answers] == [2, 2, 2]
    assert {result["status"] for one in answers for result in one["results"]} == {"applied"}
    assert [one["applied_through"] for one in answers] == [one.seq for one in tills]
    assert _level(server) == 20_000 - 6_000


def test_a_return_gathered_before_its_sale_is_booked_with_it(
    server: CentralServer, tills: list[Till]
) -> None:
    sold = tills[2].document("sale", sale(tills[2]))
    back = tills[0].document("return", return_(tills[0], sold["doc_id"]), depends_on=(sold["doc_id"],))
    sent, _ = _send(server, [(tills[0], [back]), (tills[2], [sold])])
    first, second = (one.json()["results"][0] for one in sent)
    assert (first["status"], second["status"]) == ("applied", "applied")
    assert _level(server) == 20_000


@pytest.mark.expects_log("central", "one batch cannot be answered")
def test_a_batch_that_spoils_the_transaction_is_left_alone(
    server: CentralServer, tills: list[Till], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, bad = server.ingest._answer, tills[1].id

    def broken(connection: Any, became: Any, caller: Any, taken: Any) -> Any:
        if caller.till == bad:
            raise LookupError(bad)
        return answer(connection, became, caller, taken)

    monkeypatch.setattr(server.ingest, "_answer", broken)
    batches = [(one, [one.document("sale", sale(one))]) for one in tills]
    sent, sizes = _send(server, batches)
    assert [one.status_code for one in sent] == [200, 500, 200]
    assert sizes == [3, 1, 1, 1]
    assert _level(server) == 20_000 - 2_000
    monkeypatch.undo()
    assert tills[1].results(*batches[1][1])[0]["status"] == "duplicate"
    assert _level(server) == 20_000 - 3_000
    assert cases(server) == []


@pytest.mark.expects_log("central", "the database is away")
def test_a_database_that_takes_no_transaction_is_told_to_everybody(
    server: CentralServer, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def refused(_self: Database, _tills: Any) -> Iterator[Any]:
        raise OperationalError("BEGIN", None, Exception("away"))
        yield

    item = till.document("sale", sale(till))
    with monkeypatch.context() as away:
        away.setattr(Database, "booking", refused)
        answer = till.upload(item)
        assert (answer.status_code, answer.json()["code"]) == (503, "database_busy")
    assert till.results(item)[0]["status"] == "duplicate"
    assert _level(server) == 19_000


def test_no_transaction_takes_more_than_its_share(
    server: CentralServer, tills: list[Till], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("central.group_booking._MOST", 2)
    batches = [(one, [one.document("sale", sale(one)) for _ in range(2)]) for one in tills]
    assert _send(server, batches)[1] == [1, 1, 1]
    assert _level(server) == 20_000 - 6_000


def test_documents_are_taken_in_the_order_of_arrival(
    server: CentralServer, tills: list[Till], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two who use what is good once the one whose batch came first wins, whatever the tills are called."""
    order: list[str] = []
    apply = Applying._apply

    def noted(self: Any, row: Any, touched: Any) -> bool:
        order.append(row.doc_id)
        return apply(self, row, touched)

    monkeypatch.setattr(Applying, "_apply", noted)
    batches = [(one, [one.document("sale", sale(one))]) for one in reversed(tills)]
    came: list[str] = []
    gather = server.ingest.booking._gathered

    def remembering(group: list[Any]) -> list[Any]:
        came.extend(stored.doc_id for batch in server.ingest.booking._waiting for stored in batch.stored)
        return gather(group)

    monkeypatch.setattr(server.ingest.booking, "_gathered", remembering)
    _send(server, batches)
    assert order == came
    assert len(order) == 3
