"""Till markers: which of a till's documents stand in the feeds it reads (protocol §6)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, insert, select

from central.feeds import FeedWriter, body_text, scope_of
from central.tables.feeds import feed_marker
from central.tables.inbox import document, result
from central.tables.tills import epoch as epoch_table
from central.tables.tills import till as till_table
from sync.messages import MARKED_FEEDS

_GAP_LIMIT = 5000
"""Beyond a gap of more documents than this they are named one by one, instead of naming the gap."""


@dataclass(slots=True)
class Marker:
    """Contained: seq ≤ through and not in `missing`, or the id is in `ids`."""

    through: int = 0
    missing: set[int] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)

    def add(self, seq: int, doc_id: str, forked_at: int | None) -> None:
        """One more document is booked."""
        if (forked_at is not None and seq >= forked_at) or seq > self.through + _GAP_LIMIT:
            self.ids.add(doc_id)
        elif seq > self.through:
            self.missing.update(range(self.through + 1, seq))
            self.through = seq
        else:
            self.missing.discard(seq)

    @property
    def applied_through(self) -> int:
        """The last seq before which nothing is missing."""
        return min(self.missing) - 1 if self.missing else self.through

    def to_json(self) -> dict[str, object]:
        """As one epoch's value in the marker's body."""
        return {"through": self.through, "except": sorted(self.missing), "ids": sorted(self.ids)}


def read(connection: Connection, till: str, epoch: int) -> Marker:
    """The marker of one epoch; an empty one for an epoch that has none."""
    text = connection.scalar(
        select(feed_marker.c.body).where(feed_marker.c.till == till, feed_marker.c.epoch == epoch)
    )
    if text is None:
        return Marker()
    body = json.loads(text)
    return Marker(body["through"], set(body["except"]), set(body["ids"]))


def note(writer: FeedWriter, till: str, epoch: int, booked: Iterable[tuple[int, str]]) -> None:
    """Enters booked documents, (seq, doc_id), and puts the till's markers into the marked feeds."""
    connection = writer.connection
    marker = read(connection, till, epoch)
    forked_at = connection.scalar(
        select(epoch_table.c.forked_at).where(epoch_table.c.till == till, epoch_table.c.epoch == epoch)
    )
    if forked_at is not None and marker.through >= forked_at:
        _end_before_fork(connection, (till, epoch), marker, forked_at)
    for seq, doc_id in sorted(booked):
        marker.add(seq, doc_id, forked_at)
    _save(connection, till, epoch, marker)
    _publish(writer, till)


def _end_before_fork(connection: Connection, place: tuple[str, int], marker: Marker, forked_at: int) -> None:
    """From the fork on a seq says nothing any more: what is booked there is named by id."""
    till, epoch = place
    rows = connection.execute(
        select(document.c.doc_id)
        .join(result, result.c.doc_id == document.c.doc_id)
        .where(
            document.c.till == till,
            document.c.epoch == epoch,
            document.c.seq >= forked_at,
            result.c.booked,
        )
    )
    marker.ids.update(row.doc_id for row in rows)
    marker.through = forked_at - 1
    marker.missing = {seq for seq in marker.missing if seq < forked_at}


def _save(connection: Connection, till: str, epoch: int, marker: Marker) -> None:
    connection.execute(delete(feed_marker).where(feed_marker.c.till == till, feed_marker.c.epoch == epoch))
    row = {"till": till, "epoch": epoch, "through": marker.through, "body": body_text(marker.to_json())}
    connection.execute(insert(feed_marker), row)


def _publish(writer: FeedWriter, till: str) -> None:
    store = writer.connection.scalar(select(till_table.c.store).where(till_table.c.id == till))
    if store is None:
        return
    rows = writer.connection.execute(select(feed_marker).where(feed_marker.c.till == till))
    body = {str(row.epoch): json.loads(row.body) for row in rows}
    for feed in MARKED_FEEDS:
        writer.put(feed, scope_of(feed, store), f"~till/{till}", body, only=till)
