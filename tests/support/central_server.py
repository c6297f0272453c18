"""The real central on a real port, over a fresh SQLite file, with a clock that the test turns."""

from __future__ import annotations

import socket
import threading
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx
import uvicorn

from central.app import build
from central.enrolment import create_code, create_till
from central.ingest import Ingest
from central.settings import Settings
from central.state import Central
from tests.support import central_world


class Clock:
    """Stands still until it is turned."""

    def __init__(self, now: datetime = central_world.NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


class CentralServer:
    """`with CentralServer(folder) as server:`; `server.url` answers inside the block."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.folder = folder
        self.clock = Clock()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.settings = Settings(
            folder=folder,
            database_url=f"sqlite:///{folder / 'central.db'}",
            public_url=self.url,
            **settings,
        )
        self.app = build(self.settings, self.clock)
        self.central: Central = self.app.state.central
        self.ingest: Ingest = self.app.state.ingest
        config = uvicorn.Config(self.app, log_level="warning", access_log=False, lifespan="on")
        self._server = uvicorn.Server(config)
        self.http = httpx.Client(timeout=30)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)

    def fill(self) -> None:
        """The tiny chain of central_world."""
        with self.central.database.writing() as connection:
            central_world.fill(connection, self.central.keys, self.clock())

    def new_code(self, store: int = central_world.NGUYEN_TRAI, number: int = 1) -> str:
        """A one-time code for a till."""
        with self.central.database.writing() as connection:
            till = create_till(connection, store, number, "", self.clock())
            return create_code(connection, till, self.settings, self.clock())

    def __enter__(self) -> CentralServer:
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
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._socket.close()
        self.central.database.dispose()
