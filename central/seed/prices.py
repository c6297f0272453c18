"""Price versions: what a thing cost before, costs today, and will cost from next month; prices for tiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from central.seed.calendar import ZONE, Calendar
from central.seed.dice import Dice
from central.seed.products import Variant


@dataclass(frozen=True, slots=True)
class PriceVersion:
    """One version of one price in đồng, in force in [valid_from, valid_to)."""

    product: str
    ver: int
    amount: int
    valid_from: datetime
    valid_to: datetime | None = None
    tier: str | None = None

    def is_in_force(self, at: datetime) -> bool:
        return self.valid_from <= at and (self.valid_to is None or at < self.valid_to)


def make_prices(seed: int, variants: tuple[Variant, ...], calendar: Calendar) -> tuple[PriceVersion, ...]:
    """All versions of all products; every variant of a style costs the same."""
    dice = Dice(seed, "prices")
    plans: dict[str, tuple[PriceVersion, ...]] = {}
    made: list[PriceVersion] = []
    for variant in variants:
        sku = variant.style.sku
        if sku not in plans:
            plans[sku] = _plan(variant, dice, calendar)
        made.extend(
            PriceVersion(variant.id, one.ver, one.amount, one.valid_from, one.valid_to, one.tier)
            for one in plans[sku]
        )
    return tuple(made)


def _plan(variant: Variant, dice: Dice, calendar: Calendar) -> tuple[PriceVersion, ...]:
    """Three styles in ten were dearer before, one in ten changes next month, one in twelve has tiers."""
    today = variant.style.price
    begin, changed = _midnight(date(calendar.today.year - 1, 1, 1)), None
    steps: list[tuple[int, datetime]] = []
    if variant.style.clearance or dice.happens(30):
        changed = _midnight(calendar.day(-dice.randint(30, 120)))
        steps.append((_nice(today * dice.randint(110, 160) // 100), begin))
    steps.append((today, changed or begin))
    if dice.happens(10):
        steps.append((_nice(today * dice.choice((85, 90, 110)) // 100), _midnight(calendar.next_month)))
    ends = [start for _, start in steps[1:]] + [None]
    plan = [
        PriceVersion(variant.id, ver, amount, start, end)
        for ver, ((amount, start), end) in enumerate(zip(steps, ends, strict=True), 1)
    ]
    if dice.happens(8) and not variant.style.clearance:
        gold, platinum = _nice(today * 95 // 100), _nice(today * 90 // 100)
        since = changed or begin
        plan += [
            PriceVersion(variant.id, len(plan) + 1, gold, since, None, "gold"),
            PriceVersion(variant.id, len(plan) + 2, platinum, since, None, "platinum"),
        ]
    return tuple(plan)


def current(prices: tuple[PriceVersion, ...], at: datetime) -> dict[str, PriceVersion]:
    """The shop price of each product in force at an instant."""
    return {one.product: one for one in prices if one.tier is None and one.is_in_force(at)}


def _nice(amount: int) -> int:
    """Down to …9.000, at least 9.000."""
    return max(9_000, (amount + 1_000) // 10_000 * 10_000 - 1_000)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)
