"""Tells when nobody has touched the till for a while: keys, scans, touches and presses count."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
LEAST_MS: Final = 50
OFF_MS: Final = 60_000
"""How often a shop that wants no auto-lock is asked whether it has changed its mind."""


def _monotonic_s() -> float:
    return time.monotonic()


class Idle(QObject):
    """An event filter on the application. `limit_s` is asked each time: the shop's policy may change.

    Install it after the scanner's filter, so that it hears keys which that one holds back.
    """

    elapsed = Signal()

    def __init__(self, limit_s: Callable[[], float], clock_s: Callable[[], float] = _monotonic_s) -> None:
        super().__init__()
        self.setObjectName("idle")
        self._limit_s = limit_s
        self._clock_s = clock_s
        self._touched = clock_s()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)

    def install(self, app: QApplication) -> None:
        """Listen to the whole application from now on."""
        app.installEventFilter(self)
        self.touched()
        self.look()

    def stop(self, app: QApplication) -> None:
        app.removeEventFilter(self)
        self._timer.stop()

    def touched(self) -> None:
        """Somebody is here: by hand, or by a scanner that sends no keys."""
        self._touched = self._clock_s()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = self._clock_s()  # no timer is restarted: this runs for every key of a scan
        return False

    def look(self) -> None:
        """Tell if the time is over, else look again when it could be."""
        limit = self._limit_s()
        if limit <= 0:
            self._timer.start(OFF_MS)
            return
        left = limit - (self._clock_s() - self._touched)
        if left <= 0:
            self._touched = self._clock_s()
            self.elapsed.emit()
            left = limit
        self._timer.start(max(LEAST_MS, min(round(left * 1000), OFF_MS)))
