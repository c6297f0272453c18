"""Cancelling orders, also those that a silent store may be handing over at this moment (protocol §10 c)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, select, update

from central import publish
from central.admin.orders import order_row
from central.apply.refunded_orders import refunded_late
from central.errors import Conflict
from central.feeds import FeedWriter
from central.publishing.orders import taken_of
from central.tables.orders import order
from central.tables.tills import till, till_key

Outcome = Literal["cancelled", "cancel_requested"]

SILENT_AFTER = timedelta(minutes=5)
"""Tills say hello every 15 s: a store of which no till did so for this long cannot have been told."""


def cancel(connection: Connection, number: int, refunded: bool, now: datetime) -> Outcome:
    """Cancels, or asks the store first: a hand-over that comes in before its answer wins.

    `refunded`: the money has gone back already, so it is cancelled whatever the store does; a hand-over that
    comes in later is booked as HANDOVER_AFTER_REFUND. Conflict `handed_over` when something of it is gone.
    """
    row = order_row(connection, number)
    if row.cancelled_at is not None:
        if refunded and row.refunded_at is None:
            odd = refunded_late(connection, number, now) if _is_touched(connection, number) else []
            _enter(connection, [row], {"refunded_at": now}, odd)
        return "cancelled"
    if _is_touched(connection, number):
        raise Conflict("handed_over")
    if refunded:
        _enter(connection, [row], {"cancelled_at": now, "refunded_at": now})
        return "cancelled"
    if row.preparation == "ready" and is_silent(connection, row.store, now):
        if row.cancel_requested_at is None:
            _enter(connection, [row], {"cancel_requested_at": now})
        return "cancel_requested"
    _enter(connection, [row], {"cancelled_at": now})
    return "cancelled"


def settle_requests(connection: Connection, store_no: int, now: datetime) -> list[int]:
    """Cancels what a store was asked for, once it has said all it did meanwhile; the orders' numbers.

    It has, when each of its tills has said hello since, with nothing left to send. What was handed over
    stays handed over.
    """
    asked = connection.execute(
        select(order).where(
            order.c.store == store_no,
            order.c.cancel_requested_at.is_not(None),
            order.c.cancelled_at.is_(None),
        )
    ).all()
    if not asked:
        return []
    heard = _heard_through(connection, store_no)
    free = [
        row
        for row in asked
        if heard is not None and row.cancel_requested_at < heard and not _is_touched(connection, row.order)
    ]
    if free:
        _enter(connection, free, {"cancelled_at": now})
    return [row.order for row in free]


def is_asked(connection: Connection, store_no: int) -> bool:
    """Whether `settle_requests` may have something to do."""
    asked = order.c.cancel_requested_at.is_not(None) & order.c.cancelled_at.is_(None)
    here = select(order.c.order).where(order.c.store == store_no, asked)
    return connection.scalar(here.limit(1)) is not None


def is_silent(connection: Connection, store_no: int, now: datetime) -> bool:
    """No till of the store has been heard lately."""
    lately = (till.c.store == store_no) & (till.c.seen_at > now - SILENT_AFTER)
    return connection.scalar(select(till.c.id).where(lately, till.c.revoked_at.is_(None)).limit(1)) is None


def _heard_through(connection: Connection, store_no: int) -> datetime | None:
    """The instant up to which every till of the store has told everything; None while one has not."""
    enrolled = select(till_key.c.till)
    rows = connection.execute(
        select(till.c.seen_at, till.c.health).where(
            till.c.store == store_no, till.c.revoked_at.is_(None), till.c.id.in_(enrolled)
        )
    ).all()
    if any(row.seen_at is None or (row.health or {}).get("unsent", 0) for row in rows):
        return None
    return min((row.seen_at for row in rows), default=None)


def _is_touched(connection: Connection, number: int) -> bool:
    return any(handed for handed, _refused in taken_of(connection, number).values())


def _enter(
    connection: Connection, rows: list[Row[Any]], values: dict[str, datetime], documents: Sequence[str] = ()
) -> None:
    numbers = [row.order for row in rows]
    connection.execute(update(order).where(order.c.order.in_(numbers)).values(values))
    writer = FeedWriter(connection)
    publish.orders(writer, numbers)
    if documents:
        publish.results(writer, documents)
        publish.cases(writer)
    writer.flush()
