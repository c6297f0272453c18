"""Cash: rounding to what can be paid, quick amounts, and the notes that make up a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.errors import AmountRefused
from pos_app.domain.money import half_up

DENOMINATIONS = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200)
"""Notes and coins in đồng, as the blind count lists them."""

QUICK_STEPS = (10_000, 50_000, 100_000, 200_000, 500_000)

_SMALL_CHANGE: Mapping[int, tuple[int, ...]] = {
    2: (200,),
    3: (200,),
    4: (200, 200),
    5: (500,),
    6: (200, 200, 200),
    7: (500, 200),
    8: (200, 200, 200, 200),
    9: (500, 200, 200),
}
"""Below 1,000 đồng the largest note first does not always work out: 600 is three of 200."""


class RoundingMode(StrEnum):
    """`favour` rounds for the customer, `nearest` half up both ways."""

    FAVOUR = "favour"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class CashRounding:
    """To `step` đồng (1000, 500; 0 = off) when cash closes a sale (rules: Money, Cash rounding)."""

    step: int = 1000
    mode: RoundingMode = RoundingMode.FAVOUR

    def kept(self, cash_share: int) -> int:
        """Cash to keep for a share of ≥ 0 đồng: rounded down in `favour`."""
        return self._rounded(cash_share, up=False)

    def rounding(self, cash_share: int) -> int:
        """The line "Làm tròn": kept − share."""
        return self.kept(cash_share) - cash_share

    def refund_so_far(self, returned_share: int, kept: int) -> int:
        """Cash given back once `returned_share` of the share has been returned in all, never above `kept`."""
        return min(kept, self._rounded(returned_share, up=True))

    def refund(self, share_before: int, share: int, kept: int) -> int:
        """What the drawer gives for one more return of `share` đồng."""
        return self.refund_so_far(share_before + share, kept) - self.refund_so_far(share_before, kept)

    def _rounded(self, amount: int, *, up: bool) -> int:
        if self.step <= 1:
            return amount
        if self.mode is RoundingMode.NEAREST:
            return half_up(amount, self.step) * self.step
        return -(-amount // self.step) * self.step if up else amount // self.step * self.step


def quick_cash(due: int) -> tuple[int, ...]:
    """Amounts a customer is likely to hand over: exact, then the next 10/50/100/200/500 k, ascending."""
    if due <= 0:
        return ()
    return tuple(sorted({due, *(-(-due // step) * step for step in QUICK_STEPS)}))


def change_notes(change: int) -> list[int]:
    """Notes for a change, largest first: 37.000 → 20k 10k 5k 2k. What no note can pay is left out."""
    notes: list[int] = []
    for note in DENOMINATIONS:
        if note < 1_000:
            break
        count, change = divmod(change, note)
        notes += [note] * count
    return [*notes, *_SMALL_CHANGE.get(change // 100, ())]


def counted(denominations: Mapping[int, int]) -> int:
    """The worth of a count {denomination: pieces}. Raises AmountRefused for other notes or below 0."""
    for note, pieces in denominations.items():
        if note not in DENOMINATIONS or pieces < 0:
            raise AmountRefused(amount=note if note not in DENOMINATIONS else pieces, least=0, most=None)
    return sum(note * pieces for note, pieces in denominations.items())


def count_json(denominations: Mapping[int, int]) -> dict[str, int]:
    """A count as documents carry it: {"500000": 3}, empty places left out."""
    return {str(note): pieces for note, pieces in sorted(denominations.items(), reverse=True) if pieces}
