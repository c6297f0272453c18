"""One customer's way through the years: points, tier, store credit and a gift card, visit by visit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from central.seed.baskets import OrderLine
from central.seed.calendar import unix_ms
from central.seed.customers import Customer
from central.seed.dice import Dice
from central.seed.handovers import HandedLine
from central.seed.receipts import CameBack, Sold
from central.seed.shelves import vat_rate_then
from central.seed.standing import YEAR, tier_of
from central.seed.vouchers import Voucher
from pos_app.domain import points
from pos_app.domain.cash import CashRounding
from pos_app.domain.money import vat_inside
from pos_app.domain.tender import Tender, TenderKind

SELLERS: Final = {1: (1, 2, 3), 2: (7, 8), 3: (9,)}
_MONEY: Final = (
    (TenderKind.CASH, 40), (TenderKind.TRANSFER, 38), (TenderKind.CARD, 15), (TenderKind.E_WALLET, 7),
)  # fmt: skip
_ROUNDING: Final = CashRounding()
_SPENDS_ANYWAY: Final = 6


@dataclass(frozen=True, slots=True)
class Visit:
    """What was taken, where and when."""

    at: datetime
    store: int
    lines: tuple[OrderLine, ...]

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)


@dataclass(slots=True)
class Wallet:
    """Everything a customer holds while the visits are played in order; None = somebody unknown.

    `most_points` is where a customer begins to spend them.
    """

    dice: Dice
    customer: Customer | None
    most_points: int = 0
    card: Voucher | None = None
    points: int = 0
    spend: list[tuple[datetime, int]] = field(default_factory=list)
    credits: list[tuple[str, int]] = field(default_factory=list)
    card_left: int = 0

    def __post_init__(self) -> None:
        self.card_left = 0 if self.card is None else self.card.value

    def year_before(self, at: datetime) -> int:
        """Đồng spent in the twelve months before that day."""
        day = at.date()
        first = day - timedelta(days=YEAR)
        return sum(amount for when, amount in self.spend if first <= when.date() < day)

    def buy(self, visit: Visit) -> Sold:
        """Pays for a visit and books what it earns."""
        percent = 100
        if self.customer is not None:
            percent = points.tier_percent(tier_of(self.year_before(visit.at)))
        tenders, rounding = self._pay(visit, percent)
        earned = 0
        if self.customer is not None and self.customer.staff is None:
            earned = points.earned_by(tenders, rounding, percent)
        self.points += earned
        self.spend.append((visit.at, visit.total))
        return Sold(
            doc_id=self.dice.uuid7(unix_ms(visit.at)),
            store=visit.store,
            at=visit.at,
            staff=self.dice.choice(SELLERS[visit.store]),
            customer=None if self.customer is None else (self.customer.id, self.customer.name),
            lines=tuple(_handed(line, visit.at) for line in visit.lines),
            tenders=tenders,
            rounding=rounding,
            tier_percent=percent,
            earned=earned,
            hash10=self.dice.randbytes(10).hex(),
        )

    def bring_back(self, sold: Sold, at: datetime) -> CameBack:
        """The first line for store credit; the sale was paid by one tender that earned points."""
        assert self.customer is not None
        line = sold.lines[0]
        left = sold.total - line.line.amount
        taken_back = sold.earned - points.points_of(left, sold.tier_percent) if sold.earned else 0
        back = CameBack(
            doc_id=self.dice.uuid7(unix_ms(at)),
            sold=sold.doc_id,
            store=sold.store,
            at=at,
            staff=self.dice.choice(SELLERS[sold.store]),
            customer=(self.customer.id, self.customer.name),
            line=line,
            taken_back=taken_back,
        )
        self.points -= taken_back
        self.spend.append((at, -back.amount))
        self.credits.append((back.doc_id, back.amount))
        return back

    # --- paying --------------------------------------------------------------------------------
    def _pay(self, visit: Visit, percent: int) -> tuple[tuple[Tender, ...], int]:
        """Points, gift card and store credit first; the rest by one kind of money."""
        tenders: list[Tender] = []
        left = visit.total
        for kind, amount, reference in self._held(visit, percent):
            taken = min(amount, left)
            if taken > 0:
                tenders.append(Tender(len(tenders) + 1, kind, taken, reference=reference))
                left -= taken
                self._take(kind, taken, reference)
        if left == 0:
            return tuple(tenders), 0
        kind = self.dice.weighted(_MONEY)
        no = len(tenders) + 1
        if kind is TenderKind.CASH:
            kept = _ROUNDING.kept(left)
            return (*tenders, Tender(no, kind, kept, tendered=kept, change=0)), kept - left
        state = "confirmed" if kind is TenderKind.TRANSFER else None
        reference = f"{self.dice.randrange(10**6):06d}"
        return (*tenders, Tender(no, kind, left, reference=reference, state=state)), 0

    def _held(self, visit: Visit, percent: int) -> Iterator[tuple[TenderKind, int, str | None]]:
        if self.customer is None:
            return
        spent = self._points_for(visit.total, percent)
        if spent:
            yield TenderKind.POINTS, points.worth(spent), None
        card = self.card
        if card is not None and self.card_left and card.issued_at < visit.at and self.dice.happens(40):
            yield TenderKind.STORED_VALUE, self.card_left, str(card.serial)
        if self.credits and self.dice.happens(45):
            account, amount = self.credits[0]
            yield TenderKind.STORE_CREDIT, amount, account

    def _points_for(self, total: int, percent: int) -> int:
        """At most half the receipt; somebody who would hold more than they are used to spends."""
        most = min(self.points, points.points_for(total // 2))
        would_hold = self.points + points.points_of(total, percent)
        if would_hold > self.most_points or (most >= 20 and self.dice.happens(_SPENDS_ANYWAY)):
            return most
        return 0

    def _take(self, kind: TenderKind, amount: int, reference: str | None) -> None:
        if kind is TenderKind.POINTS:
            self.points -= points.points_for(amount)
        elif kind is TenderKind.STORED_VALUE:
            self.card_left -= amount
        elif reference is not None:
            left = self.credits[0][1] - amount
            self.credits = [(reference, left), *self.credits[1:]] if left else self.credits[1:]


def _handed(line: OrderLine, at: datetime) -> HandedLine:
    day = at.date()
    rate = vat_rate_then(line, day)
    until = (day + timedelta(days=line.return_days)).isoformat() if line.return_days else None
    return HandedLine(line, rate, vat_inside(line.amount, rate), until)
