"""Arithmetic of đồng: rounding, percentages, spreading an amount over parts, and the VAT inside a price."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from pos_app.domain.errors import AmountRefused

WHOLE = 10_000
"""100 % in basis points."""

PIECE = 1000
"""One piece (or kilogram) in thousandths."""

EXEMPT = -1
"""The VAT rate of goods outside VAT ("không chịu thuế"). 0 is a rate of its own; both carry no tax."""


def half_up(a: int, b: int) -> int:
    """a / b rounded half away from zero, b > 0 (rules: Money)."""
    if b <= 0:
        raise AmountRefused(amount=b, least=1, most=None)
    return (2 * a + b) // (2 * b) if a >= 0 else -((-2 * a + b) // (2 * b))


def line_gross(unit_price: int, quantity: int) -> int:
    """Đồng for `quantity` thousandths at `unit_price` đồng each."""
    return half_up(unit_price * quantity, PIECE)


def label_quantity(amount: int, unit_price: int) -> int:
    """Thousandths behind a label with its price in the barcode; the label's amount stays the gross."""
    return half_up(amount * PIECE, unit_price)


def percent(amount: int, bp: int, max_amount: int | None = None) -> int:
    """`bp` basis points of `amount` đồng, at most `max_amount`. Raises AmountRefused outside 0…10000 bp."""
    if not 0 <= bp <= WHOLE:
        raise AmountRefused(amount=bp, least=0, most=WHOLE)
    part = half_up(amount * bp, WHOLE)
    return part if max_amount is None else min(part, max_amount)


def spread_runs(amount: int, parts: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Spread over runs of equal parts, each (đồng, count); answers per run its (share, count) pieces.

    Proportional, floored; the remaining đồng go one by one to the largest remainders, ties to the earlier
    part. Raises AmountRefused unless 0 ≤ amount ≤ the sum of the parts.
    """
    total = sum(value * count for value, count in parts)
    if not 0 <= amount <= total or any(value < 0 for value, _ in parts):
        raise AmountRefused(amount=amount, least=0, most=total)
    if amount == 0:
        return [[(0, count)] for _, count in parts]
    if len(parts) == 1:
        floor, more = divmod(amount, parts[0][1])
        return [[(floor + 1, more), (floor, parts[0][1] - more)] if more else [(floor, parts[0][1])]]
    floors = [divmod(amount * value, total) for value, _ in parts]
    left = amount - sum(floor * count for (floor, _), (_, count) in zip(floors, parts, strict=True))
    pieces = [[(floor, count)] for (floor, _), (_, count) in zip(floors, parts, strict=True)]
    order = iter(sorted(range(len(parts)), key=lambda i: -floors[i][1]))
    while left:
        place = next(order)
        floor, count = floors[place][0], parts[place][1]
        more = min(count, left)
        pieces[place] = [(floor + 1, more)] if more == count else [(floor + 1, more), (floor, count - more)]
        left -= more
    return pieces


def spread(amount: int, parts: Sequence[int]) -> list[int]:
    """Shares of `amount` đồng over `parts`, summing to it, none above its part (rules: Money, Spread)."""
    return [pieces[0][0] for pieces in spread_runs(amount, [(part, 1) for part in parts])]


def net(gross: int, rate_bp: int) -> int:
    """What remains of a VAT-inclusive amount without its tax."""
    return gross if rate_bp <= 0 else half_up(gross * WHOLE, WHOLE + rate_bp)


def vat_inside(gross: int, rate_bp: int) -> int:
    """The tax inside a VAT-inclusive amount, T(x); 0 for the rates 0 and EXEMPT."""
    return gross - net(gross, rate_bp)


class Taxed(Protocol):
    """Anything with an amount, a VAT rate in basis points and the tax inside the amount."""

    @property
    def amount(self) -> int: ...
    @property
    def vat_rate(self) -> int: ...
    @property
    def vat(self) -> int: ...


@dataclass(frozen=True, slots=True)
class VatRow:
    """One line of the VAT table: sums of the lines at one rate, in đồng."""

    rate: int
    gross: int
    net: int
    vat: int


def vat_table(lines: Iterable[Taxed]) -> tuple[VatRow, ...]:
    """Totals per rate, highest rate first, exempt goods last; per line, never recomputed from a total."""
    sums: dict[int, tuple[int, int]] = {}
    for line in lines:
        gross, tax = sums.get(line.vat_rate, (0, 0))
        sums[line.vat_rate] = (gross + line.amount, tax + line.vat)
    return tuple(
        VatRow(rate, gross, gross - tax, tax) for rate, (gross, tax) in sorted(sums.items(), reverse=True)
    )
