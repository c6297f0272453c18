"""What people put into an online order: lines at that day's prices, a discount spread over them, a gift."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from central.seed.campaigns import KEY_RING
from central.seed.dice import Dice
from central.seed.prices import PriceVersion
from central.seed.products import CLEARANCE, Variant
from pos_app.domain.money import PIECE, line_gross, percent, spread

GIFT_FROM: Final = 800_000
GIFT_RULE: Final = "WEB-QUA"
_TRIED_FROM: Final = 200_000


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line; quantity, handed and refused in thousandths, amount in đồng after discounts."""

    no: int
    product: Variant
    quantity: int
    unit_price: int
    price_ver: int
    amount: int
    gift_of: str | None = None
    handed: int = 0
    refused: int = 0

    @property
    def gross(self) -> int:
        return line_gross(self.unit_price, self.quantity)

    @property
    def return_days(self) -> int:
        return 0 if self.product.style.clearance else self.product.style.category.return_days

    @property
    def no_return(self) -> str | None:
        return CLEARANCE if self.product.style.clearance else None

    def vat_rate(self, day: date) -> int:
        """Basis points in force on that day."""
        text = day.isoformat()
        rates = self.product.style.category.vat
        return int(
            next(one["rate"] for one in rates if one["from"] <= text and text <= one.get("to", "9999-12-31"))
        )


@dataclass(frozen=True, slots=True)
class BasketMaker:
    """Draws baskets out of the goods, best sellers first. `prices`: today's, as of the orders' days."""

    dice: Dice
    variants: tuple[Variant, ...]
    prices: dict[str, PriceVersion]

    def make(self, is_large: bool) -> tuple[tuple[OrderLine, ...], int]:
        """The lines and the discount (đồng) that their amounts already carry."""
        wanted = (
            self.dice.randint(4, 7) if is_large else self.dice.weighted(((1, 30), (2, 35), (3, 22), (4, 13)))
        )
        picks = [self._pick() for _ in range(wanted)]
        goods = {one.id: one for one in picks}.values()
        lines = [self._line(no, variant) for no, variant in enumerate(goods, 1)]
        sums = sum(line.gross for line in lines)
        discount = self._discount(sums)
        lines = discounted(lines, discount)
        if sums >= GIFT_FROM and self.dice.happens(40):
            lines.append(self.gift(len(lines) + 1))
        return tuple(lines), discount

    def to_try(self, wanted: int) -> tuple[OrderLine, ...]:
        """Different dear goods, one piece each, at their plain price."""
        goods: dict[str, Variant] = {}
        while len(goods) < wanted:
            variant = self._pick()
            if variant.style.price >= _TRIED_FROM:
                goods[variant.id] = variant
        return tuple(self._line(no, variant, 1) for no, variant in enumerate(goods.values(), 1))

    def known(self, wanted: tuple[tuple[str, str, str, int], ...], discount: int) -> tuple[OrderLine, ...]:
        """A named basket: (sku, colour, size, pieces) each, with its gift."""
        lines = []
        for no, (sku, colour, size, pieces) in enumerate(wanted, 1):
            variant = next(
                one for one in self.variants if (one.style.sku, one.colour, one.size) == (sku, colour, size)
            )
            lines.append(self._line(no, variant, pieces))
        return (*discounted(lines, discount), self.gift(len(lines) + 1))

    def gift(self, no: int) -> OrderLine:
        """A key ring at 0 đ."""
        variant = next(one for one in self.variants if one.style.sku == KEY_RING)
        return OrderLine(no, variant, PIECE, 0, self.prices[variant.id].ver, 0, gift_of=GIFT_RULE)

    def _pick(self) -> Variant:
        """Best sellers are bought more often."""
        return self.variants[int(len(self.variants) * self.dice.random() ** 2)]

    def _line(self, no: int, variant: Variant, pieces: int = 0) -> OrderLine:
        price = self.prices[variant.id]
        count = pieces or (2 if variant.style.price < 120_000 and self.dice.happens(40) else 1)
        quantity = count * PIECE
        return OrderLine(
            no, variant, quantity, price.amount, price.ver, line_gross(price.amount, quantity)
        )  # fmt: skip

    def _discount(self, sums: int) -> int:
        if self.dice.happens(60):
            return 0
        if self.dice.happens(40):
            return percent(sums, 1000, 150_000)
        return 100_000 if sums >= 1_000_000 else 50_000 if sums >= 300_000 else 0


def discounted(lines: list[OrderLine], discount: int) -> list[OrderLine]:
    """The discount spread over the lines as the rules say."""
    shares = spread(discount, [line.amount for line in lines])
    return [replace(line, amount=line.amount - share) for line, share in zip(lines, shares, strict=True)]
