"""The one scan box: any scanned or typed text becomes exactly one kind of thing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pos_app.domain import phone
from pos_app.domain.code_reading import (
    PREFIX,
    HeldKeys,
    IssuingKey,
    Keyring,
    SignedText,
    decode_structure,
    encode,
    normalise,
    read_signed,
    verify,
)
from pos_app.domain.errors import CodeRefused, PhoneRefused
from pos_app.domain.ids import OrderNo, TenantId
from pos_app.domain.product_barcode import (
    DEFAULT_PATTERNS,
    ProductCode,
    WeighedCode,
    WeighedPattern,
    read_digits,
    read_elements,
    read_link,
)
from pos_app.domain.receipt_number import ReceiptNumber, parse_receipt_number
from pos_app.domain.short_codes import read_short_code, short_code
from pos_app.domain.signed_codes import (
    BadgeCode,
    MemberCode,
    PickupCode,
    ReceiptCode,
    SignedCode,
    VoucherCode,
    customer_tag,
    date_of,
    day_of,
)

__all__ = [
    "BadgeCode",
    "ForeignVietQR",
    "HeldKeys",
    "IssuingKey",
    "Keyring",
    "MemberCode",
    "OrderNumberTyped",
    "PhoneTyped",
    "PickupCode",
    "ProductCode",
    "ReceiptCode",
    "ReceiptNumberTyped",
    "ScanPatterns",
    "Scanned",
    "ShortCodeTyped",
    "SignedCode",
    "SignedText",
    "Unknown",
    "VoucherCode",
    "WeighedCode",
    "WeighedPattern",
    "customer_tag",
    "date_of",
    "day_of",
    "decode_structure",
    "encode",
    "normalise",
    "read",
    "read_short_code",
    "read_signed",
    "short_code",
    "verify",
]


@dataclass(frozen=True, slots=True)
class PhoneTyped:
    """A Vietnamese phone number, as E.164."""

    e164: str


@dataclass(frozen=True, slots=True)
class OrderNumberTyped:
    """`MN-48213`: the text in upper case, and the number that a pickup code would carry."""

    text: str
    number: OrderNo


@dataclass(frozen=True, slots=True)
class ReceiptNumberTyped:
    """A receipt number in its parts."""

    number: ReceiptNumber


@dataclass(frozen=True, slots=True)
class ShortCodeTyped:
    """A short code whose check character is right; `number` = serial mod 28^7."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class ForeignVietQR:
    """A customer's own transfer code: nothing that a till can take."""

    text: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing of these; perhaps words to search for. White space at the ends is gone."""

    text: str


Scanned = (
    ProductCode
    | WeighedCode
    | PickupCode
    | VoucherCode
    | MemberCode
    | ReceiptCode
    | BadgeCode
    | PhoneTyped
    | OrderNumberTyped
    | ReceiptNumberTyped
    | ShortCodeTyped
    | ForeignVietQR
    | Unknown
)


@dataclass(frozen=True, slots=True)
class ScanPatterns:
    """What shops choose themselves: labels of scales, prefixes of order numbers (none = any letters)."""

    weighed: tuple[WeighedPattern, ...] = DEFAULT_PATTERNS
    order_prefixes: frozenset[str] = frozenset()


_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_GS1_MARKS = ("]C1", "]e0", "]d2", "]Q3", "]J1")
_DIGITS = re.compile(r"[0-9]+")
_PHONE = re.compile(r"(?:\+84|0084|84|0)[0-9]{9,10}")
_PHONE_SEPARATORS = re.compile(r"(?<=[0-9)])[ .\-]+(?=[0-9(])|[()]")
_ORDER = re.compile(r"([A-Z]{1,8})-([0-9]{1,10})")
_SHORT = re.compile(r"[0-9BCFGHJ-NP-TVXZ]{4}-[0-9BCFGHJ-NP-TVXZ]{4}")
_INTERNAL = re.compile(r"[A-Z0-9][A-Z0-9._-]{2,31}")
_ORDER_LIMIT = 1 << 32


def read(text: str, keyring: Keyring, tenant: TenantId, patterns: ScanPatterns) -> Scanned:
    """What a scanned or typed text is.

    Raises CodeRefused (`reason`) for texts that begin with `QX1` and are refused, nothing else. A number
    that is a valid barcode is goods, whatever else it might be; 10 digits that begin with 0 are a phone.
    """
    trimmed = text.strip()
    mark = _SYMBOLOGY.match(trimmed)
    bare = trimmed[3:] if mark else trimmed
    upper = normalise(bare)
    if upper.startswith(PREFIX):
        return read_signed(upper, keyring, tenant)
    if bare.startswith("000201"):
        return ForeignVietQR(bare)
    announced = mark is not None and mark.group() in _GS1_MARKS
    goods = read_link(bare, patterns.weighed) or read_elements(bare, announced=announced)
    if goods is None and _DIGITS.fullmatch(bare):
        goods = read_digits(bare, patterns.weighed)
    return goods or _typed(upper, patterns) or _rest(upper, bare)


def _typed(upper: str, patterns: ScanPatterns) -> Scanned | None:
    """What people type from a paper or a phone."""
    if (receipt := parse_receipt_number(upper)) is not None:
        return ReceiptNumberTyped(receipt)
    if (typed := _phone(upper)) is not None:
        return typed
    if _SHORT.fullmatch(upper) and (number := _short(upper)) is not None:
        return ShortCodeTyped(upper, number)
    found = _ORDER.fullmatch(upper)
    if found and (not patterns.order_prefixes or found.group(1) in patterns.order_prefixes):
        number = int(found.group(2))
        return OrderNumberTyped(upper, OrderNo(number)) if number < _ORDER_LIMIT else None
    return None


def _rest(upper: str, bare: str) -> Scanned:
    if _INTERNAL.fullmatch(upper) is None:
        return Unknown(bare)
    return ProductCode(upper, "like_short_code" if _SHORT.fullmatch(upper) else "internal")


def _phone(upper: str) -> PhoneTyped | None:
    dialled = _PHONE_SEPARATORS.sub("", upper)
    if _PHONE.fullmatch(dialled) is None:
        return None
    try:
        return PhoneTyped(phone.parse(dialled))
    except PhoneRefused:
        return None


def _short(upper: str) -> int | None:
    try:
        return read_short_code(upper)
    except CodeRefused:
        return None
