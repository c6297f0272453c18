"""What only several writers at once can get wrong: two workers over one PostgreSQL database."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select, text

from central.database import Database
from central.feed_pages import read_page
from central.feeds import FeedWriter, scope_of
from central.tables import metadata
from central.tables.ledgers import stock_level, voucher_use
from tests.support import central_databases
from tests.support.central_databases import CHOICE, POSTGRESQL, SQLITE
from tests.support.central_payloads import sale, sale_with_voucher
from tests.support.central_server import CentralServer
from tests.support.central_till import Cheat, Till
from tests.support.central_world import SHOES, VOUCHER

pytestmark = pytest.mark.skipif(os.environ.get(CHOICE) == SQLITE, reason="SQLite alone was asked for")
_SOON_S = 20


@pytest.fixture(scope="module", autouse=True)
def dialect() -> Iterator[str]:
    with central_databases.using(POSTGRESQL):
        yield POSTGRESQL


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(central_databases.url(tmp_path))
    made.migrate()
    yield made
    made.dispose()


@pytest.fixture
def second(several_callers: None, server: CentralServer, tmp_path: Path) -> Iterator[CentralServer]:
    """Another worker over the database of `server`: nothing else is shared."""
    with CentralServer(tmp_path, port=False, threads=True) as running:
        yield running


def _wait_until_somebody_waits(database: Database) -> None:
    until = time.monotonic() + _SOON_S
    waiting = text("select count(*) from pg_locks where not granted")
    while True:
        with database.reading() as connection:
            if connection.scalar(waiting):
                return
        assert time.monotonic() < until, "nobody waits for a lock"


def _put(database: Database, key: str, feed: str = "sales") -> None:
    with database.beside() as connection:
        writer = FeedWriter(connection)
        writer.put(feed, scope_of(feed, 1), key, {"key": key})
        writer.flush()


def _seen(database: Database, feed: str = "sales") -> list[str]:
    with database.reading() as connection:
        page = read_page(connection, feed, 1, "till", "", 10)
    return [key for key in ("first", "second") if f'"{key}"' in page.text]


def test_a_migrated_database_has_exactly_the_tables_of_the_code(database: Database) -> None:
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


@pytest.mark.parametrize("feed", ["sales", "customers", "revocations"])
def test_nobody_sees_a_position_before_the_one_before_it(database: Database, feed: str) -> None:
    """Of a store, of the region, of the tenant: what began later is not seen before what commits late."""
    with ThreadPoolExecutor(1) as pool:
        with database.beside() as slow:
            writer = FeedWriter(slow)
            writer.put(feed, scope_of(feed, 1), "first", {})
            writer.flush()
            quick = pool.submit(_put, database, "second", feed)
            _wait_until_somebody_waits(database)
            assert not quick.done()
            assert _seen(database, feed) == []
        quick.result(_SOON_S)
    assert _seen(database, feed) == ["first", "second"]


def test_a_counter_that_stands_already_is_waited_for_too(database: Database) -> None:
    _put(database, "zero")
    test_nobody_sees_a_position_before_the_one_before_it(database, "sales")


def test_one_transaction_books_at_a_time_and_others_store_beside_it(database: Database) -> None:
    def book() -> None:
        with database.writing(["b"]):
            pass

    with ThreadPoolExecutor(1) as pool:
        with database.writing(["a"]):
            other = pool.submit(book)
            _wait_until_somebody_waits(database)
            with database.beside(["c"]):
                assert not other.done()
        other.result(_SOON_S)


def test_a_page_shows_one_moment(database: Database) -> None:
    with database.reading() as connection:
        before = read_page(connection, "sales", 1, "till", "", 10)
        _put(database, "first")
        assert read_page(connection, "sales", 1, "till", "", 10).text == before.text


def test_the_same_batch_to_two_workers_at_once_is_booked_once(
    server: CentralServer, second: CentralServer, till: Till
) -> None:
    items = [till.document("sale", sale(till)) for _ in range(5)]
    same = till.clone()
    same.server = second
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one.results(*items), (till, same)))
    assert {one["status"] for answer in answers for one in answer} <= {"applied", "duplicate"}
    here = select(stock_level.c.quantity).where(stock_level.c.store == 1, stock_level.c.product == SHOES)
    with server.central.database.reading() as connection:
        assert connection.execute(here).scalar_one() == 15_000


def test_two_workers_with_batches_of_one_till_keep_its_journal_whole(
    server: CentralServer, second: CentralServer, till: Till
) -> None:
    """The till's lock lets one batch in at a time, whichever comes first (fault 43)."""
    items = [till.document("sale", sale(till)) for _ in range(10)]
    same = till.clone()
    same.server = second
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one[0].upload(*one[1]), ((till, items[:5]), (same, items[5:]))))
    assert {one["status"] for answer in answers for one in answer.json()["results"]} == {"applied"}
    assert max(answer.json()["applied_through"] for answer in answers) == 10
    marker = till.pull("sales")[0][f"~till/{till.id}"][1]
    assert marker == {"1": {"through": 10, "except": [], "ids": []}}


def test_one_voucher_at_two_workers_at_once_is_one_use_too_many(
    server: CentralServer, second: CentralServer, till: Till
) -> None:
    other = Till.enrol(server, store=2)
    other.server = second
    both = [(one, one.document("sale", sale_with_voucher(one, VOUCHER))) for one in (till, other)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda pair: pair[0].results(pair[1])[0], both))
    assert sorted(one["status"] for one in answers) == ["applied", "applied_flagged"]
    with server.central.database.reading() as connection:
        over = select(func.count()).select_from(voucher_use).where(voucher_use.c.over)
        assert connection.scalar(over) == 1


def test_a_nonce_used_at_one_worker_is_used_at_the_other(second: CentralServer, till: Till) -> None:
    same = till.clone()
    same.server = second
    assert till.hello(Cheat(nonce="n" * 32)).status_code == 200
    answer = same.hello(Cheat(nonce="n" * 32))
    assert (answer.status_code, answer.json()["code"]) == (401, "replayed")
