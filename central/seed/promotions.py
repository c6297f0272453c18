"""Two automatic promotions: a fifth off bags this month, every fourth pair of shoes at half price."""

from __future__ import annotations

from typing import Any

from central.seed.calendar import Calendar
from central.seed.categories import BAG_KINDS, SHOES


def make_promotions(calendar: Calendar) -> tuple[dict[str, Any], ...]:
    """Bodies of `promotion/<id>`; plain dates are days of the shops' zone, both included."""
    begin, end = calendar.month_start, calendar.month_end
    bags = {
        "id": f"TUI-{begin:%Y%m}",
        "ver": 1,
        "name": f"Túi tháng {begin.month}",
        "explanation": f"Tự động cho túi, ví đến hết {end.day}/{end.month}",
        "priority": 10,
        "from": begin.isoformat(),
        "to": end.isoformat(),
        "kind": "percent",
        "percent_bp": 2000,
        "products": {"categories": list(BAG_KINDS)},
    }
    shoes = {
        "id": "DOI-4",
        "ver": 1,
        "name": "Đôi thứ 4 giảm nửa giá",
        "explanation": "Mua 4 đôi giày, dép: đôi thứ 4 giảm 50%",
        "priority": 20,
        "from": begin.isoformat(),
        "to": calendar.day(60).isoformat(),
        "kind": "nth_item",
        "n": 4,
        "percent_bp": 5000,
        "products": {"categories": list(SHOES)},
    }
    return bags, shoes
