"""Central for the measurements of syncing: the real program with a seeded chain, in processes of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from central.database import Database
from central.feeds import FeedWriter, scope_of
from tests.support.demo_central import DemoCentral
from tests.support.postgres import PostgresServer

STORES = {1: "NT", 2: "LVS", 3: "QT"}
WORKERS = 2
_PART = 20_000


@dataclass(frozen=True, slots=True)
class BenchCentral:
    """It answers at `central.url` inside the block of `running`."""

    central: DemoCentral
    pins: dict[int, str]

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
        yield BenchCentral(central, {row["staff"]: row["pin"] for row in pins})
    finally:
        central.stop()
        if server:
            server.stop()
