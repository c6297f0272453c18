"""Voucher codes of the campaigns: fresh, used, run out, taken back, bound to people or to one shop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from central.seed.calendar import Calendar
from central.seed.campaigns import BIRTHDAY, LARGE, Campaign
from central.seed.customers import Customer
from central.seed.dice import Dice, Serials
from central.seed.stores import STORES

State = Literal["fresh", "used", "expired", "revoked"]
STATES: Final[tuple[tuple[State, int], ...]] = (("fresh", 70), ("used", 15), ("expired", 10), ("revoked", 5))


@dataclass(frozen=True, slots=True)
class Voucher:
    """One code before it is signed. `store` 0 = any; `used_at` and `used_for` (đồng) of a used one."""

    serial: int
    campaign: int
    kind: str
    value: int
    min_basket: int
    valid_until: date
    store: int
    customer: str | None
    issued_at: datetime
    state: State
    used_at: datetime | None = None
    used_for: int = 0

    @property
    def max_uses(self) -> int:
        """A gift card is used until it is empty: 0."""
        return 0 if self.kind == "stored" else 1


@dataclass(frozen=True, slots=True)
class VoucherMaker:
    """Draws the codes of every campaign."""

    dice: Dice
    serials: Serials
    calendar: Calendar
    customers: tuple[Customer, ...]

    def make(self, campaigns: tuple[Campaign, ...], each: int) -> tuple[Voucher, ...]:
        """`each` codes per campaign; the first of a campaign is always fresh."""
        owners = self._birthdays()
        made = []
        for campaign in campaigns:
            for place in range(each):
                state: State = "fresh" if place < 3 else self.dice.weighted(STATES)
                owner = None
                if campaign.no == BIRTHDAY:
                    owner = owners[place % len(owners)]
                elif campaign.no == LARGE and self.dice.happens(30):
                    owner = self.dice.choice(self.customers)
                made.append(self._one(campaign, state, owner, place))
        return tuple(made)

    def _birthdays(self) -> list[Customer]:
        """The first customer, then those whose birthday is nearest: their vouchers can be used today."""
        first, *others = [customer for customer in self.customers if customer.birthday is not None]
        return [first, *sorted(others, key=lambda one: _days_apart(one.birthday, self.calendar.today))]

    def _one(self, campaign: Campaign, state: State, owner: Customer | None, place: int) -> Voucher:
        issued = self.calendar.at(-self.dice.randint(31, 58), self.dice.randint(9, 20))
        if campaign.no == BIRTHDAY and state != "expired":
            issued = self.calendar.at(-self.dice.randint(8, 12), 8)
        until = self.calendar.day(self.dice.randint(10, 60))
        if state == "expired":
            until = self.calendar.day(-self.dice.randint(1, 20))
        used_at = None
        if state == "used":
            used_at = self.calendar.at(-self.dice.randint(1, 7), self.dice.randint(9, 21))
        shop = self.dice.choice(STORES).no if place >= 3 and owner is None and self.dice.happens(25) else 0
        value = campaign.values[place % len(campaign.values)]
        return Voucher(
            self.serials.draw(), campaign.no, campaign.kind, value, campaign.min_basket, until, shop,
            None if owner is None else owner.id, issued, state, used_at,
            _taken_off(campaign, value, self.dice) if used_at else 0,
        )  # fmt: skip


def _taken_off(campaign: Campaign, value: int, dice: Dice) -> int:
    """Đồng that one use took off."""
    if campaign.kind == "amount":
        return value
    return dice.randint(30, 100) * 1000 if campaign.kind == "percent" else 0


def _days_apart(birthday: tuple[int, int] | None, today: date) -> int:
    """Days between a birthday and today, over the turn of the year; 29 February counts as the 28th."""
    if birthday is None:
        return 366
    month, day = birthday if birthday != (2, 29) else (2, 28)
    return min(abs((date(today.year + shift, month, day) - today).days) for shift in (-1, 0, 1))
