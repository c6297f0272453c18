"""A phone number while it is typed: grouped for the eye, and what is still missing in words."""

from __future__ import annotations

import re
from typing import Final

from pos_app.domain import phone
from pos_app.domain.errors import PhoneRefused
from pos_app.text import _, ngettext

MOST_DIGITS: Final = 15
_ELEVEN: Final = re.compile(r"02|012[0-9]|016[2-9]|018[68]|0199")
"""How numbers of eleven digits begin: fixed lines, and mobiles as they were before 2018."""


def typed_digits(text: str) -> str:
    """Digits alone, with the + of a foreign number before them."""
    plus = "+" if text.lstrip().startswith("+") else ""
    return plus + "".join(letter for letter in text if letter.isascii() and letter.isdigit())[:MOST_DIGITS]


def grouped(digits: str) -> str:
    """ "0901 234 567" and "028 1234 5678" as far as they are typed; a foreign number stays as it is."""
    if digits.startswith("+"):
        return digits
    first, second = (3, 7) if digits.startswith("02") else (4, 7)
    return " ".join(part for part in (digits[:first], digits[first:second], digits[second:]) if part)


def missing(digits: str) -> int:
    """How many digits are still to come, below 0 when there are too many; a foreign number has no count."""
    if digits.startswith("+"):
        return 0
    return (11 if _ELEVEN.match(digits) else 10) - len(digits)


def number(digits: str) -> str | None:
    """The number as E.164, None while it is none."""
    try:
        return phone.parse(digits)
    except PhoneRefused:
        return None


def is_whole(digits: str) -> bool:
    """Whether it is a number that nobody is still typing at."""
    return number(digits) is not None and (missing(digits) == 0 or not digits.startswith("0"))


def reason(digits: str) -> str:
    """What is still wrong, in words; "" when it is a number or nothing has been typed."""
    if not digits or number(digits) is not None:
        return ""
    if not digits.startswith(("0", "+")):
        return _("Số điện thoại bắt đầu bằng 0")
    still = missing(digits)
    if still > 0:
        return ngettext("Thiếu {n} số", "Thiếu {n} số", still).format(n=still)
    if still < 0:
        return ngettext("Thừa {n} số", "Thừa {n} số", -still).format(n=-still)
    return _("Chưa phải số điện thoại, kiểm lại từng số")
