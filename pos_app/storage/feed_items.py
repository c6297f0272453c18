"""Items of the store file's feeds by their key."""

from __future__ import annotations

from pos_app.storage.database import Database
from pos_app.storage.feed_rows import MARKER
from pos_app.storage.json_text import JsonObject, object_of


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


def stamp_of(store: Database, *feeds: str) -> tuple[str, ...]:
    """Changes whenever one of these feeds does: what was read from them can be kept until then."""
    with store.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT name || '/' || handle || '/' || cursor FROM feed ORDER BY name"
        ).fetchall()
    return (store.path.name, *(row[0] for row in rows if row[0].split("/")[0] in feeds))
