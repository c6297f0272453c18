"""Till markers: which of a till's documents stand in the feeds it reads (protocol §6)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from central.bulk import among, insert_rows, rewrite_rows
from central.feeds import FeedWriter, body_text, scope_of
from central.tables.feeds import feed_marker
from central.tables.inbox import document, result
from central.tables.tills import epoch as epoch_table
from central.tables.tills import till as till_table
from sync.messages import MARKED_FEEDS

Place = tuple[str, int]
"""A till and one of its epochs: a journal."""

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
    return Marker() if text is None else _of_text(text)


def _of_text(text: str) -> Marker:
    body = json.loads(text)
    return Marker(body["through"], set(body["except"]), set(body["ids"]))


def note(writer: FeedWriter, booked: Mapping[Place, Sequence[tuple[int, str]]]) -> None:
    """Enters booked documents, (seq, doc_id) by journal, and puts the tills' markers into their feeds."""
    if not booked:
        return
    connection, tills = writer.connection, {till for till, _ in booked}
    known = {
        (row.till, row.epoch): _of_text(row.body)
        for row in connection.execute(select(feed_marker).where(among(feed_marker.c.till, tills)))
    }
    old = set(known)
    forks, stores = _forks(connection, tills), _stores(connection, tills)
    for place, documents in booked.items():
        marker, forked_at = known.setdefault(place, Marker()), forks.get(place)
        if forked_at is not None and marker.through >= forked_at:
            _end_before_fork(connection, place, marker, forked_at)
        for seq, doc_id in sorted(documents):
            marker.add(seq, doc_id, forked_at)
    rows = {place: _row(place, known[place]) for place in booked}
    rewrite_rows(connection, feed_marker, ("till", "epoch"), [rows[one] for one in rows if one in old])
    insert_rows(connection, feed_marker, [rows[one] for one in rows if one not in old])
    for till in sorted(tills & stores.keys()):
        own = {str(place[1]): known[place].to_json() for place in sorted(known) if place[0] == till}
        for feed in MARKED_FEEDS:
            writer.put(feed, scope_of(feed, stores[till]), f"~till/{till}", own, only=till)


def _forks(connection: Connection, tills: Iterable[str]) -> dict[Place, int]:
    here = among(epoch_table.c.till, tills) & epoch_table.c.forked_at.is_not(None)
    rows = connection.execute(select(epoch_table).where(here))
    return {(row.till, row.epoch): row.forked_at for row in rows}


def _stores(connection: Connection, tills: Iterable[str]) -> dict[str, int]:
    query = select(till_table.c.id, till_table.c.store).where(among(till_table.c.id, tills))
    return dict(connection.execute(query).all())


def _row(place: Place, marker: Marker) -> dict[str, object]:
    text = body_text(marker.to_json())
    return {"till": place[0], "epoch": place[1], "through": marker.through, "body": text}


def _end_before_fork(connection: Connection, place: Place, marker: Marker, forked_at: int) -> None:
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
