"""The chain's customers: names, phones, tiers, points, birthdays and member cards, all made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from central.seed.calendar import Calendar, unix_ms
from central.seed.dice import Dice, Serials
from central.seed.people_names import full_name

PREFIXES: Final = (
    "32", "33", "34", "35", "36", "37", "38", "39", "70", "76", "77", "78", "79", "81", "82", "83", "84",
    "85", "86", "88", "90", "91", "93", "94", "96", "97", "98",
)  # fmt: skip
TIERS: Final = (("member", 70), ("silver", 18), ("gold", 9), ("platinum", 3))
_SINCE: Final = {"member": 20, "silver": 120, "gold": 200, "platinum": 240}
"""Days that a customer of a tier has been one at least: a year's spend takes time."""
_POINTS: Final = {"member": (0, 260), "silver": (60, 700), "gold": (200, 1800), "platinum": (600, 4500)}


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer; `phone` is E.164, `card` the serial of a member card, `balance` whole points.

    `opening` of the points were carried over from an older system; the purchases brought the others.
    """

    id: str
    name: str
    phone: str
    tier: str
    balance: int
    birthday: tuple[int, int] | None
    card: int | None
    created_at: datetime
    staff: int | None = None
    opening: int = 0


def make_customers(seed: int, wanted: int, calendar: Calendar, serials: Serials) -> tuple[Customer, ...]:
    """The two that the pictures show first, one who works here, then drawn ones; every phone once.

    Tier and balance are what they aim at: their purchases decide (`history`).
    """
    dice = Dice(seed, "customers")
    soon = calendar.day(4)
    known: tuple[tuple[str, str, str, int, tuple[int, int] | None, int | None], ...] = (
        ("Lê Thị Hoa", "+84901234567", "gold", 1_240, (soon.month, soon.day), None),
        ("Trần Minh Tuấn", "+84987654334", "silver", 310, (3, 14), None),
        ("Nguyễn Thị Lan", "+84901112233", "member", 85, (8, 2), 1),
    )
    phones = {phone for _, phone, *_ in known}
    made = []
    for place in range(wanted):
        if place < len(known):
            name, phone, tier, balance, birthday, staff = known[place]
        else:
            name, phone, tier, staff = full_name(dice), _phone(dice, phones), dice.weighted(TIERS), None
            balance, birthday = dice.randint(*_POINTS[tier]), _birthday(dice)
        since = calendar.at(-dice.randint(_SINCE[tier], 900), dice.randint(9, 21), dice.randrange(60))
        card = serials.draw() if place < len(known) or dice.happens(85) else None
        identity = dice.uuid7(unix_ms(since))
        made.append(Customer(identity, name, phone, tier, balance, birthday, card, since, staff))
    return tuple(made)


def _phone(dice: Dice, taken: set[str]) -> str:
    while True:
        phone = f"+84{dice.choice(PREFIXES)}{dice.randrange(10**7):07d}"
        if phone not in taken:
            taken.add(phone)
            return phone


def _birthday(dice: Dice) -> tuple[int, int] | None:
    """Month and day; one customer in eight has not told it."""
    if dice.happens(12):
        return None
    month = dice.randint(1, 12)
    return month, dice.randint(1, 29 if month == 2 else 30)
