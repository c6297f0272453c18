"""Tells a keyboard-wedge scanner from a person by the rhythm of the keys; no Qt, no clock of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SHORTEST: Final = 6
"""Fewer characters are never a scan."""
AVERAGE_GAP_MS: Final = 35
LONGEST_GAP_MS: Final = 60
IDLE_MS: Final = 100
"""A scanner without a terminator is done after this silence."""
LONGEST: Final = 512
"""No code is longer (QX1 has 160 characters); more is a cat on the keyboard, and it is let through."""

BACKSPACE: Final = "\b"
TERMINATORS: Final = ("\r", "\n", "\t")
GROUP_SEPARATOR: Final = "\x1d"


@dataclass(frozen=True, slots=True)
class Held:
    """Nothing is decided yet; whatever was fed stays held back."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A person types: `text` is to be replayed, Backspace ("\\b") and Enter included."""

    text: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scanner's text, without its terminator."""

    text: str


@dataclass(frozen=True, slots=True)
class Garbled:
    """A scan that an input method (Unikey) or a wrong layout has changed; the original is lost."""

    text: str


Outcome = Held | Typed | Scanned | Garbled
HELD: Final = Held()


class Burst:
    """Feed every key with its time (monotonic ms), and `idle` when a timer of IDLE_MS runs out.

    A key that comes too late for the burst before it closes that one: the outcome speaks of the earlier
    keys, the new one is held. Auto-repeat must not be fed.
    """

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._first_ms = 0
        self._last_ms = 0

    @property
    def is_empty(self) -> bool:
        """Nothing is held back."""
        return not self._keys

    def feed(self, char: str, t_ms: int) -> Outcome:
        """One key: a character, Backspace as "\\b", Enter as "\\r", Tab as "\\t"."""
        gap = t_ms - self._last_ms
        if char in TERMINATORS:
            return self._terminated(char, gap)
        outcome: Outcome = HELD
        if self._keys and (gap > LONGEST_GAP_MS or gap < 0 or len(self._keys) >= LONGEST):
            outcome = self._closed()
        if not self._keys:
            self._first_ms = t_ms
        self._keys.append(char)
        self._last_ms = t_ms
        return outcome

    def idle(self, t_ms: int) -> Outcome:
        """Time has passed: typing is let go after LONGEST_GAP_MS, a scan ends after IDLE_MS."""
        silence = t_ms - self._last_ms
        if not self._keys or 0 <= silence <= LONGEST_GAP_MS:
            return HELD
        if self._is_scan() and 0 <= silence < IDLE_MS:
            return HELD
        return self._closed()

    def _terminated(self, char: str, gap: int) -> Outcome:
        if 0 <= gap <= IDLE_MS and self._is_scan():
            return self._closed()
        text = "".join(self._keys) + char
        self._keys.clear()
        return Typed(text)

    def _closed(self) -> Outcome:
        is_scan, text = self._is_scan(), "".join(self._keys)
        self._keys.clear()
        if not is_scan:
            return Typed(text)
        return Scanned(text) if _is_plain(text) else Garbled(text)

    def _is_scan(self) -> bool:
        count = len(self._keys)
        if not SHORTEST <= count < LONGEST or len(set(self._keys)) == 1:
            return False  # one key over and over is a key held down
        return self._last_ms - self._first_ms <= AVERAGE_GAP_MS * (count - 1)


def _is_plain(text: str) -> bool:
    return all((char.isascii() and char.isprintable()) or char == GROUP_SEPARATOR for char in text)
