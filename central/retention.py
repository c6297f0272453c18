"""What leaves the feeds of later outcomes when tills keep no journal that far back (protocol §6)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, select

from central.feeds import FeedWriter
from central.publishing.people import policy_of
from central.tables.feeds import feed_item
from central.tables.inbox import case, result
from central.tables.tenant import store
from central.tables.transfers import awaited_transfer
from pos_app.domain.policy import Policy


def end_items(connection: Connection, now: datetime) -> int:
    """Results, transfers and closed cases older than `journal_retention` of the longest-keeping store."""
    before = now - timedelta(seconds=_seconds(connection))
    writer = FeedWriter(connection)
    _end(writer, "results", (feed_item.c.key == result.c.doc_id) & (result.c.at < before))
    _end(writer, "cases", (feed_item.c.key == case.c.id) & (case.c.closed_at < before))
    old = (feed_item.c.key == awaited_transfer.c.doc_id) & (awaited_transfer.c.since < before)
    _end(writer, "transfers", old)
    return writer.flush()


def _end(writer: FeedWriter, feed: str, is_old: ColumnElement[bool]) -> None:
    live = feed_item.c.feed == feed, feed_item.c.body.is_not(None)
    query = select(feed_item.c.scope, feed_item.c.key, feed_item.c.only).where(*live, is_old).distinct()
    for row in list(writer.connection.execute(query)):
        writer.delete(feed, row.scope, row.key, only=row.only)


def _seconds(connection: Connection) -> int:
    """A till prunes by its own policy, so the largest figure counts."""
    kept = [Policy().journal_retention]
    for no in connection.scalars(select(store.c.no)):
        kept.append(Policy.from_json(policy_of(connection, no, "")).journal_retention)
    return max(kept)
