"""The log file: rotating, capped in size, with PINs, tokens, phones, cards and full codes masked."""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

FILE: Final = "quay.log"
FILE_BYTES: Final = 2 << 20
FILES_KEPT: Final = 5
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


class MaskingFormatter(logging.Formatter):
    """Masks the finished line, so that exceptions and arguments are covered as well."""

    def format(self, record: logging.LogRecord) -> str:
        """One line (or a traceback), masked; line breaks in messages cannot fake other entries."""
        return masked(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:
        """As the base, with line breaks of the message escaped."""
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)


def configure(folder: Path, level: int = logging.INFO) -> Callable[[], None]:
    """Log to `folder`/quay.log, at most 5 older files of 2 MiB; answers what takes the handler off again."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / FILE
    path.touch(mode=0o600, exist_ok=True)
    if os.name == "posix":
        path.chmod(0o600)
    handler = RotatingFileHandler(
        path, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(
        MaskingFormatter("%(asctime)s.%(msecs)03d %(levelname)s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")
    )
    root = logging.getLogger()
    root.addHandler(handler)
    former = root.level
    root.setLevel(level)

    def take_off() -> None:
        root.removeHandler(handler)
        root.setLevel(former)
        handler.close()

    return take_off
