"""Whether each price and rule of a document existed and was in force at `priced_at` (protocol §10 f)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from central.apply.booking import Booking
from central.apply.reading import Body, instant, items, text, whole
from central.apply.shelves import Goods


@dataclass(slots=True)
class Versions:
    """What the check has found: `stale` was in force by what the till held; `unknown` never was."""

    stale: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[dict[str, Any]] = field(default_factory=list)


def check_versions(booking: Booking, lines: Iterable[Body], priced_at: datetime) -> Versions:
    """Looks up each (product, price_ver) and each (rule, ver) of automatic promotions."""
    found = Versions()
    lines = list(lines)
    ids = [text(line, "product") for line in lines if line.get("product") is not None]
    goods = booking.catalogue.goods(booking.store, ids)
    for line in lines:
        if line.get("product") is not None:
            _check_price(booking, line, goods.get(text(line, "product")), (priced_at, found))
        for discount in items(line, "discounts"):
            if discount.get("step") == "promotion":
                _check_rule(booking, discount, priced_at, found)
    return found


def priced_at_of(payload: Body) -> datetime:
    """When Pay was pressed."""
    return instant(payload, "priced_at")


def price_of(line: Body) -> int:
    """A gift costs nothing; what it would have cost is what is kept when it does not come back."""
    return whole(line, "unit_price") if line.get("gift_of") is None else whole(line, "gift_value", 0)


def knew(booking: Booking, feed: str, told: int | None) -> bool:
    """Whether the till held this feed at least as new as what it was told of the thing last."""
    return told is not None and told <= booking.envelope.as_of.get(feed, 0)


def is_in_force(row: Any, at: datetime) -> bool:
    """A version with `valid_from` and `valid_to`, at an instant."""
    return bool(row.valid_from <= at and (row.valid_to is None or at < row.valid_to))


def _check_price(
    booking: Booking, line: Body, goods: Goods | None, noting: tuple[datetime, Versions]
) -> None:
    at, found = noting
    ver, price = whole(line, "price_ver"), price_of(line)
    facts: dict[str, Any] = {"product": line["product"], "price_ver": ver, "unit_price": price}
    rows = [] if goods is None else [row for row in goods.prices if row.ver == ver]
    fitting = [row for row in rows if row.amount == price]
    if not fitting:
        found.unknown.append({**facts, "known": [row.amount for row in rows]})
    elif not any(is_in_force(row, at) for row in fitting):
        # what the till was told of says when a price begins and ends
        known = goods is not None and knew(booking, "catalogue", goods.told)
        (found.unknown if known else found.stale).append(facts)


def _check_rule(booking: Booking, discount: Body, at: datetime, found: Versions) -> None:
    name, ver = text(discount, "rule"), whole(discount, "ver")
    rules = booking.catalogue.rules(booking.store).get(name)
    rule = None if rules is None else rules.versions.get(ver)
    if rules is None or rule is None:
        found.unknown.append({"rule": name, "ver": ver})
    elif not is_in_force(rule, at):
        known = knew(booking, "catalogue", rules.told)
        (found.unknown if known else found.stale).append({"rule": name, "ver": ver})
