"""Gift cards of some customers: stored value that can be spent in parts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from central.seed.calendar import Calendar
from central.seed.campaigns import Campaign
from central.seed.customers import Customer
from central.seed.dice import Dice, Serials
from central.seed.vouchers import Voucher

GIFT_CARDS: Final = 205
STORED: Final = "stored"
_VALUES: Final = ((200_000, 40), (500_000, 45), (1_000_000, 15))
_KNOWN: Final = 3


def gift_card_campaign(calendar: Calendar) -> Campaign:
    """What the tills know of the cards: no discount, and nothing without a connection."""
    body: dict[str, Any] = {
        "campaign": GIFT_CARDS,
        "ver": 1,
        "name": "Thẻ quà tặng",
        "kind": "stored_value",
        "categories": [],
        "products": [],
        "stacking": True,
        "offline": "refuse",
        "from": calendar.day(-730).isoformat(),
        "to": calendar.day(730).isoformat(),
        "gifts": {},
    }
    return Campaign(GIFT_CARDS, "stored", (), 0, body)


def make_gift_cards(
    seed: int, customers: tuple[Customer, ...], calendar: Calendar, serials: Serials
) -> tuple[Voucher, ...]:
    """One customer in forty holds a card, never those whom the pictures show."""
    dice = Dice(seed, "gift-cards")
    others = customers[_KNOWN:]
    owners = dice.sample(others, max(2, len(others) // 40))
    made = []
    for owner in sorted(owners, key=lambda one: one.id):
        issued = calendar.at(-dice.randint(40, 300), dice.randint(9, 20))
        until = (issued + timedelta(days=730)).date()
        made.append(
            Voucher(
                serials.draw(), GIFT_CARDS, STORED, dice.weighted(_VALUES), 0, until, 0, owner.id,
                max(issued, owner.created_at), "fresh",
            )
        )  # fmt: skip
    return tuple(made)
