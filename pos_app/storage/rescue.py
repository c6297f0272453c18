"""From a damaged till.db to a fresh one that sells on: built beside it, put in its place in the end (§8)."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from pos_app.domain.errors import DatabaseUnreadable, NotEnrolled, TroubleOutside
from pos_app.domain.signing import Sign
from pos_app.storage.backups import FOLDER, backups_in
from pos_app.storage.clock import Boot, Clock
from pos_app.storage.database import Database
from pos_app.storage.epochs import start_spare
from pos_app.storage.files import FEED_FILES, TILL_FILE, delete_database
from pos_app.storage.folder_sync import sync_folder
from pos_app.storage.identity import Identity, IdentityStore
from pos_app.storage.migrate import migrate
from pos_app.storage.salvage import (
    Lost,
    cut_off_shifts,
    freeze,
    note_lost,
    open_scratch,
    read_documents,
    take_in,
)
from pos_app.storage.status import StatusStore

DRAFT: Final = "till-fresh.new"
READY: Final = "till-fresh.db"
_SCRATCH: Final = "salvage-scratch"
STATUS: Final = "salvage"
"""Status row: {at, file, documents, refetch}; `refetch` = [epoch, seq] that central is asked for next."""

_CARRIED: Final = (
    "own_epoch", "former_key", "counter", "draft", "pin_tries", "staff_verifier", "trusted_time", "feed_file",
    "status", "print_job", "upload", "suspect", "journal_checkpoint",
)  # fmt: skip
"""What no document tells: taken from pages that SQLite itself still proves, as far as it goes."""


@dataclass(frozen=True, slots=True)
class Rescued:
    """`frozen` = where the damaged file lies now; `lost` = places that nobody could read."""

    identity: Identity
    frozen: Path
    documents: int
    lost: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class RescueMeans:
    """What a rescue works with. `last_seen` = the newest (epoch, seq) that the anchor witnessed."""

    key: bytes
    sign: Sign
    clock: Clock
    boot: Boot
    last_seen: Callable[[Identity], tuple[int, int] | None] = lambda _identity: None


def rescue(folder: Path, means: RescueMeans) -> Rescued:
    """Works in the dark, and can be interrupted anywhere: the damaged file is set aside last.

    Raises NotEnrolled when nothing says who this till is, NoSpareEpoch, DiskFull, DiskTrouble.
    """
    damaged = folder / TILL_FILE
    now = means.clock.now()
    scratch = open_scratch(damaged, folder / _SCRATCH)
    try:
        former = _identity(scratch, folder, means.key)
        delete_database(folder / DRAFT)
        fresh = Database(folder / DRAFT, means.key)
        try:
            migrate(fresh)
            identity, count, lost = _fill(fresh, former, (damaged, scratch), means)
            RescueNote(StatusStore(fresh)).write(now, damaged.name, count)
        finally:
            fresh.dispose()  # closing the last connection moves everything from the WAL into the file
    finally:
        shutil.rmtree(folder / _SCRATCH, ignore_errors=True)
    (folder / DRAFT).replace(folder / READY)
    sync_folder(folder)
    frozen = freeze(damaged, now)
    finish(folder)
    return Rescued(identity, frozen, count, lost)


def finish(folder: Path) -> bool:
    """Put a fresh file that is ready into its place; also at a start, after an end between two renames."""
    if (folder / TILL_FILE).exists() or not (folder / READY).exists():
        return False
    (folder / READY).replace(folder / TILL_FILE)
    sync_folder(folder)
    return True


def _fill(
    fresh: Database, former: Identity, sources: tuple[Path, Path], means: RescueMeans
) -> tuple[Identity, int, tuple[Lost, ...]]:
    damaged, scratch = sources
    IdentityStore(fresh).save(former)
    _carry_over(scratch, fresh, means.key)
    _find_feed_files(fresh, damaged.parent)
    count = take_in(fresh, read_documents(damaged, means.key, former))
    with fresh.writing() as connection:
        cut_off_shifts(connection)
        _drop_answers_without_documents(connection)
    seen = means.last_seen(former)
    last = seen[1] if seen is not None and seen[0] == former.epoch else 0
    lost = tuple(note_lost(fresh, former.epoch, last, means.clock.now()))
    return start_spare(fresh, former, means.sign, means.clock, means.boot), count, lost


def _identity(scratch: Path, folder: Path, key: bytes) -> Identity:
    """From the damaged file where SQLite proves that page, else from the newest backup."""
    for path in (scratch, *(one.path for one in backups_in(folder / FOLDER))):
        database = Database(path, key)
        try:
            found = IdentityStore(database).load()
        except (DatabaseUnreadable, TroubleOutside):
            found = None
        finally:
            database.dispose()
        if found is not None:
            return found
    raise NotEnrolled(folder=str(folder))


def _carry_over(scratch: Path, fresh: Database, key: bytes) -> None:
    source = Database(scratch, key)
    try:
        for table in _CARRIED:
            columns, rows = _rows(source, table)
            with fresh.writing() as connection:
                _insert(connection, table, columns, rows)
    finally:
        source.dispose()


def _rows(source: Database, table: str) -> tuple[list[str], list[Sequence[object]]]:
    """As many rows as come before the first damaged page."""
    columns: list[str] = []
    rows: list[Sequence[object]] = []
    with suppress(DatabaseUnreadable), source.reading() as connection:
        columns = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]
        if columns:
            for row in connection.exec_driver_sql(f"SELECT {', '.join(columns)} FROM {table}"):
                rows.append(tuple(row))
    return columns, rows


def _insert(connection: Connection, table: str, columns: list[str], rows: list[Sequence[object]]) -> None:
    known = {row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")}
    kept = [(place, name) for place, name in enumerate(columns) if name in known]
    if not kept or not rows:
        return
    names, marks = ", ".join(name for _, name in kept), ", ".join("?" * len(kept))
    for row in rows:
        connection.exec_driver_sql(
            f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})",
            tuple(row[place] for place, _ in kept),
        )


def _drop_answers_without_documents(connection: Connection) -> None:
    """An answer counts for a document that is here; of the others central tells anew."""
    connection.exec_driver_sql("DELETE FROM upload WHERE doc_id NOT IN (SELECT doc_id FROM journal)")
    connection.exec_driver_sql("DELETE FROM suspect WHERE doc_id NOT IN (SELECT doc_id FROM journal)")


def _find_feed_files(fresh: Database, folder: Path) -> None:
    """Where the pointer was not readable, the newest file is taken: what is not whole is fetched again."""
    for feed in FEED_FILES:
        found = [
            (int(number.group(1)), path.name)
            for path in folder.glob(f"{feed}-*.db")
            if (number := re.search(r"-(\d+)\.db$", path.name)) is not None
        ]
        if found:
            with fresh.writing() as connection:
                connection.exec_driver_sql(
                    "INSERT OR IGNORE INTO feed_file (feed, file) VALUES (?, ?)", (feed, max(found)[1])
                )


class RescueNote:
    """What was rescued, and how far central has given its part back."""

    def __init__(self, status: StatusStore) -> None:
        self._status = status

    def write(self, now: datetime, file: str, documents: int) -> None:
        """After a rescue: central is asked for everything from the first document on."""
        told = {"at": now.isoformat(), "file": file, "documents": documents, "refetch": [1, 1]}
        self._status.set(STATUS, told)

    def read(self) -> dict[str, Any] | None:
        """{at, file, documents, refetch?}; None when nothing was ever rescued here."""
        return self._status.get(STATUS)

    def next_page(self) -> tuple[int, int] | None:
        """(epoch, seq) to ask central for; None when all has come."""
        place = (self._status.get(STATUS) or {}).get("refetch")
        return None if place is None else (int(place[0]), int(place[1]))

    def came(self, following: tuple[int, int] | None) -> None:
        """A page is in the journal; where the next one begins."""
        told = self._status.get(STATUS) or {}
        self._status.set(STATUS, {**told, "refetch": None if following is None else list(following)})
