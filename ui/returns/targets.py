"""Which scanned or typed texts name a receipt, told by their shape alone."""

from __future__ import annotations

import re
from typing import Final

from pos_app.domain import codes
from pos_app.domain.errors import CodeRefused
from pos_app.domain.ids import is_uuid7
from pos_app.domain.receipt_number import parse_receipt_number

_ORDER: Final = re.compile(r"[A-Z]{1,8}-[0-9]{1,10}")


def looks_like_receipt(text: str) -> bool:
    """A receipt's or an order's code, a receipt number, an order number, or a document's id."""
    upper = text.strip().upper()
    if upper.startswith("QX1"):
        return _is_receipt_code(upper)
    is_number = parse_receipt_number(upper) is not None or _ORDER.fullmatch(upper) is not None
    return is_number or is_uuid7(text.strip())


def _is_receipt_code(text: str) -> bool:
    try:
        code = codes.decode_structure(text).code
    except CodeRefused:
        return True  # the service says why, in words
    return isinstance(code, (codes.ReceiptCode, codes.PickupCode))
