"""The feeds: written together with what they report, in the order of the changes (protocol §6)."""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

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
_CHUNK = 500
_MODULUS = 1 << 64


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
        self._changes: dict[tuple[str, str], dict[tuple[str, str], str | None]] = defaultdict(dict)

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
        changed = 0
        for (feed, scope), changes in sorted(self._changes.items()):
            changed += _write(self.connection, feed, scope, changes)
        self._changes.clear()
        return changed


def new_handle(connection: Connection, feed: str, scope: str) -> None:
    """Makes every till of the scope fetch this feed anew."""
    connection.execute(
        update(feed_counter)
        .where(feed_counter.c.feed == feed, feed_counter.c.scope == scope)
        .values(handle=secrets.token_hex(8))
    )


def _write(connection: Connection, feed: str, scope: str, changes: dict[tuple[str, str], str | None]) -> int:
    counter = _counter(connection, feed, scope)
    known = dict(_known(connection, feed, scope, list(changes)))
    total = FeedSum(feed, counter.live, int(counter.checksum))
    ver = counter.ver
    inserts: list[dict[str, Any]] = []
    updates: list[dict[str, Any]] = []
    for (only, key), text in changes.items():
        before = known.get((only, key))
        if (before is None and text is None) or (before is not None and before[1] == text):
            continue
        ver += 1
        row = {"b_only": only, "b_key": key, "ver": ver, "body": text}
        (inserts if before is None else updates).append(row)
        if only == "":
            lived = before[0] if before is not None and before[1] is not None else None
            total = total.delete(key, lived) if text is None else total.put(key, ver, lived)
    if not inserts and not updates:
        return 0
    _store(connection, feed, scope, inserts, updates)
    connection.execute(
        update(feed_counter)
        .where(feed_counter.c.feed == feed, feed_counter.c.scope == scope)
        .values(ver=ver, live=total.count, checksum=str(total.total % _MODULUS))
    )
    return len(inserts) + len(updates)


def _store(
    connection: Connection,
    feed: str,
    scope: str,
    inserts: list[dict[str, Any]],
    updates: list[dict[str, Any]],
) -> None:
    if inserts:
        connection.execute(
            insert(feed_item),
            [
                {
                    "feed": feed,
                    "scope": scope,
                    "only": row["b_only"],
                    "key": row["b_key"],
                    "ver": row["ver"],
                    "body": row["body"],
                }
                for row in inserts
            ],
        )
    if updates:
        connection.execute(
            update(feed_item)
            .where(
                feed_item.c.feed == feed,
                feed_item.c.scope == scope,
                feed_item.c.only == bindparam("b_only"),
                feed_item.c.key == bindparam("b_key"),
            )
            .values(ver=bindparam("ver"), body=bindparam("body")),
            updates,
        )


def _counter(connection: Connection, feed: str, scope: str) -> Any:
    here = select(feed_counter).where(feed_counter.c.feed == feed, feed_counter.c.scope == scope)
    row = connection.execute(here.with_for_update()).one_or_none()
    if row is None:
        fresh = {"handle": secrets.token_hex(8), "ver": 0, "live": 0, "checksum": "0"}
        # another writer may make it at this moment: then its row is waited for, and taken
        with suppress(IntegrityError), connection.begin_nested():
            connection.execute(insert(feed_counter), {"feed": feed, "scope": scope, **fresh})
        row = connection.execute(here.with_for_update()).one()
    return row


def _known(
    connection: Connection, feed: str, scope: str, wanted: Sequence[tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], tuple[int, str | None]]]:
    keys = sorted({key for _only, key in wanted})
    columns = (feed_item.c.only, feed_item.c.key, feed_item.c.ver, feed_item.c.body)
    for start in range(0, len(keys), _CHUNK):
        here = and_(
            feed_item.c.feed == feed,
            feed_item.c.scope == scope,
            feed_item.c.key.in_(keys[start : start + _CHUNK]),
        )
        for row in connection.execute(select(*columns).where(here)):
            yield (row.only, row.key), (row.ver, row.body)
