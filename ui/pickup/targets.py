"""Which scanned or typed texts are for the pick-up screen, told by their shape alone."""

from __future__ import annotations

import re
from typing import Final

from pos_app.domain import codes
from pos_app.domain.errors import CodeRefused

PIN_DIGITS: Final = 4
_PIN: Final = re.compile(r"[0-9]{4}")
_ORDER: Final = re.compile(r"[A-Z]{1,8}-[0-9]{1,10}")
_SHORT: Final = re.compile(r"[0-9BCFGHJ-NP-TVXZ]{4}-?[0-9BCFGHJ-NP-TVXZ]{4}")


def looks_like_pin(text: str) -> bool:
    """Four digits."""
    return _PIN.fullmatch(text) is not None


def looks_like_order(text: str) -> bool:
    """A pickup code, an order number, or a short code with its dash."""
    upper = text.strip().upper()
    if upper.startswith("QX1"):
        return _is_pickup_code(upper)
    return _ORDER.fullmatch(upper) is not None or (_SHORT.fullmatch(upper) is not None and "-" in upper)


def belongs_to_pickup(text: str) -> bool:
    """The same for the list, where a bare number is an order's number too unless it is a barcode."""
    bare = text.strip()
    return looks_like_order(bare) or (bare.isdigit() and len(bare) <= 7)


def _is_pickup_code(text: str) -> bool:
    try:
        return isinstance(codes.decode_structure(text).code, codes.PickupCode)
    except CodeRefused:
        return True  # the service says why, in words
