"""What people take: goods by season and rank, at the price of that day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from itertools import accumulate
from typing import Final

from central.seed.baskets import OrderLine
from central.seed.categories import BY_ID
from central.seed.dice import Dice
from central.seed.prices import PriceVersion
from central.seed.products import Variant
from pos_app.domain.money import PIECE, line_gross, percent

_CHEAP: Final = 120_000
_SEASONS: Final[dict[str, tuple[int, ...]]] = {
    "sandal-dep": (60, 80, 130, 170, 180, 170, 150, 130, 90, 70, 50, 50),
    "giay-cao-got": (140, 90, 120, 80, 80, 80, 80, 80, 90, 120, 130, 150),
    "ao-quan": (150, 90, 90, 90, 90, 90, 90, 100, 100, 110, 130, 150),
    "vay-dam": (150, 90, 130, 110, 110, 100, 90, 90, 90, 130, 120, 140),
    "my-pham": (120, 100, 160, 90, 100, 100, 90, 90, 90, 160, 120, 130),
}
"""Percent of a plain month, January to December."""
_SMALL_THINGS: Final = {"phu-kien": 90, "cham-soc-giay": 40, "my-pham": 40}
"""Bought more often than their number on the shelves says; in thousandths."""
_OFFS: Final = ((0, 74), (500, 6), (1000, 10), (1500, 5), (2000, 5))


class Shelves:
    """Draws baskets of past days; best sellers are taken more often."""

    def __init__(self, dice: Dice, best_first: tuple[Variant, ...], prices: tuple[PriceVersion, ...]) -> None:
        self._dice = dice
        self._goods: dict[str, list[Variant]] = defaultdict(list)
        for variant in best_first:
            self._goods[variant.style.category.id].append(variant)
        self._kinds = list(self._goods)
        self._shares = [self._shares_of(month) for month in range(12)]
        self._prices: dict[str, list[PriceVersion]] = defaultdict(list)
        for one in prices:
            if one.tier is None:
                self._prices[one.product].append(one)

    def _shares_of(self, month: int) -> list[int]:
        return list(
            accumulate(
                _SMALL_THINGS.get(kind, BY_ID[kind].share)
                * (_SEASONS[kind][month] if kind in _SEASONS else 100)
                for kind in self._kinds
            )
        )

    def basket(self, at: datetime, wanted: int) -> tuple[OrderLine, ...]:
        """Up to `wanted` lines; one in four baskets has a percentage off, whose rule is long over."""
        picks = {one.id: one for one in (self._pick(at.month - 1) for _ in range(wanted))}
        off = self._dice.weighted(_OFFS)
        return tuple(self._line(no, one, at, off) for no, one in enumerate(picks.values(), 1))

    def _pick(self, month: int) -> Variant:
        kind = self._dice.choices(self._kinds, cum_weights=self._shares[month])[0]
        goods = self._goods[kind]
        return goods[int(len(goods) * self._dice.random() ** 2)]

    def _line(self, no: int, variant: Variant, at: datetime, off: int) -> OrderLine:
        price = self._price(variant.id, at)
        pieces = 2 if price.amount < _CHEAP and self._dice.happens(40) else 1
        gross = line_gross(price.amount, pieces * PIECE)
        amount = gross - percent(gross, off)
        return OrderLine(
            no, variant, pieces * PIECE, price.amount, price.ver, amount, handed=pieces * PIECE
        )  # fmt: skip

    def _price(self, product: str, at: datetime) -> PriceVersion:
        """The version of that day; before the first one its amount was asked already."""
        versions = self._prices[product]
        for one in reversed(versions):
            if one.valid_from <= at:
                return one
        return versions[0]


def vat_rate_then(line: OrderLine, day: date) -> int:
    """Basis points; days before the rates on record had the first of them."""
    rates = line.product.style.category.vat
    text = day.isoformat()
    return int(next((one["rate"] for one in reversed(rates) if one["from"] <= text), rates[0]["rate"]))
