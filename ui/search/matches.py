"""Which letters of a shown text were typed: without case and marks, from the beginning of a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from pos_app.domain.text_folding import fold
from ui.goods import Part

WORD: Final = re.compile(r"[^\W_]+")
MATCH: Final = "accent-ink"


def typed_words(text: str) -> list[str]:
    """The words that were typed, folded."""
    return WORD.findall(fold(text))


def marked(text: str, typed: Sequence[str], ink: str, weight: int) -> tuple[Part, ...]:
    """The text in parts: typed letters in the accent and bold, the rest as given."""
    shown = unicodedata.normalize("NFC", text)  # one sign a letter, so that a place is a letter
    parts: list[Part] = []
    at = 0
    for begin, end in _joined(shown, _places(shown, typed)):
        if begin > at:
            parts.append(Part(shown[at:begin], ink, weight))
        parts.append(Part(shown[begin:end], MATCH, 700))
        at = end
    if at < len(shown):
        parts.append(Part(shown[at:], ink, weight))
    return tuple(parts)


def _places(text: str, typed: Sequence[str]) -> Iterator[tuple[int, int]]:
    for found in WORD.finditer(text):
        length = max((_length(found[0], word) for word in typed), default=0)
        if length:
            yield found.start(), found.start() + length


@lru_cache(maxsize=8192)  # the names of a shop repeat a few hundred words
def _length(shown: str, typed: str) -> int:
    """How many letters of the shown word the typed one covers; 0 when it does not begin like it."""
    if not fold(shown).startswith(typed):
        return 0
    return next(length for length in range(1, len(shown) + 1) if len(fold(shown[:length])) >= len(typed))


def _joined(text: str, places: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Neighbours with nothing but spaces between them are one run."""
    runs: list[tuple[int, int]] = []
    for begin, end in places:
        if runs and not text[runs[-1][1] : begin].strip():
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((begin, end))
    return runs
