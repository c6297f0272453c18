"""Random serials for codes: never guessable, and drawn again while their short code is live (protocol §7)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from central.tables.orders import order
from central.tables.vouchers import voucher
from pos_app.domain.short_codes import short_code

_CHUNK = 500


def draw_serials(connection: Connection, count: int, now: datetime) -> list[int]:
    """So many fresh serials whose short codes are good for nothing else now. Needs the booking lock."""
    drawn: dict[str, int] = {}
    while len(drawn) < count:
        fresh: dict[str, int] = {}
        while len(drawn) + len(fresh) < count:
            serial = secrets.randbits(64)
            if short_code(serial) not in drawn:
                fresh[short_code(serial)] = serial
        for live in _live(connection, fresh, now):
            fresh.pop(live, None)
        drawn.update(fresh)
    return list(drawn.values())


def _live(connection: Connection, codes: Iterable[str], now: datetime) -> set[str]:
    """Those of the short codes that a voucher still good or an order not given up goes by."""
    wanted = sorted(codes)
    found: set[str] = set()
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        good = select(voucher.c.short_code).where(
            voucher.c.short_code.in_(part), voucher.c.valid_until >= now.date()
        )
        kept = select(order.c.short_code).where(
            order.c.short_code.in_(part), order.c.cancelled_at.is_(None), order.c.expired_at.is_(None)
        )
        found.update(connection.scalars(good), connection.scalars(kept))
    return found
