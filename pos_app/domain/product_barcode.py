"""Barcodes on goods: EAN, UPC, GS1 and labels that carry a weight or a price (vietnam: Barcodes)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

BarcodeForm = Literal["ean13", "ean8", "gtin14", "internal", "like_short_code"]

_GROUP_SEPARATOR = "\x1d"
_PATTERN = re.compile(r"([0-9]+)(\.*)\{(N*)(D*)\}")
_DIGITAL_LINK = re.compile(
    r"https?://[^/?#\s]+(?:/[^?#\s]*)?/01/([0-9]{8}|[0-9]{12,14})(?=[/?#]|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ProductCode:
    """Something to look up in the catalogue: `code` is upper case, a UPC is padded to 13 digits.

    `form` is `internal` for what has no check digit of GS1 (an SKU, a shop's own code), `like_short_code`
    for what looks like a short code with a typing mistake.
    """

    code: str
    form: BarcodeForm = "internal"


@dataclass(frozen=True, slots=True)
class WeighedCode:
    """A label printed by scales, or a GS1 code with weight or price.

    `code` is the barcode with zeros for the figure and its check digit made new (13 digits), `item` the
    digits that name the goods; `quantity` in thousandths or `amount` in đồng, one of them.
    """

    code: str
    item: str
    quantity: int | None = None
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class WeighedPattern:
    """How a shop's scales write 13 digits: prefix, `.` per digit of the item, N whole and D decimal digits.

    `21.....{NNDDD}` with kind `weight`: kilograms. With kind `price` đồng have no decimals: all digits are
    one number, times `factor` (1, 100 or 1000).
    """

    text: str
    kind: Literal["weight", "price"]
    factor: int = 1

    def __post_init__(self) -> None:
        found = _PATTERN.fullmatch(self.text)
        if found is None or sum(map(len, found.groups())) != 12:
            raise ValueError(f"not a pattern of 12 digits: {self.text}")

    def read(self, digits: str) -> WeighedCode | None:
        """What the label says; None when these 13 digits with a right check digit are no such label."""
        found = _PATTERN.fullmatch(self.text)
        assert found is not None
        prefix, dots, _, decimals = found.groups()
        if not digits.startswith(prefix):
            return None
        start = len(prefix) + len(dots)
        figure = int(digits[start:12])
        blank = digits[:start] + "0" * (12 - start)
        code, item = blank + check_digit(blank), digits[len(prefix) : start]
        if self.kind == "price":
            return WeighedCode(code, item, amount=figure * self.factor)
        return WeighedCode(code, item, quantity=figure * 1000 // 10 ** len(decimals))


DEFAULT_PATTERNS = (
    WeighedPattern("21.....{NNDDD}", "weight"),
    WeighedPattern("23.....{NNNDD}", "price"),
)


def check_digit(digits: str) -> str:
    """The check digit of GS1 for the digits before it."""
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def has_check_digit(digits: str) -> bool:
    """Whether the last digit is the check digit of the others."""
    return check_digit(digits[:-1]) == digits[-1]


def read_digits(digits: str, patterns: tuple[WeighedPattern, ...]) -> ProductCode | WeighedCode | None:
    """A barcode of 8, 12, 13 or 14 digits with a right check digit; None for any other number."""
    length = len(digits)
    if length == 8:
        return _eight(digits)
    if length not in (12, 13, 14) or not has_check_digit(digits):
        return None
    if length == 14:
        return ProductCode(digits[1:], "ean13") if digits[0] == "0" else ProductCode(digits, "gtin14")
    padded = digits.zfill(13)
    if length == 13:
        for pattern in patterns:
            if (weighed := pattern.read(padded)) is not None:
                return weighed
    return ProductCode(padded, "ean13")


def read_link(text: str, patterns: tuple[WeighedPattern, ...]) -> ProductCode | WeighedCode | None:
    """The goods that a GS1 digital link names; None when the text is no such address."""
    found = _DIGITAL_LINK.match(text)
    return None if found is None else read_digits(found.group(1), patterns)


def read_elements(text: str, *, announced: bool) -> ProductCode | WeighedCode | None:
    """The goods of a GS1 element string `01` + GTIN-14 with a weight (310n) or a price (392n) behind it.

    `announced`: the scanner's symbology mark says that it is one. Without it at least the check digit must
    be right, which holds in any case.
    """
    plain = re.sub(r"\(([0-9]{2,4})\)", r"\1", text) if text.startswith("(01)") else text
    plain = plain.lstrip(_GROUP_SEPARATOR)
    gtin = plain[2:16]
    if not plain.startswith("01") or re.fullmatch(r"[0-9]{14}", gtin) is None or not has_check_digit(gtin):
        return None
    rest = plain[16:]
    if not announced and rest and re.match(r"[0-9]{2}", rest) is None:
        return None
    goods = read_digits(gtin, ())
    assert isinstance(goods, ProductCode)
    return _measured(goods, rest) or goods


_FIXED = {"11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "20": 2}
_MEASURE = re.compile(r"310([0-5])([0-9]{6})")
_PRICE = re.compile(r"392([0-9])([0-9]{1,15})(?:\x1d|$)")


def _measured(goods: ProductCode, rest: str) -> WeighedCode | None:
    while rest:
        if found := _MEASURE.match(rest):
            grams = int(found.group(2)) * 1000 // 10 ** int(found.group(1))
            return WeighedCode(goods.code, goods.code, quantity=grams)
        if found := _PRICE.match(rest):
            return WeighedCode(
                goods.code, goods.code, amount=int(found.group(2)) // 10 ** int(found.group(1))
            )
        if (length := _FIXED.get(rest[:2])) is not None:
            rest = rest[2 + length :].removeprefix(_GROUP_SEPARATOR)
        else:
            _, _, rest = rest.partition(_GROUP_SEPARATOR)
    return None


def _eight(digits: str) -> ProductCode | None:
    if has_check_digit(digits):
        return ProductCode(digits, "ean8")
    full = _expanded(digits)
    return ProductCode(full, "ean13") if full is not None and has_check_digit(full) else None


def _expanded(digits: str) -> str | None:
    """UPC-E written out as UPC-A and padded to 13 digits; None when it is none.

    One that ends in 5 to 9 before its check digit has the check digit of an EAN-8 as well, and is read so.
    """
    system, middle, last, check = digits[0], digits[1:6], digits[6], digits[7]
    if system not in "01" or last not in "01234":
        return None
    if last in "012":
        body = f"{middle[:2]}{last}0000{middle[2:]}"
    elif last == "3":
        body = f"{middle[:3]}00000{middle[3:]}"
    else:
        body = f"{middle[:4]}00000{middle[4]}"
    return f"0{system}{body}{check}"
