"""Four voucher campaigns: a birthday amount, a percentage off bags, a gift, and an amount for large carts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from central.seed.calendar import Calendar
from central.seed.categories import BAG_KINDS
from central.seed.products import Variant

BIRTHDAY: Final = 201
BAGS: Final = 202
GIFT: Final = 203
LARGE: Final = 204
KEY_RING: Final = "PKN-9010"
SOCKS: Final = "PKN-9011"
Kind = Literal["amount", "percent", "gift", "stored"]


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign and what its codes say: value in đồng, basis points or a gift number."""

    no: int
    kind: Kind
    values: tuple[int, ...]
    min_basket: int
    body: dict[str, Any]


def make_campaigns(calendar: Calendar, variants: tuple[Variant, ...]) -> tuple[Campaign, ...]:
    """All four, in force from sixty days ago for three months to come."""
    gifts = {
        str(number): [variant.id for variant in variants if variant.style.sku == sku]
        for number, sku in ((1, KEY_RING), (2, SOCKS))
    }
    rules: tuple[tuple[int, str, Kind, tuple[int, ...], int, dict[str, Any]], ...] = (
        (BIRTHDAY, "Voucher sinh nhật", "amount", (50_000,), 300_000, {"birthday": True}),
        (BAGS, "Túi & ví giảm 10%", "percent", (1000,), 0,
         {"categories": list(BAG_KINDS), "max_amount": 100_000}),
        (GIFT, "Quà tặng đơn từ 800.000đ", "gift", (1, 2), 800_000, {"gifts": gifts}),
        (LARGE, "Giảm 100.000đ đơn từ 1 triệu", "amount", (100_000,), 1_000_000,
         {"stacking": False, "offline": "refuse"}),
    )  # fmt: skip
    return tuple(
        Campaign(no, kind, values, least, _body(no, name, kind, calendar) | own)
        for no, name, kind, values, least, own in rules
    )


def _body(no: int, name: str, kind: Kind, calendar: Calendar) -> dict[str, Any]:
    return {
        "campaign": no,
        "ver": 1,
        "name": name,
        "kind": kind,
        "categories": [],
        "products": [],
        "stacking": True,
        "offline": "accept",
        "from": calendar.day(-60).isoformat(),
        "to": calendar.day(90).isoformat(),
        "gifts": {},
    }
