"""What a printer's line can do, whatever it is made of: send until a deadline, read, finish, close."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol


class Cable(AbstractContextManager["Cable"], Protocol):
    """An open line to a printer; leaving the context closes it. What is sent is raw ESC/POS."""

    def send(self, data: bytes, deadline: float) -> None:
        """Everything, until `deadline` (monotonic seconds). Raises TimeoutError, OSError."""

    def read(self, patience: float) -> int | None:
        """One byte that the printer says, or None within `patience` seconds. Raises OSError."""

    def forget_answers(self) -> None:
        """Drop what the printer said unasked (before this paper)."""

    def finish(self, deadline: float) -> None:
        """Wait until the line has taken everything, as far as it tells. Raises TimeoutError, OSError."""


class Plug(Protocol):
    """Where a cable is plugged in; `slowest` in bytes a second that the line surely takes."""

    name: str
    slowest: float
    must_answer: bool
    """A line that says nothing of a printer that is switched off: silence is trouble there."""

    def open(self) -> Cable:
        """Raises PrinterUnreachable."""
