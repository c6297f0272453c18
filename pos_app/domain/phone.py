"""Phone numbers: read as people type them, stored as E.164, shown masked (rules: Phones, names, search)."""

from __future__ import annotations

import hashlib
import hmac
import re

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from pos_app.domain.errors import PhoneRefused

_REGION = "VN"
_COUNTRY_CODE = 84
_SEPARATORS = re.compile(r"[\s.\-()]+")
_DIALLED = re.compile(r"\+?[0-9]+")
_OLD = re.compile(r"(?:0|84|\+84|0084)(12[0-9]|16[2-9]|18[68]|199)([0-9]{7})")
_OLD_PREFIXES = {
    "120": "70", "121": "79", "122": "77", "126": "76", "128": "78",
    "123": "83", "124": "84", "125": "85", "127": "81", "129": "82",
    "162": "32", "163": "33", "164": "34", "165": "35", "166": "36", "167": "37", "168": "38", "169": "39",
    "186": "56", "188": "58", "199": "59",
}  # fmt: skip
"""Prefixes of 11-digit numbers before 2018 and what became of them."""


def parse(text: str) -> str:
    """The number as E.164 (`+84901234567`); old 11-digit numbers are converted first.

    Raises PhoneRefused (`text`) for anything that is no valid number.
    """
    dialled = _modern(_SEPARATORS.sub("", text))
    if _DIALLED.fullmatch(dialled) is None:
        raise PhoneRefused(text=text)
    try:
        number = phonenumbers.parse(dialled, _REGION)
    except phonenumbers.NumberParseException as error:
        raise PhoneRefused(text=text) from error
    if not phonenumbers.is_valid_number(number):
        raise PhoneRefused(text=text)
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def is_mobile(e164: str) -> bool:
    """Whether this is a mobile number: only those are loyalty keys, a fixed line is a contact."""
    kind = phonenumbers.number_type(phonenumbers.parse(e164))
    return kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


def shown(e164: str) -> str:
    """`0901 234 567`, for who may see it; a foreign number with its country code."""
    number = phonenumbers.parse(e164)
    at_home = number.country_code == _COUNTRY_CODE
    form = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, form))


def last3(e164: str) -> str:
    """The last three digits, all that lists show."""
    return e164[-3:]


def masked(e164: str) -> str:
    """`•••• ••• 567`, for lists, the customer display and receipts."""
    return masked_last3(last3(e164))


def masked_last3(digits: str) -> str:
    """The mask around three digits that alone are known, as in the `customers` feed."""
    return f"•••• ••• {digits}"


def tag(e164: str, phone_key: bytes) -> str:
    """The phone tag of the `customers` feed: 8 bytes of a keyed hash, 16 hex digits (protocol §6)."""
    return hmac.digest(phone_key, e164.encode("ascii"), hashlib.sha256)[:8].hex()


def _modern(dialled: str) -> str:
    found = _OLD.fullmatch(dialled)
    if found is None:
        return dialled
    prefix, subscriber = found.groups()
    return f"0{_OLD_PREFIXES[prefix]}{subscriber}"
