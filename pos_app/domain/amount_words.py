"""An amount in Vietnamese words, northern form, as invoices and receipts write it (rules: Money)."""

from __future__ import annotations

from pos_app.domain.errors import AmountRefused

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")
_BILLION = 1_000_000_000


def amount_in_words(amount: int) -> str:
    """The number in words, without capital and without "đồng". Raises AmountRefused below 0 (`least`)."""
    if amount < 0:
        raise AmountRefused(amount=amount, least=0)
    return " ".join(_words(amount, follows=False)) or _DIGITS[0]


def amount_sentence(amount: int) -> str:
    """As it is printed: with a capital and "đồng"."""
    words = amount_in_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def _words(number: int, *, follows: bool) -> list[str]:
    """`follows`: something stands before, so an empty hundred is spoken. Empty groups are skipped."""
    words: list[str] = []
    if number >= _BILLION:
        words += [*_words(number // _BILLION, follows=follows), "tỷ"]
        number %= _BILLION
    for place in (2, 1, 0):
        group = number // 1000**place % 1000
        if group:
            words += _group(group, follows=follows or bool(words))
            words += [_SCALES[place]] if place else []
    return words


def _group(group: int, *, follows: bool) -> list[str]:
    hundreds, rest = divmod(group, 100)
    tens, units = divmod(rest, 10)
    words: list[str] = []
    if hundreds or follows:
        words += [_DIGITS[hundreds], "trăm"]
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [_DIGITS[tens], "mươi"]
    elif units and words:
        words.append("linh")
    return [*words, *_unit(tens, units)]


def _unit(tens: int, units: int) -> list[str]:
    if units == 0:
        return []
    if units == 5 and tens:
        return ["lăm"]
    if tens >= 2 and units in (1, 4):
        return ["mốt" if units == 1 else "tư"]
    return [_DIGITS[units]]
