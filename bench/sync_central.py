"""Central for the measurements of syncing: the real program with a seeded chain, in processes of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.processes import work_of
from central.database import Database
from central.enrolment import create_code, create_till
from central.feeds import FeedWriter, scope_of
from central.settings import Settings
from tests.support.demo_central import DemoCentral
from tests.support.postgres import PostgresServer

STORES = 3
WORKERS = 2
_PART = 20_000


@dataclass(frozen=True, slots=True)
class BenchCentral:
    """It answers at `central.url` inside the block of `running`."""

    central: DemoCentral
    pins: dict[int, str]
    server: PostgresServer | None

    def codes(self, tills: Iterable[tuple[int, int]]) -> list[str]:
        """One-time codes for these new tills, (store, number)."""
        settings = Settings.of(self.central.folder, database_url=self.central.database_url)
        database, now = Database(settings.database_url), datetime.now(UTC)
        with database.writing() as connection:
            ids = [create_till(connection, store, number, "", now) for store, number in tills]
            made = [create_code(connection, one, settings, now) for one in ids]
        database.dispose()
        return made

    def work(self) -> tuple[float, float]:
        """Seconds of processor time of central's processes and of its database's so far."""
        server = self.server
        return work_of(self.central.pid), 0.0 if server is None else work_of(server.pid)

    def widen(self, feed: str, store: int, items: Iterator[tuple[str, object]]) -> int:
        """So many items into a feed at once, as an import would; the number of them."""
        database = Database(self.central.database_url)
        count = 0
        while True:
            with database.writing() as connection:
                writer = FeedWriter(connection)
                part = 0
                for key, body in items:
                    writer.put(feed, scope_of(feed, store), key, body)
                    part += 1
                    if part == _PART:
                        break
                writer.flush()
            count += part
            if part < _PART:
                database.dispose()
                return count


@contextmanager
def running(folder: Path, *, postgresql: bool) -> Iterator[BenchCentral]:
    """Durable as it is installed: no setting of the server is made quicker."""
    server = PostgresServer(durable=True) if postgresql else None
    database = server.database("quay") if server else None
    folder.mkdir(parents=True)
    central = DemoCentral(folder, database=database)
    try:
        central.seed(7, "--small")
        central.start(*(("--workers", str(WORKERS)) if server else ()))
        pins = json.loads((folder / "demo-pins.json").read_text("utf-8"))
        yield BenchCentral(central, {row["staff"]: row["pin"] for row in pins}, server)
    finally:
        central.stop()
        if server:
            server.stop()
