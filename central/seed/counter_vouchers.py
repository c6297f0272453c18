"""Counter vouchers that every till may hand out as thanks: a campaign, and how many blanks a till holds."""

from __future__ import annotations

from typing import Any, Final

from central.seed.calendar import Calendar
from central.seed.campaigns import Campaign

THANKS: Final = 206
WORTH: Final = 50_000
BLANKS: Final = {str(THANKS): {"hold": 5, "value": WORTH, "kind": "amount", "days": 30}}
"""As a policy says it (central.blanks)."""


def thanks_campaign(calendar: Calendar) -> Campaign:
    """Good for anything, also without a connection; no codes of it are issued beforehand."""
    body: dict[str, Any] = {
        "campaign": THANKS,
        "ver": 1,
        "name": "Voucher cảm ơn",
        "kind": "amount",
        "categories": [],
        "products": [],
        "stacking": True,
        "offline": "accept",
        "from": calendar.day(-60).isoformat(),
        "to": calendar.day(730).isoformat(),
        "gifts": {},
    }
    return Campaign(THANKS, "amount", (), 0, body)
