"""One encrypted SQLite file: its engine, its settings read back, reading() and writing()."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from pos_app.domain.errors import (
    DatabaseBusy,
    DatabaseReadOnly,
    DatabaseUnreadable,
    DiskFull,
    DiskTrouble,
    PosError,
    StorageUnsafe,
)
from pos_app.storage.disk_trust import DiskTrust

log = logging.getLogger(__name__)

Synchronous = Literal["FULL", "NORMAL"]

KEY_BYTES = 32
OLDEST_SQLITE = (3, 51, 3)
"""Older ones can lose commits when two connections reset the WAL at once (protocol §3)."""
BUSY_TIMEOUT = 5000
"""Milliseconds that a statement waits for another writer."""

_POOL_SIZE = 4
_POOL_OVERFLOW = 8
_BEGIN = "quay_begin"
_NO_TRANSACTION = "SELECT 1"  # for a pragma that refuses to run inside one
_ALMOST_NOTHING = 1 << 20

# primary result codes of SQLite
_BUSY, _LOCKED, _IO_ERROR, _CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = 5, 6, 10, 11, 13, 14, 26


class Database:
    """One file. A session per unit of work: take a connection with reading() or writing(), let it go again.

    Connections are kept in a small queue (a raw key makes them cheap, a warm page cache makes them
    fast) and handed from thread to thread, never used by two at once. Errors of the outside world come
    as TroubleOutside; constraint violations stay what they are, because they are ours.
    """

    def __init__(
        self, path: Path, key: bytes, *, synchronous: Synchronous = "FULL", trust: DiskTrust | None = None
    ) -> None:
        """`trust`: of another object on the same file, so that both know of a failed write."""
        check_library(dbapi2.sqlite_version_info)
        if len(key) != KEY_BYTES:
            raise ValueError("the key has 32 bytes")
        self._key = key
        self._synchronous = synchronous
        self._path = path
        self.trust = trust or DiskTrust()
        self._mark = object()
        self._engine = self._opened(path)

    @property
    def mark(self) -> object:
        """Another object after every end of writing() and every switch(): what was read before may be old.

        Take it before reading; it knows only of writers in this process, and a data folder has no others.
        """
        return self._mark

    @property
    def path(self) -> Path:
        """The file that is read and written at this moment."""
        return self._path

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection with one consistent view of the file; nothing may be written."""
        with self._session("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, alone from its first statement on: committed at the end, or nothing happened.

        After an I/O error all pages are proved on newly opened connections before the next one begins.
        Raises DatabaseReadOnly once the disk has failed twice.
        """
        self._require_disk()
        try:
            with self._session("BEGIN IMMEDIATE") as connection:
                yield connection
                self._mark = object()  # before the commit too: who sees the new rows sees a new mark
            self.trust.held()
        except DiskTrouble:
            self.trust.failed()
            raise
        finally:
            self._mark = object()

    def _require_disk(self) -> None:
        if self.trust.is_doubted:
            try:
                found = self.faults()
            except DiskTrouble as trouble:
                found = [str(trouble)]
            if found:
                log.error("%s is not written to any more: %s", self._path.name, found[:5])
                self.trust.lose()
        if self.trust.is_lost:
            raise DatabaseReadOnly(file=self._path.name)

    def faults(self) -> list[str]:
        """What a thorough look at all pages finds, for after an unclean end; reads the whole file."""
        try:
            # a page that a power cut tore while the WAL was moved is whole in the WAL: it is moved first
            looks = ("PRAGMA cipher_integrity_check",) if self._move_wal() else ()
            with self.reading() as connection:
                rows = [
                    row for look in (*looks, "PRAGMA quick_check") for row in connection.exec_driver_sql(look)
                ]
        except DatabaseUnreadable as trouble:
            return [str(trouble)]
        return [str(row[0]) for row in rows if row[0] != "ok"]

    def _move_wal(self) -> bool:
        """Write all of the WAL into the file; False while somebody still reads an older view of it."""
        with self._session(_NO_TRANSACTION) as connection:
            is_busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        return not is_busy

    def copy_to(self, path: Path) -> None:
        """A copy of this moment under the same key; who writes meanwhile neither waits nor shows in it.

        In one step: taken in several, it would begin anew after each commit of another connection.
        """
        target = dbapi2.connect(str(path))
        try:
            target.execute(f"PRAGMA key=\"x'{self._key.hex()}'\"")
            with self.reading() as connection:
                source: Any = connection.connection.dbapi_connection
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
                source.backup(target)
        except dbapi2.Error as error:
            trouble = trouble_of(DBAPIError(None, None, error), path)
            if trouble is None:
                raise
            raise trouble from error
        finally:
            target.close()

    def switch(self, path: Path) -> None:
        """Use another file from now on. Who is reading finishes on the old one, which closes after it."""
        engine = self._opened(path)
        old, self._engine, self._path = self._engine, engine, path
        self._mark = object()
        old.dispose()

    def dispose(self) -> None:
        """Close every connection that is not in use."""
        self._engine.dispose()

    @contextmanager
    def _session(self, begin: str) -> Iterator[Connection]:
        engine, path = self._engine, self._path
        try:
            with engine.connect() as connection, connection.execution_options(**{_BEGIN: begin}).begin():
                yield connection
        except DBAPIError as error:
            trouble = trouble_of(error, path)
            if trouble is None:
                raise
            if isinstance(trouble, DiskTrouble):
                # what an I/O error left in a connection's cache is never believed again
                engine.dispose()
            raise trouble from error

    def _opened(self, path: Path) -> Engine:
        engine = create_engine(
            # the dialect quotes the password: the statement becomes PRAGMA key="x'…'", a raw key
            URL.create("sqlite+pysqlcipher", password=f"x'{self._key.hex()}'", database=str(path)),
            module=dbapi2,
            poolclass=QueuePool,
            pool_size=_POOL_SIZE,
            max_overflow=_POOL_OVERFLOW,
            pool_timeout=10,
            pool_use_lifo=True,
            connect_args={"check_same_thread": False},
        )
        settings = safe_settings(self._synchronous)

        @event.listens_for(engine, "connect")
        def _connected(connection: Any, _record: object) -> None:
            connection.isolation_level = None  # transactions begin where we say, nowhere else
            apply_settings(connection, settings)

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))

        return engine


def check_library(version: tuple[int, int, int]) -> None:
    """Raises StorageUnsafe for an SQLite older than 3.51.3."""
    if version < OLDEST_SQLITE:
        raise StorageUnsafe(
            setting="sqlite",
            expected=".".join(map(str, OLDEST_SQLITE)),
            found=".".join(map(str, version)),
        )


def safe_settings(synchronous: Synchronous) -> dict[str, tuple[str, object]]:
    """Pragma → (value to set, value that must be read back); protocol §3, Storage settings."""
    return {
        "journal_mode": ("WAL", "wal"),
        "synchronous": (synchronous, {"FULL": 2, "NORMAL": 1}[synchronous]),
        "foreign_keys": ("ON", 1),
        "trusted_schema": ("OFF", 0),
        "busy_timeout": (str(BUSY_TIMEOUT), BUSY_TIMEOUT),
        "recursive_triggers": ("ON", 1),  # else REPLACE would delete past the triggers of the journal
        "temp_store": ("MEMORY", 2),  # no plain text in temporary files
    }


def apply_settings(connection: Any, settings: dict[str, tuple[str, object]]) -> None:
    """Set each pragma of a raw connection and read it back. Raises StorageUnsafe on any difference."""
    if not connection.execute("PRAGMA cipher_version").fetchall():
        raise StorageUnsafe(setting="cipher_version", expected="SQLCipher", found=None)
    for name, (value, expected) in settings.items():
        connection.execute(f"PRAGMA {name}={value}").fetchall()
        row = connection.execute(f"PRAGMA {name}").fetchone()
        found = None if row is None else row[0]
        if found != expected:
            raise StorageUnsafe(setting=name, expected=expected, found=found)


def trouble_of(error: DBAPIError, path: Path) -> PosError | None:
    """What an error of the library means to us; None when it is no trouble outside but our bug."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is None:
        return None
    primary = code & 0xFF
    file = path.name
    if primary == _FULL or (primary in (_IO_ERROR, _CANNOT_OPEN) and _no_room(path)):
        return DiskFull(file=file)
    if primary in (_NOT_A_DATABASE, _CORRUPT):
        return DatabaseUnreadable(file=file)
    if primary in (_BUSY, _LOCKED):
        return DatabaseBusy(file=file)
    if primary in (_IO_ERROR, _CANNOT_OPEN):
        return DiskTrouble(file=file)
    return None


def _no_room(path: Path) -> bool:
    # SQLite reports a WAL index that cannot grow as an I/O error, not as a full disk
    try:
        return shutil.disk_usage(path.parent).free < _ALMOST_NOTHING
    except OSError:
        return False
