"""The real central over a fresh database, with a clock that the test turns; on a real port where asked."""

from __future__ import annotations

import functools
import shutil
import socket
import threading
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx
import uvicorn

from central.app import build
from central.database import Database
from central.enrolment import create_code, create_till
from central.ingest import Ingest
from central.keys import TenantKeys
from central.seed.chain import SMALL, Chain, make_chain
from central.seed.load import load
from central.settings import Settings
from central.state import Central
from tests.support import central_databases, central_world
from tests.support.central_databases import DATABASE as DATABASE
from tests.support.central_short_cuts import short_cuts
from tests.support.in_process import InProcess, OnThisThread
from tests.support.made_once import made_once

KEYS = "central-keys.json"


class Clock:
    """Stands still until it is turned."""

    def __init__(self, now: datetime = central_world.NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


class CentralServer:
    """`with CentralServer(folder) as server:`; `server.url` answers inside the block.

    With `port=False` the same application is asked without a socket, for tests that are not about HTTP:
    by one caller, or with `threads=True` by several at once.
    """

    def __init__(self, folder: Path, *, port: bool = True, threads: bool = False, **settings: Any) -> None:
        self.folder = folder
        self.clock = Clock()
        self._socket = socket.create_server(("127.0.0.1", 0)) if port else None
        place = 80 if self._socket is None else self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{place}" if port else "http://127.0.0.1"
        self.settings = Settings(
            folder=folder,
            database_url=central_databases.url(folder),
            public_url=self.url,
            **settings,
        )
        with short_cuts():
            self.app = build(self.settings, self.clock)
        self.central: Central = self.app.state.central
        self.ingest: Ingest = self.app.state.ingest
        self._inside = None if port else InProcess(self.app) if threads else OnThisThread(self.app)
        self.http = httpx.Client(timeout=30, transport=self._inside)
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @classmethod
    def filled(cls, folder: Path, **options: Any) -> CentralServer:
        """With the tiny chain of central_world: a copy of a file that is made once."""
        return cls.copied(_template(central_databases.dialect()), folder, **options)

    @classmethod
    def seeded(cls, folder: Path, **options: Any) -> CentralServer:
        """With a small chain of the demo's seed (`seeded_chain`)."""
        return cls.copied(_seeded_template(central_databases.dialect()), folder, **options)

    @classmethod
    def copied(cls, template: Path, folder: Path, **options: Any) -> CentralServer:
        """Over a copy of another one's files; that one must not be running."""
        central_databases.copy(template, folder)
        shutil.copyfile(template / KEYS, folder / KEYS)
        return cls(folder, **options)

    def fill(self) -> None:
        """The tiny chain of central_world, into an empty database."""
        with self.central.database.writing() as connection:
            central_world.fill(connection, self.central.keys, self.clock())

    def new_code(self, store: int = central_world.NGUYEN_TRAI, number: int = 1) -> str:
        """A one-time code for a till."""
        with self.central.database.writing() as connection:
            till = create_till(connection, store, number, "", self.clock())
            return create_code(connection, till, self.settings, self.clock())

    def __enter__(self) -> CentralServer:
        if self._inside is not None:
            self._inside.start()
            return self
        config = uvicorn.Config(self.app, log_level="warning", access_log=False, lifespan="on")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)
        # the socket listens already: what connects before the server runs waits in its queue
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.http.close()
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(timeout=10)
        if self._socket is not None:
            self._socket.close()
        self.central.database.dispose()


@functools.cache
def _template(_dialect: str) -> Path:
    """Database and keys of the tiny chain, migrated and filled once for all tests of this process."""
    folder, database, keys = _empty()
    with database.writing() as connection:
        central_world.fill(connection, keys)
    database.dispose()
    return folder


@functools.cache
def seeded_chain() -> Chain:
    """What stands in the database of `CentralServer.seeded`."""
    return make_chain(7, central_world.NOW.date(), SMALL)


@functools.cache
def _seeded_template(_dialect: str) -> Path:
    folder, database, keys = _empty()
    load(database, keys, seeded_chain(), central_world.NOW)
    database.dispose()
    return folder


def _empty() -> tuple[Path, Database, TenantKeys]:
    folder = made_once()
    central_databases.keep(folder)
    database = Database(central_databases.url(folder))
    database.migrate()
    return folder, database, TenantKeys.open(folder / KEYS)
