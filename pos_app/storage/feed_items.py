"""Items of the store file's feeds by their key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from pos_app.storage.database import Database
from pos_app.storage.feed_rows import MARKER
from pos_app.storage.json_text import JsonObject, object_of

T = TypeVar("T")


class KeptItems(Generic[T]):
    """What was made of some feeds of the store file: made again only when one of them has changed."""

    def __init__(self, make: Callable[[], T], *feeds: str) -> None:
        self._make = make
        self._feeds = feeds
        self._kept: tuple[object, tuple[str, ...], T] | None = None

    def get(self, store: Database) -> T:
        """Asks the file only after something was written to it."""
        mark, kept = store.mark, self._kept
        if kept is not None and kept[0] is mark:
            return kept[2]
        stamp = stamp_of(store, *self._feeds)
        value = kept[2] if kept is not None and kept[1] == stamp else self._make()
        self._kept = mark, stamp, value
        return value


def item(store: Database, feed: str, key: str) -> JsonObject | None:
    """One item's body."""
    with store.reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT body FROM item WHERE feed = ? AND key = ?", (feed, key)
        ).fetchone()
    return None if row is None else object_of(row[0])


def all_items(store: Database, feed: str) -> list[tuple[str, JsonObject]]:
    """All items of a feed in the order of their keys, without the marker."""
    with store.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT key, body FROM item WHERE feed = ? ORDER BY key", (feed,)
        ).fetchall()
    return [(row[0], object_of(row[1])) for row in rows if not row[0].startswith(MARKER)]


def items_under(store: Database, feed: str, beginning: str) -> list[tuple[str, JsonObject]]:
    """Those of a feed whose keys begin so (ASCII), in the order of their keys; the others are not read."""
    with store.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT key, body FROM item WHERE feed = ? AND key >= ? AND key < ? ORDER BY key",
            (feed, beginning, beginning + "~"),
        ).fetchall()
    return [(row[0], object_of(row[1])) for row in rows]


def stamp_of(store: Database, *feeds: str) -> tuple[str, ...]:
    """Changes whenever one of these feeds does: what was read from them can be kept until then."""
    with store.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT name || '/' || handle || '/' || cursor FROM feed ORDER BY name"
        ).fetchall()
    return (store.path.name, *(row[0] for row in rows if row[0].split("/")[0] in feeds))
