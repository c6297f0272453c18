"""`serve --workers 2` as it is installed: processes that share nothing but PostgreSQL; one may be killed."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from central.database import Database
from central.tables.ledgers import stock_level
from central.tables.money import receipt
from tests.support import central_databases
from tests.support.central_databases import CHOICE, POSTGRESQL, SQLITE
from tests.support.central_payloads import sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till
from tests.support.central_world import SHOES
from tests.support.demo_central import DemoCentral

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.environ.get(CHOICE) == SQLITE, reason="SQLite alone was asked for"),
    pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc"),
]


@dataclass
class Line:
    """What a till needs to know of a central that runs elsewhere."""

    url: str
    http: httpx.Client

    def clock(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Workers:
    """Central with two workers, and an enrolled till."""

    central: DemoCentral
    database: Database
    till: Till

    def pids(self) -> list[int]:
        """Of the processes that answer: spawned by the one that was started."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((folder / "stat").read_text("ascii").rpartition(")")[2].split()[1])
                words = (folder / "cmdline").read_bytes()
            except OSError:  # it has ended meanwhile
                continue
            if parent == self.central.pid and b"spawn_main" in words:
                found.append(int(folder.name))
        return found

    def booked(self) -> tuple[int, int]:
        """Receipts, and pieces that have left the stock."""
        shoes = select(stock_level.c.quantity).where(stock_level.c.store == 1, stock_level.c.product == SHOES)
        with self.database.reading() as connection:
            count = connection.execute(select(func.count()).select_from(receipt)).scalar_one()
            return count, 20 - connection.execute(shoes).scalar_one() // 1000


@pytest.fixture(scope="module", autouse=True)
def dialect() -> Iterator[str]:
    with central_databases.using(POSTGRESQL):
        yield POSTGRESQL


@pytest.fixture(scope="module")
def workers(dialect: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    folder = tmp_path_factory.mktemp("workers")
    with CentralServer.filled(folder, port=False) as server:
        server.clock.now = datetime.now(UTC)  # the workers' own clock is the machine's
        code = server.new_code()
    url = central_databases.url(folder)
    central_databases.keep(folder)
    central = DemoCentral(folder, database=url)
    central.start("--workers", "2")
    database = Database(url)
    try:
        with httpx.Client(timeout=30) as http:
            till = Till.enrol(Line(central.url, http), code=code)  # type: ignore[arg-type]
            yield Workers(central, database, till)
    finally:
        database.dispose()
        central.stop()


def send(till: Till, items: list[Item]) -> list[dict[str, Any]]:
    """On a connection of its own; sent again when its worker dies under it, as a till does."""
    same = till.clone()
    while True:
        with httpx.Client(timeout=30) as http:
            same.server = Line(till.server.url, http)  # type: ignore[assignment]
            try:
                return same.results(*items)
            except httpx.TransportError:
                continue


def test_the_same_batch_sent_twice_at_once_is_booked_once_by_two_processes(workers: Workers) -> None:
    assert len(workers.pids()) == 2
    receipts, pieces = workers.booked()
    for _ in range(3):
        items = [workers.till.document("sale", sale(workers.till)) for _ in range(2)]
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda _: send(workers.till, items), range(2)))  # noqa: B023
        for both in zip(*answers, strict=True):
            assert {one["status"] for one in both} <= {"applied", "duplicate"}
            assert "duplicate" in {one["status"] for one in both}
    assert workers.booked() == (receipts + 6, pieces + 6)


def test_a_killed_worker_loses_nothing_and_the_other_goes_on(workers: Workers) -> None:
    receipts, pieces = workers.booked()
    items = [[workers.till.document("sale", sale(workers.till)) for _ in range(3)] for _ in range(4)]
    with ThreadPoolExecutor(2) as pool:
        sent = [pool.submit(send, workers.till, batch) for batch in items]
        os.kill(workers.pids()[0], signal.SIGKILL)
        statuses = {one["status"] for done in sent for one in done.result(60)}
    assert statuses <= {"applied", "duplicate"}
    assert workers.booked() == (receipts + 12, pieces + 12)
