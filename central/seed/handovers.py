"""What was handed over before the story begins: the facts that a hand-over document would have booked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from central.seed.baskets import OrderLine
from central.seed.calendar import ZONE, instant, unix_ms
from central.seed.colours import HEX
from central.seed.dice import Dice
from central.seed.orders import Order
from central.seed.stores import BY_NO
from pos_app.domain import points
from pos_app.domain.cash import CashRounding
from pos_app.domain.customer import short_name
from pos_app.domain.money import vat_inside
from pos_app.domain.receipt_number import receipt_number
from pos_app.domain.tender import Tender, TenderKind

OFFICE_TILL: Final = 0
"""The till number in the receipt numbers of the office."""


@dataclass(frozen=True, slots=True)
class HandedLine:
    """One line that went over the counter; quantity in thousandths, đồng, basis points."""

    line: OrderLine
    vat_rate: int
    vat: int
    return_until: str | None


@dataclass(frozen=True, slots=True)
class HandedOver:
    """One hand-over. `at` is its instant, `total` what its lines cost, `earned` whole points."""

    doc_id: str
    seq: int
    order: Order
    at: datetime
    receipt_no: str
    hash10: str
    staff: int
    lines: tuple[HandedLine, ...]
    tenders: tuple[Tender, ...]
    rounding: int
    tier_percent: int
    earned: int

    @property
    def total(self) -> int:
        return sum(line.line.amount for line in self.lines)

    @property
    def business_date(self) -> str:
        return self.at.astimezone(ZONE).date().isoformat()

    def body(self, till: str) -> dict[str, Any]:
        """The unchanging part of the item in the `sales` feed."""
        customer = self.order.customer
        return {
            "doc_id": self.doc_id,
            "till": till,
            "epoch": 1,
            "seq": self.seq,
            "store": self.order.store,
            "receipt_no": self.receipt_no,
            "kind": "handover",
            "business_date": self.business_date,
            "wall": instant(self.at),
            "hash10": self.hash10,
            "customer": customer.id,
            "customer_name": short_name(customer.name),
            "order": self.order.order,
            "channel": "web",
            "lines": [line_body(line) for line in self.lines],
            "tenders": [tender.to_json() for tender in self.tenders],
            "rounding": self.rounding,
            "total": self.total,
            "tier_percent": self.tier_percent,
            "web_credited": self.order.web_credited,
            "points_earned": self.earned,
        }


def line_body(handed: HandedLine) -> dict[str, Any]:
    """A line of the `sales` feed."""
    line = handed.line
    body: dict[str, Any] = {
        "no": line.no,
        "product": line.product.id,
        "name": line.product.name,
        "variant": line.product.words,
        "category": line.product.style.category.id,
        "quantity": line.handed,
        "unit": line.product.style.unit,
        "amount": line.amount,
        "vat_rate": handed.vat_rate,
        "vat": handed.vat,
    }
    if line.product.colour:
        body["colour"] = HEX[line.product.colour]
    if line.product.size:
        body["size"] = line.product.size
    if handed.return_until is not None:
        body["return_until"] = handed.return_until
    if line.no_return is not None:
        body["no_return"] = line.no_return
    if line.gift_of is not None:
        body |= {"gift_of": line.gift_of, "gift_value": line.product.style.price}
    return body


def make_handovers(seed: int, orders: tuple[Order, ...]) -> tuple[HandedOver, ...]:
    """One for each order of which something was handed over, in the order of their times."""
    dice = Dice(seed, "handovers")
    taken = [order for order in orders if any(line.handed for line in order.lines)]
    timed = sorted(((_when(order, dice), order) for order in taken), key=lambda one: (one[0], one[1].order))
    return tuple(_handover(seq, order, at, dice) for seq, (at, order) in enumerate(timed, 1))


def _when(order: Order, dice: Dice) -> datetime:
    """Shortly before the promise ran out; a part was fetched the day after the order was placed."""
    if order.handover == "part":
        return order.placed_at + timedelta(hours=14, minutes=dice.randrange(50))
    return order.promised_by - timedelta(minutes=dice.randint(5, 100))


def _handover(seq: int, order: Order, at: datetime, dice: Dice) -> HandedOver:
    day = at.astimezone(ZONE).date()
    lines = []
    for line in order.lines:
        if line.handed:
            rate = line.vat_rate(day)
            until = (day + timedelta(days=line.return_days)).isoformat() if line.return_days else None
            lines.append(HandedLine(line, rate, vat_inside(line.amount, rate), until))
    tenders, rounding = _tenders(order, sum(one.line.amount for one in lines), dice)
    percent = points.tier_percent(order.customer.tier)
    return HandedOver(
        doc_id=dice.uuid7(unix_ms(at)),
        seq=seq,
        order=order,
        at=at,
        receipt_no=receipt_number(BY_NO[order.store].code, OFFICE_TILL, 1, seq),
        hash10=dice.randbytes(10).hex(),
        staff=dice.choice({1: (1, 2, 3), 2: (7, 8), 3: (9,)}[order.store]),
        lines=tuple(lines),
        tenders=tenders,
        rounding=rounding,
        tier_percent=percent,
        earned=points.earned_by(tenders, rounding, percent, web_credited=order.web_credited),
    )


def _tenders(order: Order, total: int, dice: Dice) -> tuple[tuple[Tender, ...], int]:
    """What was paid before, as far as these lines cost it, and the rest at the counter."""
    tenders, left = [], total
    for one in order.prepaid:
        via = None if one.via is None else TenderKind(one.via)
        amount = min(one.amount, left)
        tenders.append(Tender(one.no, TenderKind(one.kind), amount, reference=one.reference, via=via))
        left -= amount
    if not left:
        return tuple(tenders), 0
    no = len(tenders) + 1
    if dice.happens(50):
        tenders.append(Tender(no, TenderKind.CARD, left, reference=f"{dice.randrange(10**6):06d}"))
        return tuple(tenders), 0
    kept = CashRounding().kept(left)
    tenders.append(Tender(no, TenderKind.CASH, kept, tendered=kept, change=0))
    return tuple(tenders), kept - left
