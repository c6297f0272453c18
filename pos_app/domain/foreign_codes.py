"""Vouchers whose code is not ours and not signed: a shop's own barcode or number (protocol §7)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Final

from pos_app.domain.code_reading import PREFIX, normalise
from pos_app.domain.errors import PosError
from pos_app.domain.ids import TenantId, uuid_bytes
from pos_app.domain.phone import parse
from pos_app.domain.product_barcode import ProductCode, read_digits
from pos_app.domain.receipt_number import parse_receipt_number
from pos_app.domain.short_codes import read_short_code

UNSIGNED: Final = 0
"""The `key_id` of such a voucher: no key has this number."""

_FORM = re.compile(r"[A-Z0-9][A-Z0-9._-]{3,31}")


def foreign_text(text: str) -> str | None:
    """The one form that a text has at central and at tills; None where a till would read something else: a
    code of ours, a receipt's number, a short code, a phone."""
    upper = normalise(text)
    if _FORM.fullmatch(upper) is None or upper.startswith(PREFIX) or _is_ours(upper):
        return None
    goods = read_digits(upper, ()) if upper.isdigit() else None
    return goods.code if isinstance(goods, ProductCode) else upper


def _is_ours(upper: str) -> bool:
    is_short_code = upper[4:5] == "-" and _reads(read_short_code, upper)
    return parse_receipt_number(upper) is not None or is_short_code or _reads(parse, upper)


def _reads(reader: Callable[[str], object], text: str) -> bool:
    try:
        reader(text)
    except PosError:
        return False
    return True


def foreign_serial(tenant: TenantId, text: str) -> int:
    """The u64 by which such a voucher is booked: made of its text (as `foreign_text` gives it).

    So every till and central name the same paper alike, also one that nobody has listed, and a list of
    serials tells nobody which texts are worth something.
    """
    digest = hashlib.sha256(b"quay-foreign-1\0" + uuid_bytes(tenant) + text.encode("ascii")).digest()
    return int.from_bytes(digest[:8], "big")
