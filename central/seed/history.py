"""Two years of purchases: who bought what where, and what tier and points that left them with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from central.seed.calendar import ZONE, Calendar
from central.seed.customers import Customer
from central.seed.dice import Dice
from central.seed.handovers import HandedOver
from central.seed.prices import PriceVersion
from central.seed.products import Variant
from central.seed.receipts import CameBack, Sold
from central.seed.rhythm import DAYS, Rhythm
from central.seed.shelves import Shelves
from central.seed.standing import YEAR, tier_of
from central.seed.stores import STORES
from central.seed.vouchers import Voucher
from central.seed.wallet import Visit, Wallet
from pos_app.domain.tender import TenderKind

Receipt = Sold | CameBack
RETURN_DAYS: Final = 30
RETURNABLE: Final = 300
"""So many receipts of a shop at most are told to its tills."""

_SPEND: Final = {
    "member": (150_000, 3_000_000),
    "silver": (5_400_000, 7_200_000),
    "gold": (11_000_000, 19_000_000),
    "platinum": (31_500_000, 44_000_000),
}
"""Đồng that somebody of a tier means to spend in twelve months."""
_LINES: Final = {
    "member": ((1, 55), (2, 30), (3, 11), (4, 4)),
    "silver": ((1, 40), (2, 33), (3, 17), (4, 10)),
    "gold": ((1, 25), (2, 33), (3, 24), (4, 18)),
    "platinum": ((1, 15), (2, 28), (3, 30), (4, 27)),
}
_OVER: Final = 1_500_000
_EARLIER: Final = 60
"""Percent of a year's spend that the year before saw."""
_AT_HOME: Final = 80
_KNOWN: Final = 3
_BACK_BEFORE: Final = -45
_MONEY: Final = {TenderKind.CASH, TenderKind.TRANSFER, TenderKind.CARD, TenderKind.E_WALLET}


@dataclass(frozen=True, slots=True)
class History:
    """Receipts by time with their numbers, and the customers as their purchases have made them."""

    receipts: tuple[Receipt, ...]
    customers: tuple[Customer, ...]

    @property
    def sales(self) -> Iterator[Sold]:
        return (one for one in self.receipts if isinstance(one, Sold))

    @property
    def returns(self) -> Iterator[CameBack]:
        return (one for one in self.receipts if isinstance(one, CameBack))

    def returnable(self, calendar: Calendar) -> frozenset[str]:
        """Documents whose goods can still come back: the newest of each shop, by doc_id."""
        first = calendar.day(-RETURN_DAYS)
        found: dict[int, list[str]] = defaultdict(list)
        for one in reversed(self.receipts):
            if one.day < first:
                break
            shop = found[one.store]
            if isinstance(one, Sold) and len(shop) < RETURNABLE and one.may_come_back(calendar.today):
                shop.append(one.doc_id)
        return frozenset(doc_id for shop in found.values() for doc_id in shop)


class HistoryMaker:
    """Draws the years before today: customers first, then unknown people until there is what was wanted."""

    def __init__(
        self,
        seed: int,
        calendar: Calendar,
        best_first: tuple[Variant, ...],
        prices: tuple[PriceVersion, ...],
    ) -> None:
        self._dice = Dice(seed, "history")
        self._calendar = calendar
        self._rhythm = Rhythm(self._dice, calendar)
        self._shelves = Shelves(self._dice, best_first, prices)

    def make(
        self,
        customers: tuple[Customer, ...],
        cards: tuple[Voucher, ...],
        handovers: tuple[HandedOver, ...],
        wanted: int,
    ) -> History:
        """Plays every customer's visits in order; what was handed over counts as spend."""
        by_owner = {card.customer: card for card in cards}
        handed: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
        for done in handovers:
            handed[done.order.customer.id].append((done.at, done.total))
        receipts: list[Receipt] = []
        people = []
        for place, one in enumerate(customers):
            wallet = Wallet(self._dice, one, one.balance, by_owner.get(one.id), spend=handed[one.id])
            receipts += self._live(wallet, one, may_return=place >= _KNOWN)
            people.append(self._grown(one, wallet))
        while len(receipts) < wanted:
            receipts.append(Wallet(self._dice, None).buy(self._visit(-DAYS, -1, "member")))
        return History(_numbered(receipts), tuple(people))

    def _grown(self, one: Customer, wallet: Wallet) -> Customer:
        """What the visits did not bring was carried over when the customer joined."""
        tier = tier_of(wallet.year_before(datetime.combine(self._calendar.today, time(), ZONE)))
        opening = max(0, one.balance - wallet.points)
        return replace(one, tier=tier, balance=opening + wallet.points, opening=opening)

    # --- one customer --------------------------------------------------------------------------
    def _live(self, wallet: Wallet, one: Customer, *, may_return: bool) -> list[Receipt]:
        visits = sorted(self._visits(wallet, one), key=lambda visit: visit.at)
        done: list[Receipt] = []
        for place, visit in enumerate(visits):
            sold = wallet.buy(visit)
            done.append(sold)
            following = visits[place + 1].at if place + 1 < len(visits) else None
            back_at = self._back_at(sold, following) if may_return else None
            if back_at is not None:
                done.append(wallet.bring_back(sold, back_at))
        return done

    def _visits(self, wallet: Wallet, one: Customer) -> Iterator[Visit]:
        """Until the spend of each of the two years is about what the tier needs."""
        joined = (one.created_at.astimezone(ZONE).date() - self._calendar.today).days + 1
        target = self._dice.randint(*_SPEND[one.tier])
        home = self._dice.choice(STORES).no
        handed = sum(amount for _, amount in wallet.spend)
        yield from self._year((max(joined, -YEAR), -1), target - handed, one.tier, home)
        first, last = max(joined, -DAYS), -YEAR - 1
        if first < last:
            part = target * _EARLIER * (last - first) // (100 * YEAR)
            yield from self._year((first, last), part, one.tier, home)

    def _year(self, days: tuple[int, int], target: int, tier: str, home: int) -> Iterator[Visit]:
        spent, refused = 0, 0
        while spent < target and refused < 20:
            visit = self._visit(*days, tier, home)
            if spent + visit.total > target + _OVER:
                refused += 1
                continue
            spent += visit.total
            yield visit

    def _visit(self, first: int, last: int, tier: str, home: int = 0) -> Visit:
        at = self._rhythm.moment(first, last)
        store = home if home and self._dice.happens(_AT_HOME) else self._dice.choice(STORES).no
        return Visit(at, store, self._shelves.basket(at, self._dice.weighted(_LINES[tier])))

    def _back_at(self, sold: Sold, following: datetime | None) -> datetime | None:
        """One sale in fifty comes back, some days later and before the next visit; nothing of these days."""
        if not self._dice.happens(2) or len(sold.tenders) != 1 or sold.tenders[0].kind not in _MONEY:
            return None
        at = sold.at + timedelta(days=self._dice.randint(2, 7))
        too_late = at.date() > self._calendar.day(_BACK_BEFORE) or (following is not None and at >= following)
        return None if too_late or not sold.lines[0].line.return_days else at


def _numbered(receipts: list[Receipt]) -> tuple[Receipt, ...]:
    """By time; each shop's old till counts its own."""
    counts: dict[int, int] = defaultdict(int)
    numbered: list[Receipt] = []
    for one in sorted(receipts, key=lambda receipt: (receipt.at, receipt.doc_id)):
        counts[one.store] += 1
        numbered.append(replace(one, seq=counts[one.store]))
    return tuple(numbered)
