"""What was lost, summed per store and reason (protocol §10)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from central.tables.ledgers import loss_entry


def losses(connection: Connection, since: datetime, until: datetime) -> dict[tuple[int, str], int]:
    """(store, reason) → đồng booked in [since, until): lost less got back; accounts at 0 included."""
    rows = connection.execute(
        select(loss_entry.c.store, loss_entry.c.reason, func.sum(loss_entry.c.amount))
        .where(loss_entry.c.at >= since, loss_entry.c.at < until)
        .group_by(loss_entry.c.store, loss_entry.c.reason)
        .order_by(loss_entry.c.store, loss_entry.c.reason)
    )
    return {(store, reason): int(amount) for store, reason, amount in rows}
