"""Goods laid aside to be tried on in the shop ("xem thử tại cửa hàng"): nothing paid, kept until closing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from central.seed.baskets import BasketMaker
from central.seed.calendar import Calendar
from central.seed.customers import Customer
from central.seed.dice import Dice, Serials
from central.seed.orders import PIN_FROM, Handover, Order, Preparation
from central.seed.stores import STORES

FIRST_RESERVATION: Final = 58_001
CLOSING: Final = 22
"""The shops' closing time: a reservation ends with its day."""
STATES: Final[tuple[tuple[Preparation, Handover], ...]] = (
    ("ready", "none"),
    ("picking", "none"),
    ("new", "none"),
    ("ready", "done"),
    ("ready", "expired"),
    ("new", "cancelled"),
)


@dataclass(frozen=True, slots=True)
class ReservationMaker:
    """Draws the reservations of all shops."""

    dice: Dice
    serials: Serials
    calendar: Calendar
    customers: tuple[Customer, ...]
    baskets: BasketMaker

    def make(self, wanted: int) -> tuple[Order, ...]:
        """`wanted` of them, shops and states in turn, numbers in the order of placing."""
        drawn = []
        for place in range(wanted):
            store, state = place % len(STORES), place // len(STORES) % len(STATES)
            drawn.append(self._one(STORES[store].no, *STATES[state]))
        drawn.sort(key=lambda one: (one.placed_at, one.serial))
        return tuple(replace(one, order=FIRST_RESERVATION + place) for place, one in enumerate(drawn))

    def _one(self, store: int, preparation: Preparation, handover: Handover) -> Order:
        """Nothing is paid; who took one piece left the others in the shop."""
        lines = self.baskets.to_try(self.dice.randint(2, 3))
        if handover == "done":
            lines = (
                replace(lines[0], handed=lines[0].quantity),
                *(replace(line, refused=line.quantity) for line in lines[1:]),
            )
        placed, comes, ends = self._times(preparation, handover)
        total = sum(line.amount for line in lines)
        return Order(
            order=0,
            store=store,
            customer=self.dice.choice(self.customers),
            placed_at=placed,
            promised_by=comes,
            payment="due",
            preparation=preparation,
            handover=handover,
            lines=lines,
            discount=0,
            prepaid=(),
            serial=self.serials.draw(),
            shelf=f"T-{self.dice.randint(1, 9):02d}" if preparation == "ready" else None,
            pin=f"{self.dice.randrange(10_000):04d}" if total >= PIN_FROM else None,
            pin_salt=self.dice.randbytes(16).hex(),
            identity_check=False,
            web_credited=False,
            reserved_until=ends,
        )

    def _times(self, preparation: Preparation, handover: Handover) -> tuple[datetime, datetime, datetime]:
        """Placed the evening before, the hour of the appointment, and the closing time of that day."""
        day = 0
        if handover != "none":
            day = -self.dice.randint(2, 9)
        elif preparation == "new":
            day = 1
        placed = self.calendar.at(day - 1, self.dice.randint(17, 22), self.dice.randrange(60))
        comes = self.calendar.at(day, self.dice.randint(15, 20), self.dice.choice((0, 30)))
        return min(placed, self.calendar.at(-1, 22, 59)), comes, self.calendar.at(day, CLOSING)
