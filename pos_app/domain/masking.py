"""What must not stand in a log: PINs, tokens, phones, cards and full codes are masked in finished texts."""

from __future__ import annotations

import hashlib
import re
from typing import Final

LINE_CHARACTERS: Final = 8_000
HIDDEN: Final = "•••"

_NAMES_OF_WHAT_HIDES: Final = (
    r"pin|token|secret|password|passwd|authorization|signature|enrol_?code|database_?key|phone_?key|pepper"
    r"|private_?key|mã pin|salt|verifier"
)
_CODE = re.compile(r"QX1[0-9A-Z]{20,}", re.IGNORECASE)
_NAMED = re.compile(
    rf"(?i)\b({_NAMES_OF_WHAT_HIDES})(['\"]?\s*(?:[=:]|\bis\b)\s*|\s+)(['\"]?)([^\s'\",;)}}\]]+)"
)
_HEX = re.compile(r"\b[0-9a-fA-F]{64,}\b")
_PHONE = re.compile(r"(?<![\dA-Za-z-])(?:\+84|0084|84|0)[ .-]?\d(?:[ .-]?\d){7,8}(\d)(?![\dA-Za-z-])")
_CARD = re.compile(r"(?<!\d)[3-6]\d{3}(?:[ -]?\d){9,15}(?!\d)")


def masked(text: str) -> str:
    """The text with everything that must not stand in a log hidden (security §2, §5)."""
    text = _CODE.sub(_code_trace, text)
    text = _NAMED.sub(_named_secret, text)
    text = _HEX.sub(lambda match: f"{match[0][:8]}…", text)
    text = _CARD.sub(_card, text)
    text = _PHONE.sub(_phone, text)
    return (
        text
        if len(text) <= LINE_CHARACTERS
        else f"{text[:LINE_CHARACTERS]}… (+{len(text) - LINE_CHARACTERS})"
    )


def _code_trace(match: re.Match[str]) -> str:
    """Not the code, but enough to see that two lines speak of the same one."""
    return f"QX1{HIDDEN}{hashlib.sha256(match[0].upper().encode()).hexdigest()[:8]}"


def _named_secret(match: re.Match[str]) -> str:
    name, between, quote, value = match.groups()
    if not between.strip() and not value.isdigit():
        return match[0]  # "pin pad", "token kept": prose, no value
    return f"{name}{between}{quote}{HIDDEN}"


def _card(match: re.Match[str]) -> str:
    digits = [int(one) for one in match[0] if one.isdigit()]
    doubled = [sum(divmod(2 * one, 10)) for one in digits[-2::-2]]
    return f"{HIDDEN}{match[0][-2:]}" if (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0 else match[0]


def _phone(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match[0])
    return f"{HIDDEN}{digits[-3:]}"
