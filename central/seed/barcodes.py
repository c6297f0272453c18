"""EAN-13 numbers with the prefix of GS1 Vietnam."""

from __future__ import annotations

from typing import Final

PREFIX: Final = "893"


def check_digit(twelve: str) -> str:
    """The 13th digit of an EAN-13."""
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return str(-weighted % 10)


def ean13(company: int, item: int) -> str:
    """The number of a company's item: 893, five digits of company, four of item, check digit."""
    twelve = f"{PREFIX}{company:05d}{item:04d}"
    return twelve + check_digit(twelve)
