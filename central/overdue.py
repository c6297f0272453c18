"""Cases for what waits too long: parked documents and gaps in a journal (protocol §5: 72 hours)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from central import markers
from central.cases import Trouble, accepted_gaps, open_case
from central.tables.feeds import feed_marker
from central.tables.inbox import case, document, waiting

PATIENCE = timedelta(hours=72)


def find_overdue(connection: Connection, now: datetime) -> list[str]:
    """Opens a case for each; ids of the cases. What has a case, or had one that was closed, gets no other."""
    return [*_parked(connection, now), *_gaps(connection, now)]


def _parked(connection: Connection, now: datetime) -> list[str]:
    rows = connection.execute(
        select(waiting.c.doc_id, document.c.till, func.min(waiting.c.since).label("since"))
        .join(document, document.c.doc_id == waiting.c.doc_id)
        .group_by(waiting.c.doc_id, document.c.till)
    )
    found = []
    # what a person has decided about already is not asked again every hour
    closed = select(case.c.doc_id).where(case.c.code == "PARKED_TOO_LONG", case.c.closed_at.is_not(None))
    decided = set(connection.scalars(closed))
    for row in list(rows):
        if row.since <= now - PATIENCE and row.doc_id not in decided:
            missing = connection.scalars(select(waiting.c.missing).where(waiting.c.doc_id == row.doc_id))
            facts = {"missing": sorted(missing)}
            trouble = Trouble(code="PARKED_TOO_LONG", doc_id=row.doc_id, till=row.till, facts=facts)
            found.append(open_case(connection, trouble, now))
    return found


def _gaps(connection: Connection, now: datetime) -> list[str]:
    found = []
    for row in list(connection.execute(select(feed_marker.c.till, feed_marker.c.epoch))):
        place = row.till, row.epoch
        missing = markers.read(connection, *place).missing - accepted_gaps(connection, *place)
        gap = [seq for seq in sorted(missing) if _is_old_gap(connection, place, seq, now)]
        if gap:
            facts = {"epoch": row.epoch, "missing": gap[:100]}
            trouble = Trouble(code="GAP_TOO_LONG", till=row.till, facts=facts)
            found.append(open_case(connection, trouble, now))
    return found


def _is_old_gap(connection: Connection, place: tuple[str, int], seq: int, now: datetime) -> bool:
    """Not stored at all, and something behind it has been here for 72 hours."""
    here = (document.c.till == place[0]) & (document.c.epoch == place[1])
    if connection.scalar(select(document.c.doc_id).where(here, document.c.seq == seq).limit(1)) is not None:
        return False
    behind = connection.scalar(select(func.min(document.c.received_at)).where(here, document.c.seq > seq))
    return behind is not None and behind <= now - PATIENCE
