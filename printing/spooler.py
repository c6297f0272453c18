"""A printer behind a CUPS queue: raw bytes through the system's own `lp`, no shell."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PIL import Image

from pos_app.domain.errors import PrinterBroken, PrinterUnreachable
from printing.escpos_printer import Told, commands
from printing.raster import WIDE

_COMMAND: Final = 10.0
_GRACE: Final = 30.0
_SLOWEST: Final = 250  # rows a second
_LOOK: Final = 0.25
_REQUEST: Final = re.compile(r"request id is (\S+-\d+)")


def _nothing() -> None:
    """Nobody wants to know."""


class SpoolerPrinter:
    """Hands a paper to the queue and waits until the queue no longer has it.

    A paper that does not come out in time is taken back from the queue: it must not print tomorrow, nor open
    the drawer. Whether some of it is on paper only a person can see. `pause` waits between two looks.
    """

    def __init__(
        self,
        queue: str,
        width: int = WIDE,
        *,
        pause: Callable[[float], None] = time.sleep,
        patience: float = _GRACE,
    ) -> None:
        self.width = width
        self.name = queue
        self._pause = pause
        self._patience = patience

    def print(
        self, image: Image.Image, *, cut: bool = True, drawer: bool = False, before_drawer: Told = _nothing
    ) -> None:
        """`before_drawer` is called when the queue has taken the pulse. Raises PrinterUnreachable,
        PrinterBroken.
        """
        self._look_at_queue()
        job = self._hand_over(b"".join(commands(image, cut=cut, drawer=drawer)))
        if drawer:
            before_drawer()
        deadline = time.monotonic() + self._patience + image.height / _SLOWEST
        while self._is_waiting(job):
            if time.monotonic() > deadline:
                self._asked(["cancel", job])
                raise PrinterBroken(device=self.name, reason="timeout")
            self._pause(_LOOK)

    def _look_at_queue(self) -> None:
        done = self._told(["lpstat", "-p", self.name])
        if done.returncode:
            raise PrinterUnreachable(device=self.name, reason="no_queue")
        if "disabled" in done.stdout:
            raise PrinterUnreachable(device=self.name, reason="queue_stopped")

    def _hand_over(self, data: bytes) -> str:
        """The queue's number of the job. The file is readable by its owner only, and gone afterwards."""
        handle, name = tempfile.mkstemp(prefix="quay-", suffix=".prn")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            done = self._told(["lp", "-d", self.name, "-o", "raw", "-t", "quay", "--", name])
        finally:
            Path(name).unlink()
        found = _REQUEST.search(done.stdout)
        if done.returncode or found is None:
            raise PrinterUnreachable(device=self.name, reason="refused")
        return found.group(1)

    def _is_waiting(self, job: str) -> bool:
        done = self._asked(["lpstat", "-W", "not-completed", "-o", self.name])
        if done.returncode:
            raise PrinterBroken(device=self.name, reason="connection_lost")
        return any(line.split()[:1] == [job] for line in done.stdout.splitlines())

    def _asked(self, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """A command about a paper that the queue has already taken."""
        try:
            return _run(words)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PrinterBroken(device=self.name, reason="connection_lost") from error

    def _told(self, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
        try:
            return _run(words)
        except FileNotFoundError as error:
            raise PrinterUnreachable(device=self.name, reason="no_spooler") from error
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PrinterUnreachable(device=self.name, reason="timeout") from error


def _run(words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """A command of CUPS, found on PATH, answering in English."""
    return subprocess.run(  # noqa: S603  the words are ours, the queue's name is checked by the settings
        words,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_COMMAND,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
