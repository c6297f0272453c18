"""How things read to people: translated words, đồng, quantities, dates and masked phones."""

from __future__ import annotations

import gettext as _gettext_library
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal

from pos_app.domain.errors import AmountUnreadable

Language = Literal["vi", "en"]

DOMAIN: Final = "quay"
TRANSLATIONS: Final = Path(__file__).resolve().parent.parent / "resources" / "translations"
MINUS: Final = "\N{MINUS SIGN}"
MOST_TYPED: Final = 999_999_999_999  # đồng; a longer figure is a slip or a barcode in the wrong field

_source = _gettext_library.NullTranslations()
_current: _gettext_library.NullTranslations = _source
_language: Language = "vi"
# what one thread writes may be in another language than the screen: paper is for the customer
_on_paper: ContextVar[_gettext_library.NullTranslations | None] = ContextVar("_on_paper", default=None)


# --- words ------------------------------------------------------------------------------------
def use_language(language: Language) -> None:
    """Switch all later texts; Vietnamese is the source, a missing catalogue falls back to it."""
    global _current, _language
    _language = language
    _current = _catalogue(language)


@contextmanager
def written_in(language: Language) -> Iterator[None]:
    """Texts within are in this language, in this thread only; the screen's language stays."""
    token = _on_paper.set(_catalogue(language))
    try:
        yield
    finally:
        _on_paper.reset(token)


def _catalogue(language: Language) -> _gettext_library.NullTranslations:
    if language == "vi":
        return _source
    return _gettext_library.translation(DOMAIN, TRANSLATIONS, languages=[language], fallback=True)


def language() -> Language:
    """The language in use."""
    return _language


def gettext(text: str) -> str:
    """The text in the language in use; the msgid is the Vietnamese text."""
    return (_on_paper.get() or _current).gettext(text) if text else text


_ = gettext


def ngettext(one: str, many: str, count: int) -> str:
    """As gettext, by number: Vietnamese has no plural, so both may be the same text."""
    return (_on_paper.get() or _current).ngettext(one, many, count)


# --- figures ----------------------------------------------------------------------------------
def money(amount: int) -> str:
    """Đồng grouped by dots, with a real minus sign: 1761200 → "1.761.200"."""
    digits = f"{abs(amount):,}".replace(",", ".")
    return f"{MINUS}{digits}" if amount < 0 else digits


def money_d(amount: int) -> str:
    """As money, with the shop's suffix: "1.761.200đ"."""
    return f"{money(amount)}đ"


def quantity(thousandths: int) -> str:
    """1000 → "1", 750 → "0,75"; thousandths of a unit."""
    return _decimal(thousandths, 1000)


def percent(basis_points: int) -> str:
    """800 → "8%", 1250 → "12,5%"; basis points."""
    return f"{_decimal(basis_points, 100)}%"


def _decimal(value: int, scale: int) -> str:
    whole, rest = divmod(abs(value), scale)
    sign = MINUS if value < 0 else ""
    if not rest:
        return f"{sign}{money(whole)}"
    places = str(rest).rjust(len(str(scale)) - 1, "0").rstrip("0")
    return f"{sign}{money(whole)},{places}"


_PLAIN = re.compile(r"\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+")
_SPOKEN = re.compile(r"(\d{1,6}(?:[.,]\d{1,3})?)(k|nghìn|ngàn|ng|n|tr|triệu|m|tỷ|tỉ)(\d{0,3})")
_SCALES: Final = {
    **dict.fromkeys(("k", "nghìn", "ngàn", "ng", "n"), 1_000),
    **dict.fromkeys(("tr", "triệu", "m"), 1_000_000),
    **dict.fromkeys(("tỷ", "tỉ"), 1_000_000_000),
}
_SUFFIX = re.compile(r"\s*(?:đồng|đ|₫|vnđ|vnd)$")


def parse_money(text: str) -> int:
    """Đồng from what a person types: "1.761.200", "1,761,200đ", "50k", "1,5tr", "1tr2" (= 1.200.000).

    Raises AmountUnreadable for anything else, signs and broken groups ("1.76.200") included.
    """
    plain = _SUFFIX.sub("", " ".join(text.casefold().split()).replace("\N{NO-BREAK SPACE}", " "))
    if plain.isascii() and _PLAIN.fullmatch(plain):
        amount = int(re.sub(r"[., ]", "", plain))
    else:
        amount = _spoken(plain.replace(" ", ""), text)
    if amount > MOST_TYPED:
        raise AmountUnreadable(text=text)
    return amount


def _spoken(plain: str, text: str) -> int:
    """1tr2 = 1.200.000, 1tr25 = 1.250.000: digits after the word are places after the comma."""
    match = _SPOKEN.fullmatch(plain)
    if match is None or (match[3] and not match[1].isdigit()):
        raise AmountUnreadable(text=text)
    figure = f"{match[1]}.{match[3]}" if match[3] else match[1].replace(",", ".")
    amount = Decimal(figure) * _SCALES[match[2]]
    if amount != int(amount):
        raise AmountUnreadable(text=text)
    return int(amount)


# --- time -------------------------------------------------------------------------------------
def _local(when: datetime, zone: tzinfo) -> datetime:
    if when.tzinfo is None:
        raise ValueError("a time for people needs an aware datetime")
    return when.astimezone(zone)


def date_short(when: datetime | date, zone: tzinfo | None = None) -> str:
    """ "14/11/2026"; a plain date needs no zone."""
    if isinstance(when, datetime):
        if zone is None:
            raise ValueError("a time for people needs a zone")
        when = _local(when, zone).date()
    return f"{when.day:02}/{when.month:02}/{when.year:04}"


def time_of_day(when: datetime, zone: tzinfo) -> str:
    """ "09:41", 24 hours."""
    local = _local(when, zone)
    return f"{local.hour:02}:{local.minute:02}"


def date_time(when: datetime, zone: tzinfo) -> str:
    """ "14/11/2026 09:41"."""
    return f"{date_short(when, zone)} {time_of_day(when, zone)}"


def weekday_date(when: datetime | date, zone: tzinfo | None = None) -> str:
    """ "Thứ Bảy 14/11"; a plain date needs no zone."""
    if isinstance(when, datetime):
        if zone is None:
            raise ValueError("a time for people needs a zone")
        when = _local(when, zone).date()
    return f"{_weekday(when.weekday())} {when.day:02}/{when.month:02}"


def _weekday(number: int) -> str:
    return (
        _("Thứ Hai"),
        _("Thứ Ba"),
        _("Thứ Tư"),
        _("Thứ Năm"),
        _("Thứ Sáu"),
        _("Thứ Bảy"),
        _("Chủ Nhật"),
    )[number]


# --- people -----------------------------------------------------------------------------------
def phone_masked(last3: str) -> str:
    """ "•••• ••• 567" from the last three digits."""
    return f"•••• ••• {last3}"
