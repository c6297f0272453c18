"""The engine and its transactions; whatever differs between SQLite and PostgreSQL stands in this file."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from central.tables import metadata

_WRITING = "quay_writing"
_MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """One database. `reading()` sees one snapshot, `writing()` commits or rolls back as a whole."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else create_engine(url, pool_pre_ping=True)
        self._locks: dict[str, threading.RLock] = {}
        self._locks_guard = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read transaction."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A write transaction; in SQLite it waits for its turn at the beginning (BEGIN IMMEDIATE)."""
        with self.engine.connect().execution_options(**{_WRITING: True}) as connection, connection.begin():
            yield connection

    @contextmanager
    def tills_locked(self, tills: Iterable[str]) -> Iterator[None]:
        """Holds the locks of these tills, taken in the order of their ids: one batch at a time for each."""
        with ExitStack() as stack:
            for till in sorted(set(tills)):
                stack.enter_context(self._lock_of(till))
            yield

    def _lock_of(self, till: str) -> threading.RLock:
        with self._locks_guard:
            return self._locks.setdefault(till, threading.RLock())

    def migrate(self) -> None:
        """Brings the database to the newest revision; a folder that is missing is made."""
        from alembic import command
        from alembic.config import Config

        if self.is_sqlite and (name := make_url(self.url).database):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with self.writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def create_all(self) -> None:
        """All tables at once, without the history of migrations; for tests of single parts."""
        metadata.create_all(self.engine)

    def dispose(self) -> None:
        """Closes every connection."""
        self.engine.dispose()


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": 30})

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not guessed by the driver
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "busy_timeout=30000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(_WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine
