"""Reading the feeds: pages under an opaque cursor, with the count and checksum this till must find."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from central.errors import BadCursor, HandleChanged
from central.feeds import scope_of
from central.tables.feeds import feed_counter, feed_item
from pos_app.domain.feed_checksum import FeedSum
from sync.messages import FEEDS

PAGE_LIMIT = 5000
_CURSOR = re.compile(r"([0-9a-f]{16})-([0-9]{1,15})")
_NO_HANDLE = "0" * 16


@dataclass(frozen=True, slots=True)
class Page:
    """One answer; `text` is its JSON."""

    cursor: str
    text: str


@dataclass(frozen=True, slots=True)
class _Counter:
    handle: str
    ver: int
    count: int
    checksum: int


def cursors(connection: Connection, store: int) -> dict[str, str]:
    """For every feed the cursor that a pull by a till of this store would end at now."""
    found = {
        (row.feed, row.scope): _cursor(row.handle, row.ver)
        for row in connection.execute(select(feed_counter))
    }
    return {feed: found.get((feed, scope_of(feed, store)), _cursor(_NO_HANDLE, 0)) for feed in FEEDS}


def read_page(connection: Connection, feed: str, store: int, till: str, cursor: str, limit: int) -> Page:
    """The changes after the cursor ("" = from the beginning), at most `limit` of them.

    Raises BadCursor for a text that central never made, HandleChanged when the feed must be fetched anew.
    """
    scope = scope_of(feed, store)
    counter = _read_counter(connection, feed, scope)
    position = _position(cursor, counter)
    rows = list(connection.execute(_changes(feed, scope, till, position, limit + 1)))
    up_to_date = len(rows) <= limit
    rows = rows[:limit]
    reached = counter.ver if up_to_date else rows[-1].ver
    sums = _sums(connection, feed, scope, till, counter)
    head = {
        "handle": counter.handle,
        "next": _cursor(counter.handle, reached),
        "up_to_date": up_to_date,
        "count": sums.count,
        "checksum": sums.checksum,
    }
    items = ",".join(_item(row) for row in rows)
    # the bodies are JSON text already: parsing them only to write them again would cost most of the time
    return Page(str(head["next"]), f'{{"items":[{items}],{json.dumps(head, separators=(",", ":"))[1:]}')


def _changes(feed: str, scope: str, till: str, position: int, limit: int) -> Select[Any]:
    visible = select(feed_item.c.key, feed_item.c.ver, feed_item.c.body).where(
        feed_item.c.feed == feed,
        feed_item.c.scope == scope,
        feed_item.c.ver > position,
        feed_item.c.only.in_(("", till)),
    )
    if position == 0:
        # a till that has nothing needs no tombstones
        visible = visible.where(feed_item.c.body.is_not(None))
    return visible.order_by(feed_item.c.ver).limit(limit)


def _item(row: Row[Any]) -> str:
    key = json.dumps(row.key, ensure_ascii=False)
    if row.body is None:
        return f'{{"key":{key},"ver":{row.ver},"op":"del"}}'
    return f'{{"key":{key},"ver":{row.ver},"op":"put","body":{row.body}}}'


def _sums(connection: Connection, feed: str, scope: str, till: str, counter: _Counter) -> FeedSum:
    """What all tills see, and the items for this one alone."""
    sums = FeedSum(feed, counter.count, counter.checksum)
    own = select(feed_item.c.key, feed_item.c.ver).where(
        feed_item.c.feed == feed,
        feed_item.c.scope == scope,
        feed_item.c.only == till,
        feed_item.c.body.is_not(None),
    )
    for row in connection.execute(own):
        sums = sums.put(row.key, row.ver)
    return sums


def _read_counter(connection: Connection, feed: str, scope: str) -> _Counter:
    row = connection.execute(
        select(feed_counter).where(feed_counter.c.feed == feed, feed_counter.c.scope == scope)
    ).one_or_none()
    if row is None:
        return _Counter(_NO_HANDLE, 0, 0, 0)
    return _Counter(row.handle, row.ver, row.live, int(row.checksum))


def _cursor(handle: str, ver: int) -> str:
    return f"{handle}-{ver}"


def _position(cursor: str, counter: _Counter) -> int:
    if cursor == "":
        return 0
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise BadCursor
    handle, position = found[1], int(found[2])
    if handle != counter.handle or position > counter.ver:
        raise HandleChanged
    return position
