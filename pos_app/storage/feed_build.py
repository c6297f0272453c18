"""Applying staged changes: small ones in place, large ones in a new file that is then switched to."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection

from pos_app.domain.feed_checksum import FeedSum
from pos_app.domain.feed_checksum import checksum as checksum_of
from pos_app.storage.database import Database
from pos_app.storage.feed_rows import MARKER, WRITERS, FeedRows, Row
from pos_app.storage.files import TillFiles, delete_database, file_of

_BATCH = 10_000


class _NotWhole(Exception):
    """Count or checksum differ: the transaction must not commit."""


@dataclass(frozen=True, slots=True)
class _Staged:
    handle: str
    cursor: str
    is_full: bool
    version: int


def apply(database: Database, feed: str, count: int, checksum: str, now: datetime) -> bool:
    """All changes in one transaction together with the cursor. False: nothing was changed."""
    try:
        with database.writing() as connection:
            staged = _staged(connection, feed)
            if staged is None:
                return _matches(_sum(connection, feed), count, checksum)
            writer = WRITERS[file_of(feed)](feed)
            sums = _sum(connection, feed)
            if staged.is_full:
                _clear(connection, feed, writer)
                sums = FeedSum(feed)
            for change in _changes(connection, feed):
                sums = _apply_one(connection, feed, writer, sums, change)
            if not _matches(sums, count, checksum):
                raise _NotWhole
            _finish(connection, feed, staged, sums, now)
            connection.exec_driver_sql("DELETE FROM staging WHERE feed = ?", (feed,))
            connection.exec_driver_sql("DELETE FROM staged WHERE feed = ?", (feed,))
    except _NotWhole:
        return False
    return True


def build(files: TillFiles, feed: str, count: int, checksum: str, now: datetime) -> bool:
    """A new file from the old items and the staged ones, then the pointer switched. False: all as before."""
    name = file_of(feed)
    built = files.new_feed_file(name)
    try:
        is_right = _build_into(files.of_feed(feed), built, feed, (count, checksum), now)
    except BaseException:
        _discard(built)
        raise
    if not is_right:
        _discard(built)
        return False
    files.switch(name, built)
    return True


def _build_into(old: Database, built: Database, feed: str, expected: tuple[int, str], now: datetime) -> bool:
    with old.reading() as source:
        staged = _staged(source, feed)
        assert staged is not None
        writer = WRITERS[file_of(feed)](feed)
        puts = _staged_puts(source, feed)
        kept: Iterable[Row] = () if staged.is_full else _kept(source, feed, writer)
        rows = heapq.merge(kept, puts, key=_rank)
        sums = FeedSum(feed)
        while batch := list(islice(rows, _BATCH)):
            with built.writing() as connection:
                for row in batch:
                    _write(connection, feed, writer, row, is_new=True)
                    sums = sums.put(row.key, row.ver)
    if not _matches(sums, *expected):
        return False
    with built.writing() as connection:
        _finish(connection, feed, staged, sums, now)
    return True


def _rank(row: Row) -> int:
    return row.rank


def is_whole(database: Database, feed: str) -> bool:
    """Whether the stored items give the count and checksum that were noted with the cursor."""
    with database.reading() as connection:
        noted = _sum(connection, feed)
        rows = connection.exec_driver_sql("SELECT key, ver FROM item WHERE feed = ?", (feed,)).fetchall()
    return _matches(noted, len(rows), checksum_of(feed, dict(tuple(row) for row in rows)))


def clear_store_feed(connection: Connection, feed: str) -> None:
    """Delete all items of a feed of the store file."""
    _clear(connection, feed, WRITERS["store"](feed))


def _matches(sums: FeedSum, count: int, checksum: str) -> bool:
    return sums.count == count and sums.checksum == checksum


def _staged(connection: Connection, feed: str) -> _Staged | None:
    row = connection.exec_driver_sql(
        "SELECT handle, cursor, is_full, staged.version, "
        "(SELECT feed.version FROM feed WHERE feed.name = staged.feed) "
        "FROM staged WHERE feed = ? AND handle IS NOT NULL",
        (feed,),
    ).fetchone()
    if row is None:
        return None
    is_full, before = bool(row[2]), int(row[4] or 0)
    return _Staged(row[0], row[1], is_full, row[3] if is_full else max(row[3], before))


def _sum(connection: Connection, feed: str) -> FeedSum:
    row = connection.exec_driver_sql("SELECT count, total FROM feed WHERE name = ?", (feed,)).fetchone()
    return FeedSum(feed) if row is None else FeedSum(feed, row[0], int(row[1]))


def _changes(connection: Connection, feed: str) -> list[tuple[str, Row]]:
    rows = connection.exec_driver_sql(
        "SELECT op, rank, key, ver, body FROM staging WHERE feed = ? ORDER BY rank, key", (feed,)
    )
    return [(op, Row(*rest)) for op, *rest in rows]


def _staged_puts(connection: Connection, feed: str) -> Iterator[Row]:
    rows = connection.exec_driver_sql(
        "SELECT rank, key, ver, body FROM staging WHERE feed = ? AND op = 'put' ORDER BY rank, key", (feed,)
    )
    for row in rows:
        yield Row(*row)


def _kept(connection: Connection, feed: str, writer: FeedRows) -> Iterator[Row]:
    """What the old file holds and no change names; the marker is an item like any other."""
    marker = connection.exec_driver_sql(
        "SELECT 0, item.key, item.ver, marker.body FROM item JOIN marker USING (feed) "
        "WHERE item.feed = ? AND item.key >= ? AND item.key < ? AND NOT EXISTS "
        "(SELECT 1 FROM staging WHERE staging.feed = item.feed AND staging.key = item.key)",
        (feed, MARKER, MARKER + "\U0010ffff"),
    ).fetchall()
    yield from heapq.merge((Row(*row) for row in marker), writer.rows(connection), key=_rank)


def _apply_one(
    connection: Connection, feed: str, writer: FeedRows, sums: FeedSum, change: tuple[str, Row]
) -> FeedSum:
    op, row = change
    found = connection.exec_driver_sql(
        "SELECT ver FROM item WHERE feed = ? AND key = ?", (feed, row.key)
    ).fetchone()
    before = None if found is None else int(found[0])
    if op == "put":
        _write(connection, feed, writer, row, is_new=False)
        return sums.put(row.key, row.ver, before)
    if row.key.startswith(MARKER):
        connection.exec_driver_sql("DELETE FROM marker WHERE feed = ?", (feed,))
    else:
        writer.delete(connection, row.key)
    connection.exec_driver_sql("DELETE FROM item WHERE feed = ? AND key = ?", (feed, row.key))
    return sums.delete(row.key, before)


def _write(connection: Connection, feed: str, writer: FeedRows, row: Row, *, is_new: bool) -> None:
    if row.key.startswith(MARKER):
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO marker (feed, body) VALUES (?, ?)", (feed, row.body)
        )
    else:
        writer.add(connection, row) if is_new else writer.put(connection, row)
    if file_of(feed) == "store":
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO item (feed, key, ver, body) VALUES (?, ?, ?, ?)",
            (feed, row.key, row.ver, row.body),
        )
    else:
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO item (feed, key, ver) VALUES (?, ?, ?)", (feed, row.key, row.ver)
        )


def _clear(connection: Connection, feed: str, writer: FeedRows) -> None:
    keys = connection.exec_driver_sql("SELECT key FROM item WHERE feed = ?", (feed,)).fetchall()
    for (key,) in keys:
        if not key.startswith(MARKER):
            writer.delete(connection, key)
    connection.exec_driver_sql("DELETE FROM marker WHERE feed = ?", (feed,))
    connection.exec_driver_sql("DELETE FROM item WHERE feed = ?", (feed,))


def _finish(connection: Connection, feed: str, staged: _Staged, sums: FeedSum, now: datetime) -> None:
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO feed (name, handle, cursor, count, total, version, confirmed_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (feed, staged.handle, staged.cursor, sums.count, sums.checksum, staged.version, now.isoformat()),
    )


def _discard(built: Database) -> None:
    built.dispose()
    delete_database(built.path)
