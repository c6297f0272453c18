"""Feeds: pages staged, compared by count and checksum, and applied as a whole or not at all (protocol §6)."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from pos_app.storage import feed_build
from pos_app.storage.clock import Clock
from pos_app.storage.database import Database
from pos_app.storage.feed_rows import rank_of
from pos_app.storage.files import TillFiles, file_of
from pos_app.storage.json_text import text_of

log = logging.getLogger(__name__)

SMALL_CHANGE = 5000
"""Up to so many changes are applied in one transaction of the file that is in use."""


class Position(NamedTuple):
    """Where the next pull goes on."""

    handle: str
    cursor: str


class _Head(NamedTuple):
    """What is applied of a feed."""

    handle: str
    cursor: str
    version: int
    confirmed_at: str


class PageItem(Protocol):
    """One change, as sync.messages.FeedItem has it."""

    @property
    def key(self) -> str: ...
    @property
    def ver(self) -> int: ...
    @property
    def op(self) -> str: ...
    @property
    def body(self) -> Mapping[str, Any] | None: ...


class Page(Protocol):
    """One page, as sync.messages.FeedPage has it."""

    @property
    def handle(self) -> str: ...
    @property
    def items(self) -> Sequence[PageItem]: ...
    @property
    def next(self) -> str: ...


class FeedStore:
    """All feeds of the till. Only the sync loop calls what writes."""

    def __init__(self, files: TillFiles, clock: Clock) -> None:
        self._files = files
        self._clock = clock
        self._kept: dict[str, tuple[object, dict[str, _Head]]] = {}

    def cursor(self, feed: str) -> Position | None:
        """The position of what is applied; equal to the head that hello names = nothing new."""
        head = self._head(feed)
        return None if head is None else Position(head.handle, head.cursor)

    def resume(self, feed: str) -> Position | None:
        """Where the next request starts: after the last staged page, else cursor(); None = from nothing."""
        row = self._row(feed, "SELECT handle, cursor FROM staged WHERE feed = ?")
        if row is None:
            return self.cursor(feed)
        return None if row[0] is None else Position(row[0], row[1])

    def staged(self, feed: str) -> tuple[int, bool]:
        """How many items an interrupted download has left here, and whether the whole feed is to come."""
        with self._files.of_feed(feed).reading() as connection:
            count = connection.exec_driver_sql(
                "SELECT count(*) FROM staging WHERE feed = ?", (feed,)
            ).scalar_one()
            return int(count), _expected(connection, feed)[1]

    def stage(self, feed: str, page: Page) -> bool:
        """Keep a page. False: its handle is another one; everything must be pulled again from nothing."""
        with self._files.of_feed(feed).writing() as connection:
            expected, is_full = _expected(connection, feed)
            if expected is not None and expected != page.handle:
                _restart(connection, feed)
                return False
            version = max((item.ver for item in page.items), default=0)
            connection.exec_driver_sql(
                "INSERT INTO staged (feed, handle, cursor, is_full, version) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (feed) DO UPDATE SET handle = excluded.handle, cursor = excluded.cursor, "
                "version = max(version, excluded.version)",
                (feed, page.handle, page.next, is_full, version),
            )
            if page.items:
                connection.exec_driver_sql(
                    "INSERT OR REPLACE INTO staging (feed, key, ver, op, rank, body) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    [_staged_row(feed, item) for item in page.items],
                )
        return True

    def finish(self, feed: str, count: int, checksum: str) -> bool:
        """Apply all that is staged, if then count and checksum are these.

        False: nothing was applied, the staged pages are dropped, and resume() starts from nothing; so also
        when an item is not what this version understands: the old feed stays, selling goes on.
        Raises DiskFull: then the staged pages are dropped too and the old feed stays as it is.
        """
        database = self._files.of_feed(feed)
        now = self._clock.now()
        try:
            if self._is_large(feed):
                is_right = feed_build.build(self._files, feed, count, checksum, now)
            else:
                is_right = feed_build.apply(database, feed, count, checksum, now)
        except (IntegrityError, LookupError, TypeError, ValueError, AttributeError):
            log.exception("an item of the feed %s cannot be read", feed)
            self._drop_staging(database, feed)
            is_right = False
        except BaseException:
            self._drop_staging(database, feed)
            raise
        if not is_right:
            self.restart(feed)
        return is_right

    def confirmed(self, feeds: Iterable[str]) -> None:
        """Central says that these feeds are up to date: they are as old as this moment."""
        by_file: dict[str, list[str]] = {}
        for feed in feeds:
            by_file.setdefault(file_of(feed), []).append(feed)
        now = self._clock.now().isoformat()
        for names in by_file.values():
            with self._files.of_feed(names[0]).writing() as connection:
                for name in names:
                    connection.exec_driver_sql("UPDATE feed SET confirmed_at = ? WHERE name = ?", (now, name))

    def age(self, feed: str) -> datetime | None:
        """When the feed was last known to be up to date; None before its first download."""
        head = self._head(feed)
        return None if head is None else datetime.fromisoformat(head.confirmed_at)

    def version(self, feed: str) -> int:
        """The newest `ver` that is applied: what documents name in `as_of`; 0 before the first download."""
        head = self._head(feed)
        return 0 if head is None else head.version

    def as_of(self, *feeds: str) -> dict[str, int]:
        """The versions of these feeds, ready for a document."""
        return {feed: self.version(feed) for feed in feeds}

    def restart(self, feed: str) -> None:
        """The next pull starts from nothing; until it is done, what is here stays in use."""
        with self._files.of_feed(feed).writing() as connection:
            _restart(connection, feed)

    def drop(self, feed: str) -> None:
        """Forget a feed with all its items (a revoked till wipes customers and staff)."""
        if file_of(feed) == feed:
            self._files.recreate(feed)
            return
        with self._files.store.writing() as connection:
            _clear_staging(connection, feed)
            feed_build.clear_store_feed(connection, feed)
            connection.exec_driver_sql("DELETE FROM feed WHERE name = ?", (feed,))

    def check(self, feed: str) -> bool:
        """Count and checksum of what is stored, against what was compared when it was applied."""
        return feed_build.is_whole(self._files.of_feed(feed), feed)

    def _is_large(self, feed: str) -> bool:
        if file_of(feed) == "store":
            return False
        with self._files.of_feed(feed).reading() as connection:
            changes = connection.exec_driver_sql(
                "SELECT count(*) FROM staging WHERE feed = ?", (feed,)
            ).scalar_one()
            row = connection.exec_driver_sql(
                "SELECT staged.is_full, feed.count FROM staged LEFT JOIN feed ON feed.name = staged.feed "
                "WHERE staged.feed = ?",
                (feed,),
            ).fetchone()
        is_big_again = row is not None and bool(row[0]) and (row[1] or 0) > SMALL_CHANGE
        return changes > SMALL_CHANGE or is_big_again

    def _drop_staging(self, database: Database, feed: str) -> None:
        with database.writing() as connection:
            _clear_staging(connection, feed)

    def _head(self, feed: str) -> _Head | None:
        """Kept until something is written to the feed's file: every document and the strip ask for it."""
        database = self._files.of_feed(feed)
        name, mark = file_of(feed), database.mark
        kept = self._kept.get(name)
        if kept is None or kept[0] is not mark:
            with database.reading() as connection:
                rows = connection.exec_driver_sql(
                    "SELECT name, handle, cursor, version, confirmed_at FROM feed"
                ).fetchall()
            kept = self._kept[name] = (
                mark,
                {row[0]: _Head(row[1], row[2], int(row[3]), row[4]) for row in rows},
            )
        return kept[1].get(feed)

    def _row(self, feed: str, query: str) -> Any:
        with self._files.of_feed(feed).reading() as connection:
            return connection.exec_driver_sql(query, (feed,)).fetchone()


def _expected(connection: Connection, feed: str) -> tuple[str | None, bool]:
    """The handle that the next page must have (None = any), and whether it is a full download."""
    row = connection.exec_driver_sql("SELECT handle, is_full FROM staged WHERE feed = ?", (feed,)).fetchone()
    if row is not None:
        return row[0], bool(row[1])
    row = connection.exec_driver_sql("SELECT handle FROM feed WHERE name = ?", (feed,)).fetchone()
    return (None, True) if row is None else (row[0], False)


def _staged_row(feed: str, item: PageItem) -> tuple[object, ...]:
    is_put = item.op == "put"
    body = dict(item.body or {}) if is_put else None
    rank = rank_of(item.key, body)
    return feed, item.key, item.ver, item.op, rank, None if body is None else text_of(body)


def _clear_staging(connection: Connection, feed: str) -> None:
    connection.exec_driver_sql("DELETE FROM staging WHERE feed = ?", (feed,))
    connection.exec_driver_sql("DELETE FROM staged WHERE feed = ?", (feed,))


def _restart(connection: Connection, feed: str) -> None:
    _clear_staging(connection, feed)
    connection.exec_driver_sql(
        "INSERT INTO staged (feed, handle, cursor, is_full, version) VALUES (?, NULL, NULL, 1, 0)", (feed,)
    )
