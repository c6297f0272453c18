"""Short codes: eight characters beside a QR, for typing (protocol §7)."""

from __future__ import annotations

from pos_app.domain import base28
from pos_app.domain.errors import CodeRefused

RANGE = 28**7
"""Serials that differ by this share a short code."""


def short_code(serial: int) -> str:
    """The typed form of a serial: seven digits of base28 and a check character, `XXXX-XXXX`."""
    number = serial % RANGE
    digits = ""
    for _ in range(7):
        number, digit = divmod(number, 28)
        digits = base28.ALPHABET[digit] + digits
    text = digits + base28.ALPHABET[(1 - _carried(digits)) % 28]
    return f"{text[:4]}-{text[4:]}"


def read_short_code(text: str) -> int:
    """`serial` mod 28^7 of a typed short code; case, the dash and white space around do not matter.

    Raises CodeRefused: `bad_character`, `bad_length`, `bad_check`, in this order.
    """
    digits = text.strip().replace("-", "")
    # upper-case only what is ASCII: other letters must not become letters of the alphabet
    digits = "".join(letter.upper() if letter.isascii() else letter for letter in digits)
    base28.check_characters(digits)
    if len(digits) != 8:
        raise CodeRefused(reason="bad_length")
    if (_carried(digits[:7]) + base28.value_of(digits[7])) % 28 != 1:
        raise CodeRefused(reason="bad_check")
    number = 0
    for character in digits[:7]:
        number = number * 28 + base28.value_of(character)
    return number


def _carried(digits: str) -> int:
    """ISO/IEC 7064 MOD 29,28 (hybrid): what the digits before the check character carry into it."""
    carry = 28
    for character in digits:
        total = (carry + base28.value_of(character)) % 28 or 28
        carry = total * 2 % 29
    return carry
