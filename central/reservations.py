"""Reservations end at the closing time of their day: from then on tills are told so (rules: Pickup)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from central import publish
from central.feeds import FeedWriter
from central.publishing.orders import taken_of
from central.tables.orders import order, order_line


def end_reservations(connection: Connection, now: datetime) -> list[int]:
    """Those whose time is over and of which something is still here; their order numbers.

    The goods go back to the shelves by a till's `reservation_release` alone.
    """
    running = order.c.expired_at.is_(None) & order.c.cancelled_at.is_(None)
    over = select(order.c.order, order.c.reserved_until).where(running, order.c.reserved_until <= now)
    ended = [row for row in connection.execute(over).all() if _is_open(connection, row.order)]
    for row in ended:
        when = {"expired_at": row.reserved_until}
        connection.execute(update(order).where(order.c.order == row.order).values(when))
    numbers = [row.order for row in ended]
    if numbers:
        writer = FeedWriter(connection)
        publish.orders(writer, numbers)
        writer.flush()
    return numbers


def _is_open(connection: Connection, number: int) -> bool:
    taken = taken_of(connection, number)
    lines = select(order_line.c.no, order_line.c.quantity).where(order_line.c.order == number)
    return any(row.quantity > sum(taken[row.no]) for row in connection.execute(lines))
