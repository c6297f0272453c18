"""Whether each price and rule of a document existed and was in force at `priced_at` (protocol §10 f)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from central.apply.booking import Booking
from central.apply.reading import Body, BrokenPayload, items, text, whole
from central.tables.catalogue import product_price, promotion


def check_prices(booking: Booking, lines: Iterable[Body], priced_at: datetime) -> None:
    """Flags STALE_PRICE (was in force once: a report) or PRICE_MISMATCH (no version says so: a case)."""
    stale: list[dict[str, Any]] = []
    for line in lines:
        if line.get("product") is not None:
            _check_price(booking, line, priced_at, stale)
        for discount in items(line, "discounts"):
            if discount.get("step") == "promotion":
                _check_rule(booking, discount, priced_at, stale)
    if stale:
        booking.flag("STALE_PRICE", needs_person=False, lines=stale)


def priced_at_of(payload: Body) -> datetime:
    """When Pay was pressed."""
    try:
        instant = datetime.fromisoformat(text(payload, "priced_at"))
    except ValueError as error:
        raise BrokenPayload("not_an_instant:priced_at") from error
    if instant.tzinfo is None:
        raise BrokenPayload("not_an_instant:priced_at")
    return instant


def _check_price(booking: Booking, line: Body, at: datetime, stale: list[dict[str, Any]]) -> None:
    product, ver = text(line, "product"), whole(line, "price_ver")
    # a gift costs nothing; what it would have cost is what is kept when it does not come back
    price = whole(line, "gift_value" if line.get("gift_of") is not None else "unit_price")
    rows = list(
        booking.connection.execute(
            select(product_price).where(
                product_price.c.product == product,
                product_price.c.ver == ver,
                product_price.c.store.in_((0, booking.store)),
            )
        )
    )
    fitting = [row for row in rows if row.amount == price]
    facts: dict[str, Any] = {"product": product, "price_ver": ver, "unit_price": price}
    if not fitting:
        known = [row.amount for row in rows]
        booking.flag("PRICE_MISMATCH", **facts, known=known)
    elif not any(_in_force(row, at) for row in fitting):
        stale.append(facts)


def _check_rule(booking: Booking, discount: Body, at: datetime, stale: list[dict[str, Any]]) -> None:
    rule, ver = text(discount, "rule"), whole(discount, "ver")
    row = booking.connection.execute(
        select(promotion).where(promotion.c.id == rule, promotion.c.ver == ver)
    ).one_or_none()
    if row is None:
        booking.flag("PRICE_MISMATCH", rule=rule, ver=ver)
    elif not _in_force(row, at):
        stale.append({"rule": rule, "ver": ver})


def _in_force(row: Row[Any], at: datetime) -> bool:
    return bool(row.valid_from <= at and (row.valid_to is None or at < row.valid_to))
