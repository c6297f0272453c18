"""What a printer says of itself: paper and lid, asked before and after a paper (ESC/POS DLE EOT, GS r)."""

from __future__ import annotations

import time
from typing import Final

from printing.cable import Cable

PAPER_OUT: Final = "paper_out"
COVER_OPEN: Final = "cover_open"
PRINTER_ERROR: Final = "printer_error"
SILENT: Final = "timeout"
UNCLEAR: Final = "unclear_answer"
"""It answers in no ESC/POS: mostly the speed of a serial line is another than the printer's."""
NOTHING_WRONG: Final = ""

_ASK_OFFLINE: Final = b"\x10\x04\x02"
_ASK_PAPER: Final = b"\x10\x04\x04"
_ASK_WHEN_DONE: Final = b"\x1dr\x01"

_ANSWER: Final = 0.4  # seconds; printers on a shop's network answer within a few milliseconds
_ROUND: Final = 1.0
_FIXED_BITS: Final = 0x93  # bits that are the same in every answer to DLE EOT
_FIXED: Final = 0x12
_COVER: Final = 0x04
_FEED_STOPPED: Final = 0x20
_ERROR: Final = 0x40
_PAPER_END: Final = 0x60
_DONE_PAPER_END: Final = 0x0C


class Status:
    """Remembers whether this printer answers at all: one that is silent is not waited for again.

    `must_answer`: silence is trouble from the first. It always is with a printer that has answered before.
    """

    def __init__(self, *, must_answer: bool = False) -> None:
        self._answers: bool | None = True if must_answer else None
        self._confirms: bool | None = None

    def before(self, cable: Cable) -> str:
        """Why it cannot print now, or NOTHING_WRONG. A silent printer is taken to be well."""
        if self._answers is False:
            return NOTHING_WRONG
        cable.forget_answers()
        paper = _asked(cable, _ASK_PAPER)
        if paper is None or paper & _FIXED_BITS != _FIXED:
            return self._no_answer(SILENT if paper is None else UNCLEAR)
        self._answers = True
        if paper & _PAPER_END:
            return PAPER_OUT
        return _offline_reason(_asked(cable, _ASK_OFFLINE))

    def _no_answer(self, trouble: str) -> str:
        if self._answers:
            return trouble
        self._answers = False
        return NOTHING_WRONG

    def after(self, cable: Cable, deadline: float) -> str:
        """Waits until the paper is out, where the printer says so; else what stopped it in between.

        `deadline` on the monotonic clock, seconds.
        """
        if not self._answers or self._confirms is False:
            return NOTHING_WRONG
        cable.send(_ASK_WHEN_DONE, deadline)
        while time.monotonic() < deadline:
            answer = cable.read(_ROUND)
            if answer is None:
                cable.send(_ASK_PAPER, deadline)  # answered at once, also by a printer that has stopped
            elif answer & _FIXED_BITS != _FIXED:
                self._confirms = True
                return PAPER_OUT if answer & _DONE_PAPER_END else NOTHING_WRONG
            elif answer & _PAPER_END:
                return PAPER_OUT
        self._confirms = False
        return NOTHING_WRONG


def _offline_reason(answer: int | None) -> str:
    if answer is None or answer & _FIXED_BITS != _FIXED:
        return NOTHING_WRONG
    if answer & _COVER:
        return COVER_OPEN
    if answer & _FEED_STOPPED:
        return PAPER_OUT
    return PRINTER_ERROR if answer & _ERROR else NOTHING_WRONG


def _asked(cable: Cable, question: bytes) -> int | None:
    """The byte that answers a question, or None."""
    cable.send(question, time.monotonic() + _ROUND)
    return cable.read(_ANSWER)
