"""Tills as a shop's system sees them: made, watched, taken out of service."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from central.admin.api_keys import ApiKey
from central.enrolment import retire_before
from central.errors import NotFound
from central.keys import instant_text
from central.tables.tills import epoch, till

_ALL_EPOCHS = 256


def tills(connection: Connection, key: ApiKey, now: datetime) -> list[dict[str, Any]]:
    """Every till that the key may see, by store and number."""
    query = select(till).order_by(till.c.store, till.c.number)
    if key.stores is not None:
        query = query.where(till.c.store.in_(key.stores))
    return [_told(connection, row, now) for row in connection.execute(query).all()]


def till_row(connection: Connection, key: ApiKey, till_id: str) -> Row[Any]:
    """NotFound, also for a till of another store than the key's."""
    row = connection.execute(select(till).where(till.c.id == till_id)).one_or_none()
    if row is None:
        raise NotFound("unknown_till")
    key.need_store(row.store)
    return row


def retire(connection: Connection, till_id: str, now: datetime) -> None:
    """It is gone for good and in good order: what it still sends is taken, but it is told nothing more.

    A till that was lost or stolen is revoked instead: that makes it wipe what it knows of people.
    """
    retire_before(connection, till_id, _ALL_EPOCHS, now)


def _told(connection: Connection, row: Row[Any], now: datetime) -> dict[str, Any]:
    current = select(func.max(epoch.c.epoch)).where(epoch.c.till == row.id, epoch.c.state == "active")
    forked = select(epoch.c.epoch).where(epoch.c.till == row.id, epoch.c.forked_at.is_not(None))
    number = connection.scalar(current)
    return {
        "till": row.id,
        "store": row.store,
        "number": row.number,
        "name": row.name,
        "state": _state(connection, row, number),
        "epoch": number,
        "forked_epochs": sorted(connection.scalars(forked)),
        "app": row.app,
        "seen_at": None if row.seen_at is None else instant_text(row.seen_at),
        "age_s": None if row.seen_at is None else max(0, int((now - row.seen_at).total_seconds())),
        "health": row.health,
    }


def _state(connection: Connection, row: Row[Any], active: int | None) -> str:
    if row.revoked_at is not None:
        return "revoked"
    if active is not None:
        return "in_service"
    ever = connection.scalar(select(epoch.c.epoch).where(epoch.c.till == row.id).limit(1))
    return "not_enrolled" if ever is None else "retired"
