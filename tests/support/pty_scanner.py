"""A scanner on a pseudo terminal: sends codes as USB-COM scanners do, is pulled out and plugged in again."""

from __future__ import annotations

import os
import tty
from pathlib import Path
from types import TracebackType


class PtyScanner:
    """`port` is a link that stays the same when it is plugged in again."""

    def __init__(self, folder: Path) -> None:
        self.port = folder / "ttyACM0"
        self._ends: tuple[int, int] | None = None

    def __enter__(self) -> PtyScanner:
        self.plug()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.unplug()

    @property
    def address(self) -> str:
        return f"serial://{self.port}"

    def plug(self) -> None:
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        self._ends = ours, theirs
        self.port.symlink_to(os.ttyname(theirs))

    def unplug(self) -> None:
        if self._ends is not None:
            self.port.unlink()
            for end in self._ends:
                os.close(end)
            self._ends = None

    def send(self, data: bytes | str) -> None:
        """Raw bytes; a text gets the CR that scanners add."""
        assert self._ends is not None
        os.write(self._ends[0], data if isinstance(data, bytes) else data.encode() + b"\r")
