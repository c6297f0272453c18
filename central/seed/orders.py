"""Online orders waiting at the shops, in every state of payment, preparation and hand-over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from central.seed.baskets import BasketMaker, OrderLine
from central.seed.calendar import Calendar, unix_ms
from central.seed.customers import Customer
from central.seed.dice import Dice, Serials
from central.seed.stores import ORDER_PREFIX, STORES

Payment = Literal["paid", "part", "due"]
Preparation = Literal["new", "picking", "ready"]
Handover = Literal["none", "part", "done", "expired", "cancelled"]
State = tuple[Payment, Preparation, Handover]

FIRST_ORDER: Final = 48_001
KNOWN_ORDER: Final = 48_207
KNOWN_PIN: Final = "4802"
PIN_FROM: Final = 2_000_000
IDENTITY_FROM: Final = 5_000_000

STATES: Final[tuple[tuple[State, int], ...]] = (
    (("paid", "ready", "none"), 32),
    (("due", "ready", "none"), 20),
    (("part", "ready", "none"), 8),
    (("paid", "picking", "none"), 6),
    (("due", "picking", "none"), 3),
    (("part", "picking", "none"), 2),
    (("paid", "new", "none"), 5),
    (("due", "new", "none"), 3),
    (("part", "new", "none"), 1),
    (("paid", "ready", "part"), 3),
    (("paid", "ready", "done"), 7),
    (("due", "ready", "done"), 3),
    (("part", "ready", "done"), 1),
    (("due", "ready", "expired"), 2),
    (("paid", "ready", "expired"), 1),
    (("paid", "ready", "cancelled"), 1),
    (("due", "picking", "cancelled"), 1),
    (("due", "new", "cancelled"), 1),
)


@dataclass(frozen=True, slots=True)
class Prepaid:
    """Money paid before: `paid_online`, or a `deposit` that came in by the tender `via`."""

    no: int
    kind: Literal["paid_online", "deposit"]
    amount: int
    reference: str
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """One order. `payment` is what was paid before the hand-over; `pin` is the customer's, never stored.

    With `reserved_until` it is a reservation: goods to be tried on, laid aside until that instant.
    """

    order: int
    store: int
    customer: Customer
    placed_at: datetime
    promised_by: datetime
    payment: Payment
    preparation: Preparation
    handover: Handover
    lines: tuple[OrderLine, ...]
    discount: int
    prepaid: tuple[Prepaid, ...]
    serial: int
    shelf: str | None
    pin: str | None
    pin_salt: str
    identity_check: bool
    web_credited: bool
    reserved_until: datetime | None = None

    @property
    def number(self) -> str:
        return f"{ORDER_PREFIX}-{self.order}"

    @property
    def total(self) -> int:
        """Đồng after discounts."""
        return sum(line.amount for line in self.lines)

    @property
    def amount_due(self) -> int:
        """Đồng still to pay before the hand-over."""
        return self.total - sum(one.amount for one in self.prepaid)

    @property
    def valid_until(self) -> datetime:
        """The pickup code's last day: a week after the promise, or the day of the appointment."""
        return self.reserved_until or self.promised_by + timedelta(days=7)

    @property
    def pin_verifier(self) -> dict[str, str] | None:
        """{salt, hash} of the feed, or none."""
        if self.pin is None:
            return None
        digest = hashlib.sha256(bytes.fromhex(self.pin_salt) + self.pin.encode()).hexdigest()
        return {"salt": self.pin_salt, "hash": digest}


@dataclass(frozen=True, slots=True)
class OrderMaker:
    """Draws the orders of all shops."""

    dice: Dice
    serials: Serials
    calendar: Calendar
    customers: tuple[Customer, ...]
    baskets: BasketMaker

    def make(self, wanted: int) -> tuple[Order, ...]:
        """`wanted` orders, the shops in turn, numbers in the order of placing; MN-48207 is always there."""
        states = [self._states(wanted) for _ in STORES]
        plans = []
        for place in range(wanted):
            store = place % len(STORES)
            plans.append((STORES[store].no, states[store].pop()))
        orders = sorted(
            (self._one(store, state) for store, state in plans), key=lambda one: (one.placed_at, one.serial)
        )
        numbered = [replace(order, order=FIRST_ORDER + place) for place, order in enumerate(orders)]
        place = min(KNOWN_ORDER - FIRST_ORDER, wanted - 1)
        numbered[place] = self._known(numbered[place])
        return tuple(_with_references(order) for order in numbered)

    def _states(self, wanted: int) -> list[State]:
        """The states of one shop's orders in the proportions of STATES, each at least once if it fits."""
        count = -(-wanted // len(STORES))
        total = sum(share for _, share in STATES)
        states = [state for state, share in STATES for _ in range(max(1, share * count // total))]
        while len(states) < count:
            states.append(STATES[0][0])
        states = states[-count:]
        self.dice.shuffle(states)
        return states

    def _one(self, store: int, state: State) -> Order:
        payment, preparation, handover = state
        lines, discount = self.baskets.make(is_large=self.dice.happens(8))
        total = sum(line.amount for line in lines)
        placed, promised = self._times(preparation, handover)
        wants_pin = total >= PIN_FROM or self.dice.happens(15)
        return Order(
            order=0,
            store=store,
            customer=self.dice.choice(self.customers),
            placed_at=placed,
            promised_by=promised,
            payment=payment,
            preparation=preparation,
            handover=handover,
            lines=self._handed(lines, handover),
            discount=discount,
            prepaid=self._prepaid(payment, total, placed),
            serial=self.serials.draw(),
            shelf=f"N-{self.dice.randint(1, 24):02d}" if preparation == "ready" else None,
            pin=f"{self.dice.randrange(10_000):04d}" if wants_pin else None,
            pin_salt=self.dice.randbytes(16).hex(),
            identity_check=total >= IDENTITY_FROM or self.dice.happens(3),
            web_credited=self.dice.happens(30),
        )

    def _known(self, place_of: Order) -> Order:
        """The order of the pickup picture, at the first shop, promised for six o'clock today."""
        lines = self.baskets.known(
            (
                ("GTT-4077", "Trắng ngà", "39", 1),
                ("BLV-6015", "Đen", "", 1),
                ("SDL-3311", "Xám", "40", 2),
            ),
            discount=100_000,
        )
        return replace(
            place_of,
            order=KNOWN_ORDER,
            store=STORES[0].no,
            customer=self.customers[1],
            placed_at=self.calendar.at(-2, 21, 14),
            promised_by=self.calendar.at(0, 18),
            payment="paid",
            preparation="ready",
            handover="none",
            lines=lines,
            discount=100_000,
            prepaid=(Prepaid(1, "paid_online", sum(line.amount for line in lines), ""),),
            shelf="N-07",
            pin=KNOWN_PIN,
            identity_check=False,
            web_credited=False,
        )

    def _times(self, preparation: Preparation, handover: Handover) -> tuple[datetime, datetime]:
        """When it was placed and by when it was promised; open ones around today, closed ones before."""
        if handover in ("done", "cancelled", "expired"):
            placed = self.calendar.at(
                -self.dice.randint(6, 12), self.dice.randint(8, 22), self.dice.randrange(60)
            )
            return placed, self.calendar.at(-self.dice.randint(3, 5), self.dice.randint(10, 21))
        if preparation == "ready":
            newest = 2 if handover == "part" else 1
            placed = self.calendar.at(
                -self.dice.randint(newest, 4), self.dice.randint(8, 22), self.dice.randrange(60)
            )
            return placed, self.calendar.at(
                self.dice.weighted(((0, 55), (1, 35), (2, 10))), self.dice.randint(10, 21)
            )
        placed = self.calendar.at(-1, self.dice.randint(12, 22), self.dice.randrange(60))
        return placed, self.calendar.at(self.dice.randint(0, 2), self.dice.randint(14, 21))

    def _handed(self, lines: tuple[OrderLine, ...], handover: Handover) -> tuple[OrderLine, ...]:
        if handover == "done":
            return tuple(replace(line, handed=line.quantity) for line in lines)
        if handover == "part" and len(lines) > 1:
            return (replace(lines[0], handed=lines[0].quantity), *lines[1:])
        return lines

    def _prepaid(self, payment: Payment, total: int, placed: datetime) -> tuple[Prepaid, ...]:
        """All of it online, or a part as a deposit or online, or nothing."""
        if payment == "due":
            return ()
        if payment == "paid":
            return (Prepaid(1, "paid_online", total, ""),)
        part = max(1_000, total * self.dice.randint(20, 60) // 100_000 * 1_000)
        if self.dice.happens(50):
            return (Prepaid(1, "paid_online", part, ""),)
        via = self.dice.choice(("cash", "transfer"))
        return (Prepaid(1, "deposit", part, self.dice.uuid7(unix_ms(placed)), via),)


def _with_references(order: Order) -> Order:
    """A payment on the web is named after its order; an order handed over in part has more than one line."""
    prepaid = tuple(
        one if one.reference else replace(one, reference=f"WEB-{order.order}-{one.no}")
        for one in order.prepaid
    )
    is_part = order.handover == "part" and any(line.handed for line in order.lines)
    handover: Handover = "none" if order.handover == "part" and not is_part else order.handover
    return replace(order, prepaid=prepaid, handover=handover)
