"""The loops beside the window: sync and printing, woken when there is something to do, and upkeep."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from printing.worker import Outcome, PrintWorker
from ui.background import LoopThread

if TYPE_CHECKING:
    from sync.engine import Engine, SyncReport

LOOK_S: Final = 1.0
"""How often a loop looks whether its next turn is due; a wake comes at once."""

UPKEEP_S: Final = 60.0

AFTER_A_BUG_S: Final = 60.0
"""A turn that ended with an unexpected error is tried again: it must not be the last one."""


class Loops:
    """Started with the window, stopped with it. `told` hears every sync report on the GUI thread.

    The engine is made in the first turn: its libraries load beside the window, not before it.
    """

    def __init__(
        self,
        make_engine: Callable[[], Engine],
        worker: PrintWorker,
        told: Callable[[SyncReport], None],
        printed: Callable[[], None],
        upkeep: Callable[[], None] = lambda: None,
    ) -> None:
        self._make_engine = make_engine
        self._engine: Engine | None = None
        self._is_stopping = False
        self._due_at = 0.0
        self._sync = LoopThread(self._sync_turn, LOOK_S, name="sync")
        self._print = LoopThread(lambda: _print_all(worker), LOOK_S, name="printing")
        self._upkeep = LoopThread(upkeep, UPKEEP_S, name="upkeep")
        self._sync.stepped.connect(lambda report: told(report) if report is not None else None)
        self._print.stepped.connect(lambda count: printed() if count else None)

    def start(self) -> None:
        self._sync.start()
        self._print.start()
        self._upkeep.start()

    def stop(self) -> None:
        """Ends after the step under way; what was not sent or printed waits in the database."""
        self._is_stopping = True
        if self._engine is not None:
            self._engine.stop_soon()
        self._sync.stop()
        self._print.stop()
        self._upkeep.stop()

    def wake_sync(self) -> None:
        """A document was committed, or a person asks for it."""
        self._due_at = 0.0
        self._sync.wake()

    def wake_printing(self) -> None:
        self._print.wake()

    def wake(self) -> None:
        """After every commit."""
        self.wake_printing()
        self.wake_sync()

    def _sync_turn(self) -> SyncReport | None:
        if time.monotonic() < self._due_at:
            return None
        self._due_at = float("inf")  # a wake during the turn lowers it again
        wait = AFTER_A_BUG_S
        try:
            if self._engine is None:
                self._engine = self._make_engine()
            if self._is_stopping:
                return None
            report = self._engine.run_once()
            wait = report.next_in_s
        finally:
            self._due_at = min(self._due_at, time.monotonic() + wait)
        return report


def _print_all(worker: PrintWorker) -> int:
    """Print until nothing is due; answers how many papers came out."""
    count = 0
    while worker.run_once().outcome is Outcome.PRINTED:
        count += 1
    return count
