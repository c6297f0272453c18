"""The engine and its transactions; whatever differs between SQLite and PostgreSQL stands in this file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select

from central.tables import metadata

_WRITING = "quay_writing"
_MIGRATIONS = Path(__file__).parent / "migrations"
_BOOKS, _LINE = "books", "line"

# PostgreSQL: connections of one process, and ms after which waiting for a lock or doing nothing is given up
_POOL, _OVERFLOW, _POOL_WAIT_S = 10, 10, 10
_LOCK_MS, _IDLE_MS = 20_000, 60_000


class Database:
    """One database. `reading()` sees one snapshot, the others commit or roll back as a whole.

    Who books reads figures and writes them back, across stores and tills: `writing()` therefore runs one at
    a time over all processes. SQLite has but one writer anyway; in PostgreSQL an advisory lock sees to it,
    and `beside()` is for what touches no figures: proving and storing, the larger part of the work.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        backend = make_url(url).get_backend_name()
        if backend not in ("sqlite", "postgresql"):
            raise ValueError(f"central keeps its data in SQLite or PostgreSQL, not in {backend}")
        self.is_sqlite = backend == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else _postgresql_engine(url)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read transaction: nothing that is committed meanwhile shows in it."""
        options = (
            {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, tills: Iterable[str] = ()) -> Iterator[Connection]:
        """The one write transaction of this moment; it waits for its turn at the beginning.

        `tills` are locked before it, in one order for everybody (see `beside`).
        """
        with self.beside(tills) as connection:
            self._lock(connection, [_BOOKS])
            yield connection

    @contextmanager
    def booking(self, tills: Callable[[], Iterable[str]]) -> Iterator[Connection]:
        """As `writing`, for those who book batches, one behind the other: whose batches they are is asked
        when it is their turn, so that all who came meanwhile are booked together."""
        with self.beside() as connection:
            self._lock(connection, [_LINE])
            self._lock(connection, [f"till/{till}" for till in tills()])
            self._lock(connection, [_BOOKS])
            yield connection

    @contextmanager
    def beside(self, tills: Iterable[str] = ()) -> Iterator[Connection]:
        """A write transaction beside others, with these tills locked: one batch at a time for each."""
        with self.engine.connect().execution_options(**{_WRITING: True}) as connection, connection.begin():
            self._lock(connection, [f"till/{till}" for till in tills])
            yield connection

    def lock(self, connection: Connection, name: str) -> None:
        """Whoever names the same thing waits until this transaction ends. At most one a transaction."""
        self._lock(connection, [name])

    def _lock(self, connection: Connection, names: Iterable[str]) -> None:
        """Held to the end of the transaction. SQLite: BEGIN IMMEDIATE has locked everything already."""
        if self.is_sqlite:
            return
        for number in sorted({_lock_number(name) for name in names}):
            connection.execute(select(func.pg_advisory_xact_lock(number)))

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


@contextmanager
def migrated(url: str) -> Iterator[Database]:
    """For one command: at the newest revision, and closed in the end."""
    database = Database(url)
    try:
        database.migrate()
        yield database
    finally:
        database.dispose()


def _lock_number(name: str) -> int:
    """PostgreSQL's advisory locks are 64-bit numbers. Sorted they are taken in one order by everybody."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


def _postgresql_engine(url: str) -> Engine:
    settings = {
        "timezone": "UTC",
        "lock_timeout": _LOCK_MS,
        "idle_in_transaction_session_timeout": _IDLE_MS,
    }
    return create_engine(
        url,
        isolation_level="READ COMMITTED",  # what a lock was waited for is seen once it is held
        hide_parameters=True,  # what an error quotes would be names and phones
        pool_pre_ping=True,
        pool_size=_POOL,
        max_overflow=_OVERFLOW,
        pool_timeout=_POOL_WAIT_S,
        connect_args={"options": " ".join(f"-c {name}={value}" for name, value in settings.items())},
    )


def _sqlite_engine(url: str) -> Engine:
    options = {"check_same_thread": False, "timeout": 30}
    engine = create_engine(url, hide_parameters=True, connect_args=options)

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
