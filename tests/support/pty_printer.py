"""A printer on a pseudo terminal, as serial port or device node: slow, unplugged, silent, out of paper."""

from __future__ import annotations

import os
import select
import threading
import tty
from pathlib import Path
from types import TracebackType

from tests.support.printer_mind import PrinterMind
from tests.support.raster_reader import Paper, read

_TICK = 0.001


class PtyPrinter:
    """`port` is a link that stays when the cable is pulled out and plugged in again.

    `bytes_a_tick`: how much it takes in a millisecond; 0 = it takes nothing and the line fills up.
    `unplugs_after` bytes the cable is pulled out.
    """

    def __init__(self, folder: Path, mind: PrinterMind | None = None) -> None:
        self.mind = mind or PrinterMind()
        self.port = folder / "ttyUSB0"
        self.bytes_a_tick = 4096
        self.unplugs_after: int | None = None
        self._changed = threading.Condition()
        self._ended = threading.Event()
        self._ends: tuple[int, int] | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> PtyPrinter:
        self.plug()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.unplug()

    def plug(self) -> None:
        """The port is there (again)."""
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        os.set_blocking(ours, False)
        self._ends = ours, theirs
        self.port.symlink_to(os.ttyname(theirs))
        self._ended.clear()
        self._thread = threading.Thread(target=self._serve, args=(ours, theirs), daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """The port is gone."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(5)
            self._thread = None

    def papers_cut(self, count: int) -> Paper:
        """Everything on paper, once that many papers were cut off."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.mind.cuts >= count, timeout=20)
            return read(self.mind.kept)

    def _serve(self, ours: int, theirs: int) -> None:
        try:
            while not self._ended.is_set() and self._take(ours):
                pass
        finally:
            self.port.unlink()
            os.close(ours)
            os.close(theirs)

    def _take(self, ours: int) -> bool:
        """False when the cable was pulled out."""
        if not self.bytes_a_tick:
            return not self._ended.wait(_TICK)
        if not select.select([ours], [], [], 0.02)[0]:
            return True
        more = os.read(ours, self.bytes_a_tick)
        with self._changed:
            answer = self.mind.take(more)
            self._changed.notify_all()
        if answer:
            os.write(ours, answer)
        if self.bytes_a_tick < 4096:
            self._ended.wait(_TICK)
        return self.unplugs_after is None or len(self.mind.kept) < self.unplugs_after
