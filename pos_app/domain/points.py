"""Loyalty points: what money earns, what points pay, and how they follow the money back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pos_app.domain.money import WHOLE
from pos_app.domain.tender import Tender, TenderKind

POINT_WORTH = 500
"""Đồng that one point pays."""

TIER_PERCENT: Mapping[str, int] = {"member": 100, "silver": 100, "gold": 150, "platinum": 200}

_EARNING = frozenset(
    {
        TenderKind.CASH,
        TenderKind.TRANSFER,
        TenderKind.CARD,
        TenderKind.E_WALLET,
        TenderKind.STORE_CREDIT,
    }
)
_PER_POINT = 1_000_000
"""10,000 đồng a point, times 100 for the tier's percent."""


def tier_percent(tier: str | None, percents: Mapping[str, int] = TIER_PERCENT) -> int:
    """100, 150 or 200; an unknown tier earns like the lowest."""
    return percents.get(tier or "", 100)


def earning_base(amounts: Iterable[tuple[TenderKind, int]], *, web_credited: bool) -> int:
    """E in đồng: cash by its share before rounding; `paid_online` only if the web did not credit it."""
    return sum(
        amount
        for kind, amount in amounts
        if kind in _EARNING or (kind is TenderKind.PAID_ONLINE and not web_credited)
    )


def points_of(base: int, percent: int) -> int:
    """floor(E × m / 1,000,000) whole points; one floor (rules: Points)."""
    return base * percent // _PER_POINT


def earned(
    amounts: Mapping[TenderKind, int] | Iterable[tuple[TenderKind, int]],
    percent: int,
    *,
    web_credited: bool = True,
) -> int:
    """Points for amounts by kind (cash = its share before rounding) at a tier's percent."""
    pairs = amounts.items() if isinstance(amounts, Mapping) else amounts
    return points_of(earning_base(pairs, web_credited=web_credited), percent)


def earned_by(tenders: Iterable[Tender], rounding: int, percent: int, *, web_credited: bool = True) -> int:
    """Points for a document's tenders: rounding is taken out of the cash, deposits count as their kind."""
    amounts = [(tender.stands_as, tender.amount) for tender in tenders]
    return earned([*amounts, (TenderKind.CASH, -rounding)], percent, web_credited=web_credited)


def worth(points: int) -> int:
    """Đồng that so many points pay."""
    return points * POINT_WORTH


def points_for(amount: int) -> int:
    """Whole points that fit into `amount` đồng (down)."""
    return max(amount, 0) // POINT_WORTH


@dataclass(frozen=True, slots=True)
class OfflineCap:
    """Caps of protocol §11: `most` đồng and `share_bp` of the snapshot's worth."""

    most: int = 200_000
    share_bp: int = 5_000

    def on(self, balance: int) -> int:
        """Đồng that a snapshot of so many points may pay."""
        return min(self.most, worth(max(balance, 0)) * self.share_bp // WHOLE)


def spendable(
    balance: int, due: int, spent_since: int = 0, cap: OfflineCap | None = None, counted: int = 0
) -> int:
    """Whole points a customer may spend on `due` đồng now.

    `balance` is what is shown; `spent_since` are points spent here since the snapshot. With a `cap` (offline)
    `balance` is the snapshot's and min(cap, share of it) − spent since is the limit, less `counted`: points
    that the snapshot contains and that count as one with these (protocol §11).
    """
    left = balance - spent_since
    if cap is not None:
        limit = points_for(cap.on(balance))
        left = min(left, limit - spent_since - counted)
    return max(min(left, points_for(due)), 0)
