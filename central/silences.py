"""One till offline while its neighbours are online: documents that used the offline policy then are told.

A whole store without a line is bad luck. One till alone may be a pulled cable, so that a voucher, points, an
order or a receipt is not asked about (protocol §11). Nothing is refused and nothing is taken back: the
documents carry SELECTIVE_OFFLINE in the reports, and the till gets one case a person looks at.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select, update

from central.apply.booking import Booking
from central.apply.reading import Body, items, moment
from central.cases import Trouble, open_case
from central.keys import instant_text
from central.tables.silences import silence
from central.tables.tills import till, till_key

NOTICED_AFTER: Final = timedelta(minutes=1)
"""Tills say hello every 15 s ± 5 s: three polls have been missed."""
KEPT: Final = timedelta(days=90)
_CHECKED_TENDERS: Final = frozenset({"points", "store_credit", "stored_value"})
_ALWAYS: Final = frozenset({"exchange", "handover", "return"})


def note(connection: Connection, till_id: str, now: datetime) -> None:
    """A till is heard: when it was not for a while, that is kept. Call it before `seen_at` moves on.

    What it uploads before its next hello belongs to the same silence.
    """
    seen = connection.scalar(select(till.c.seen_at).where(till.c.id == till_id))
    if seen is None or now - seen < NOTICED_AFTER:
        return
    here = (silence.c.till == till_id) & (silence.c.since == seen)
    if not connection.execute(update(silence).where(here).values(until=now)).rowcount:
        connection.execute(insert(silence), {"till": till_id, "since": seen, "until": now})


def forget_old(connection: Connection, now: datetime) -> None:
    """What no document will be compared with any more."""
    connection.execute(delete(silence).where(silence.c.until < now - KEPT))


def check(booking: Booking) -> None:
    """Flags a document that offline rules allowed while a neighbour of its till was heard."""
    envelope = booking.envelope
    if envelope.connectivity != "offline" or not _uses_policy(envelope.kind, booking.payload):
        return
    at = moment(envelope.wall)  # a clock that is wrong is CLOCK_ANOMALY's matter
    alone = None if at is None else _silence_at(booking.connection, str(envelope.till), at)
    if at is None or alone is None:
        return
    heard = _heard(booking.connection, booking.store, str(envelope.till), at)
    if not heard:
        return
    when = {"since": instant_text(alone.since), "until": instant_text(alone.until)}
    booking.flag("SELECTIVE_OFFLINE", needs_person=False, neighbours=heard, **when)
    facts = {"staff": envelope.staff, "first": booking.doc_id, "neighbours": heard, **when}
    open_case(
        booking.connection,
        Trouble(code="SELECTIVE_OFFLINE", till=str(envelope.till), store=booking.store, facts=facts),
        booking.now,
    )


def _uses_policy(kind: str, payload: Body) -> bool:
    """Vouchers, points, credits, pick-ups and returns: what a check would have been asked about."""
    if kind in _ALWAYS:
        return True
    if kind != "sale":
        return False
    paid = (tender.get("kind") in _CHECKED_TENDERS for tender in items(payload, "tenders"))
    return any(True for _ in items(payload, "vouchers")) or any(paid)


def _silence_at(connection: Connection, till_id: str, at: datetime) -> Row[Any] | None:
    here = (silence.c.till == till_id) & (silence.c.since <= at) & (silence.c.until >= at)
    return connection.execute(select(silence).where(here).limit(1)).one_or_none()


def _heard(connection: Connection, store: int, but: str, at: datetime) -> list[int]:
    """Numbers of the store's other tills that were at work then, and not silent."""
    at_work = select(till_key.c.till).where(till_key.c.used_at <= at)
    others = connection.execute(
        select(till.c.id, till.c.number)
        .where(till.c.store == store, till.c.id != but, till.c.seen_at >= at, till.c.id.in_(at_work))
        .order_by(till.c.number)
    )
    return [row.number for row in others if _silence_at(connection, row.id, at) is None]
