"""From and to of prices, promotions and campaigns, as instants."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

SHOP_TIME = timezone(timedelta(hours=7))
"""Việt Nam keeps one time all year; plain dates in a feed mean days of it."""

_DATE_LENGTH = 10


def begins(text: str | None) -> datetime | None:
    """An RFC 3339 instant, or the first moment of a plain date."""
    if text is None:
        return None
    if len(text) == _DATE_LENGTH:
        return datetime.fromisoformat(text).replace(tzinfo=SHOP_TIME)
    return datetime.fromisoformat(text)


def ends(text: str | None) -> datetime | None:
    """An RFC 3339 instant, or the moment after a plain date: the named day still counts."""
    if text is None:
        return None
    if len(text) == _DATE_LENGTH:
        return datetime.fromisoformat(text).replace(tzinfo=SHOP_TIME) + timedelta(days=1)
    return datetime.fromisoformat(text)


def is_within(at: datetime, start: datetime | None, end: datetime | None) -> bool:
    """start ≤ at < end, open where None."""
    return (start is None or start <= at) and (end is None or at < end)
