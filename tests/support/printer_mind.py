"""What a printer understands and answers, whatever line it hangs on."""

from __future__ import annotations

from tests.support.raster_reader import CommandReader

WELL, NO_PAPER, LID_OPEN, DONE = b"\x12", b"\x72", b"\x16", b"\x00"


class PrinterMind:
    """Takes bytes, gives answers. `paper_ends_after` bands the paper is out and the printer stops."""

    def __init__(self, *, answers: bool = True) -> None:
        self.answers = answers
        self.has_paper = True
        self.lid_open = False
        self.paper_ends_after: int | None = None
        self.kept = b""
        self.cuts = 0
        self._bands = 0
        self._reader = CommandReader()

    def take(self, more: bytes) -> bytes:
        """The answers to the commands that these bytes complete."""
        self.kept += more
        answer = b""
        for command in self._reader.feed(more):
            self.cuts += command.name == "cut"
            self._bands += command.name == "band"
            if self.paper_ends_after is not None and self._bands >= self.paper_ends_after:
                self.has_paper = False
            answer += self._answer(command.name, command.data)
        return answer

    def _answer(self, name: str, data: bytes) -> bytes:
        if not self.answers:
            return b""
        if name == "ask" and data == b"\x04":
            return WELL if self.has_paper else NO_PAPER
        if name == "ask":
            return LID_OPEN if self.lid_open else WELL
        return DONE if name == "ask_when_done" and self.has_paper else b""
