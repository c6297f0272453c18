"""A count by notes under way: which row is being counted and what stands in each."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.domain.cash import DENOMINATIONS
from pos_app.text import _, money
from ui.shift.state import CountRow, CountState

MOST_PIECES = 9_999


class NoteCount:
    """Pieces by denomination; an untouched row is not the same as a counted zero. Knows no Qt."""

    def __init__(self, counts: Mapping[int, int] | None = None) -> None:
        self._pieces: dict[int, int] = {}
        self._current = DENOMINATIONS[0]
        self._is_fresh = True
        self.fill(counts or {})

    # --- figures -------------------------------------------------------------------------------
    @property
    def counts(self) -> dict[int, int]:
        """{denomination: pieces}, empty rows left out."""
        return {note: pieces for note, pieces in self._pieces.items() if pieces}

    @property
    def pieces(self) -> int:
        """How many notes and coins in all."""
        return sum(self._pieces.values())

    @property
    def total(self) -> int:
        """What they are worth, đồng."""
        return sum(note * pieces for note, pieces in self._pieces.items())

    @property
    def is_begun(self) -> bool:
        """Whether anything was counted, be it a zero."""
        return bool(self._pieces)

    def state(self) -> CountState:
        """All rows, to be shown."""
        rows = tuple(self._row(note) for note in DENOMINATIONS)
        label = _("Đang đếm tờ {note}").format(note=money(self._current))
        return CountState(rows, label, self.pieces, self.total)

    def _row(self, note: int) -> CountRow:
        pieces = self._pieces.get(note)
        return CountRow(
            note=note,
            pieces=0 if pieces is None else pieces,
            is_counted=pieces is not None,
            is_current=note == self._current,
        )

    # --- acts ----------------------------------------------------------------------------------
    def fill(self, counts: Mapping[int, int]) -> None:
        """Replace everything; the first row is current."""
        self._pieces = {note: counts[note] for note in DENOMINATIONS if counts.get(note)}
        self.choose(DENOMINATIONS[0])

    def choose(self, note: int) -> None:
        """Count this row; its first digit replaces what stands there."""
        if note in DENOMINATIONS:
            self._current, self._is_fresh = note, True

    def move(self, by: int) -> None:
        """So many rows down (or up); the ends hold."""
        at = DENOMINATIONS.index(self._current) + by
        self.choose(DENOMINATIONS[max(0, min(len(DENOMINATIONS) - 1, at))])

    def press(self, key: str) -> None:
        """A key of the pad: a digit, "back" or "down"; others are ignored."""
        if key == "down":
            self.move(1)
        elif key == "back":
            self._back()
        elif len(key) == 1 and key.isascii() and key.isdigit():
            self._digit(int(key))

    def _digit(self, digit: int) -> None:
        stands = 0 if self._is_fresh else self._pieces.get(self._current, 0)
        pieces = stands * 10 + digit
        if pieces <= MOST_PIECES:
            self._pieces[self._current] = pieces
        self._is_fresh = False

    def _back(self) -> None:
        left = self._pieces.get(self._current, 0) // 10
        self._is_fresh = False
        if left:
            self._pieces[self._current] = left
        else:
            self._pieces.pop(self._current, None)
