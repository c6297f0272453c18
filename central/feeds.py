"""The feeds: written together with what they report, in the order of the changes (protocol §6)."""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Row, insert, select, tuple_, update
from sqlalchemy.exc import IntegrityError

from central.bulk import among, insert_rows, rewrite_rows
from central.tables.feeds import feed_counter, feed_item
from pos_app.domain.feed_checksum import FeedSum

TENANT_SCOPE = "tenant"
REGION_SCOPE = "region/1"
STORE_FEEDS = frozenset(
    {
        "blanks",
        "campaigns",
        "cases",
        "catalogue",
        "orders",
        "policy",
        "results",
        "sales",
        "staff",
        "stock",
        "transfers",
    }
)
"""One stream a store; what is for one till alone (blanks, results, transfers, staff) has its `only` set."""
_ITEM = ("feed", "scope", "only", "key")
_PLACE = ("feed", "scope")
_MODULUS = 1 << 64

_Place = tuple[str, str]
"""A feed and one of its scopes."""
_Key = tuple[str, str]
"""The one till that sees an item ("" = all), and the item's key."""
_Changes = dict[_Key, str | None]
_Item = dict[str, Any]


def scope_of(feed: str, store: int) -> str:
    """Which stream of a feed the tills of this store read."""
    if feed in STORE_FEEDS:
        return f"store/{store}"
    return REGION_SCOPE if feed == "customers" else TENANT_SCOPE


def body_text(body: object) -> str:
    """A body as it is kept; one value has one text, so that what did not change is not sent again."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


class FeedWriter:
    """Collects changes during a transaction and writes them at its end.

    The counter rows are taken last and in the alphabetical order of (feed, scope): versions become
    visible in the order of the commits, and two writers never wait for each other in a circle.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._changes: dict[_Place, _Changes] = defaultdict(dict)

    def put(self, feed: str, scope: str, key: str, body: object, only: str = "") -> None:
        """Item `key` now says `body`; `only` = the one till that sees it."""
        self._changes[feed, scope][only, key] = body_text(body)

    def delete(self, feed: str, scope: str, key: str, only: str = "") -> None:
        """Item `key` is gone; one that never was there leaves no trace."""
        self._changes[feed, scope][only, key] = None

    def open(self, feed: str, scope: str) -> None:
        """Makes sure that the feed has a counter, even if it is empty."""
        self._changes[feed, scope]  # a defaultdict: naming it makes it

    def flush(self) -> int:
        """Writes everything collected; returns the number of items that changed."""
        places, changes = sorted(self._changes), dict(self._changes)
        self._changes.clear()
        inserts: list[_Item] = []
        updates: list[_Item] = []
        moved: list[_Item] = []
        for place, counter in _counters(self.connection, places):
            known = dict(_known(self.connection, place, list(changes[place])))
            fresh, again, after = _changed(place, counter, changes[place], known)
            inserts += fresh
            updates += again
            moved += after
        if inserts:
            insert_rows(self.connection, feed_item, inserts)
        rewrite_rows(self.connection, feed_item, _ITEM, updates)
        rewrite_rows(self.connection, feed_counter, _PLACE, moved)
        return len(inserts) + len(updates)


def new_handle(connection: Connection, feed: str, scope: str) -> None:
    """Makes every till of the scope fetch this feed anew."""
    connection.execute(
        update(feed_counter)
        .where(feed_counter.c.feed == feed, feed_counter.c.scope == scope)
        .values(handle=secrets.token_hex(8))
    )


def _changed(
    place: _Place, counter: Row[Any], changes: _Changes, known: Mapping[_Key, tuple[int, str | None]]
) -> tuple[list[_Item], list[_Item], list[_Item]]:
    """Rows to insert, rows to rewrite, and the counter after them; nothing where nothing differs."""
    feed, scope = place
    total, ver = FeedSum(feed, counter.live, int(counter.checksum)), counter.ver
    inserts: list[_Item] = []
    updates: list[_Item] = []
    for (only, key), text in changes.items():
        before = known.get((only, key))
        if (before is None and text is None) or (before is not None and before[1] == text):
            continue
        ver += 1
        row = {"feed": feed, "scope": scope, "only": only, "key": key, "ver": ver, "body": text}
        (inserts if before is None else updates).append(row)
        if only == "":
            lived = before[0] if before is not None and before[1] is not None else None
            total = total.delete(key, lived) if text is None else total.put(key, ver, lived)
    if ver == counter.ver:
        return [], [], []
    after = {"ver": ver, "live": total.count, "checksum": str(total.total % _MODULUS)}
    return inserts, updates, [{"feed": feed, "scope": scope, **after}]


def _counters(connection: Connection, places: Sequence[_Place]) -> list[tuple[_Place, Row[Any]]]:
    """Locked in their order, all in one statement; those that are missing are made before."""
    here = tuple_(feed_counter.c.feed, feed_counter.c.scope)
    query = select(feed_counter).where(here.in_(places)).order_by(feed_counter.c.feed, feed_counter.c.scope)
    found = connection.execute(query.with_for_update()).all() if places else []
    if len(found) < len(places):
        there = {(row.feed, row.scope) for row in found}
        for feed, scope in (place for place in places if place not in there):
            fresh = {"handle": secrets.token_hex(8), "ver": 0, "live": 0, "checksum": "0"}
            # another writer may make it at this moment: then its row is waited for, and taken
            with suppress(IntegrityError), connection.begin_nested():
                connection.execute(insert(feed_counter), {"feed": feed, "scope": scope, **fresh})
        found = connection.execute(query.with_for_update()).all()
    return [((row.feed, row.scope), row) for row in found]


def _known(
    connection: Connection, place: _Place, wanted: Sequence[_Key]
) -> Iterator[tuple[_Key, tuple[int, str | None]]]:
    """By the whole key, `only` too: a feed may hold a hundred thousand items."""
    keys: dict[str, list[str]] = defaultdict(list)
    for only, key in wanted:
        keys[only].append(key)
    columns = (feed_item.c.key, feed_item.c.ver, feed_item.c.body)
    here = select(*columns).where(feed_item.c.feed == place[0], feed_item.c.scope == place[1])
    for only, own in keys.items():
        query = here.where(feed_item.c.only == only, among(feed_item.c.key, own))
        for key, ver, body in connection.execute(query):
            yield (only, key), (ver, body)
