"""Automatic promotions as data: when one applies, to which goods, and what it takes off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from pos_app.domain.product_set import EVERYTHING, ProductSet
from pos_app.domain.units import group_discounts
from pos_app.domain.validity import begins, ends, is_within

__all__ = ["Component", "Moment", "Promotion", "PromotionKind", "group_discounts"]


class PromotionKind(StrEnum):
    """What a promotion does; `percent`, `amount` and `threshold` act on all eligible units at once."""

    PERCENT = "percent"
    AMOUNT = "amount"
    NTH_ITEM = "nth_item"
    BUY_N_GET_M = "buy_n_get_m"
    BUNDLE = "bundle"
    THRESHOLD = "threshold"


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a bundle: so many pieces out of a set of goods."""

    products: ProductSet
    quantity: int = 1


STORE: Final = "store"
PICKUP: Final = "pickup"
"""Channels a promotion may be for: the counter, and what is bought along when an online order is fetched."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a promotion's conditions look at: local time, the customer's facts and the channel."""

    at: datetime
    tier: str | None = None
    birthday: tuple[int, int] | None = None
    channel: str = STORE


@dataclass(frozen=True, slots=True)
class Promotion:
    """One version of one rule. Lower `priority` acts first, then the smaller id (rules: Price of a cart, 2).

    `weekdays` are ISO (1 = Monday), `hours` are minutes of the local day [from, to); empty means always.
    `threshold` is the spend in đồng that brings `amount`, `percent_bp` or the first of `gifts` in stock;
    `price` is a bundle's fixed price; n-th item uses `n` and `percent_bp`, buy-N-get-M `n` and `m`.
    """

    id: str
    ver: int
    name: str
    kind: PromotionKind
    explanation: str = ""
    priority: int = 100
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    weekdays: frozenset[int] = frozenset()
    hours: tuple[tuple[int, int], ...] = ()
    tiers: frozenset[str] = frozenset()
    birthday_days: int | None = None
    channel: str | None = None
    exclusive: bool = False
    max_amount: int | None = None
    products: ProductSet = EVERYTHING
    n: int = 0
    m: int = 0
    percent_bp: int = 0
    amount: int = 0
    price: int = 0
    threshold: int = 0
    components: tuple[Component, ...] = ()
    gifts: tuple[str, ...] = ()

    def applies(self, moment: Moment) -> bool:
        """Whether date, weekday, hour, tier, birthday and channel allow it; `moment.at` is local time."""
        at = moment.at
        if not is_within(at, self.valid_from, self.valid_to):
            return False
        if self.weekdays and at.isoweekday() not in self.weekdays:
            return False
        minute = at.hour * 60 + at.minute
        if self.hours and not any(_within(minute, begin, end) for begin, end in self.hours):
            return False
        if self.tiers and moment.tier not in self.tiers:
            return False
        if self.channel is not None and self.channel != moment.channel:
            return False
        return self.birthday_days is None or near_birthday(moment.birthday, at.date(), self.birthday_days)

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Promotion:
        """Reads a catalogue item; unknown fields are ignored, an unknown kind raises ValueError."""
        numbers = ("priority", "birthday_days", "max_amount", "n", "m", "percent_bp", "amount", "price")
        plain = (*numbers, "threshold", "explanation", "channel", "exclusive")
        return cls(
            id=str(body["id"]),
            ver=body["ver"],
            name=body["name"],
            kind=PromotionKind(body["kind"]),
            valid_from=begins(body.get("from")),
            valid_to=ends(body.get("to")),
            weekdays=frozenset(body.get("weekdays") or ()),
            hours=tuple((begin, end) for begin, end in body.get("hours") or ()),
            tiers=frozenset(body.get("tiers") or ()),
            products=ProductSet.from_json(body.get("products")),
            components=tuple(
                Component(ProductSet.from_json(item.get("products")), item.get("quantity", 1))
                for item in body.get("components") or ()
            ),
            gifts=tuple(body.get("gifts") or ()),
            **{name: body[name] for name in plain if name in body},
        )


def near_birthday(birthday: tuple[int, int] | None, day: date, days: int) -> bool:
    """Whether (month, day) lies within ± `days` of `day`, also over New Year; 29/2 counts as 28/2."""
    if birthday is None:
        return False
    month, day_of_month = birthday if birthday != (2, 29) else (2, 28)
    around = (date(day.year + shift, month, day_of_month) for shift in (-1, 0, 1))
    return any(abs(candidate - day) <= timedelta(days=days) for candidate in around)


def _within(minute: int, begin: int, end: int) -> bool:
    """A window such as 22:00–02:00 runs over midnight."""
    return begin <= minute < end if begin <= end else minute >= begin or minute < end
