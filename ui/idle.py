"""Tells when nobody has touched the till for a while: keys, scans, touches and presses count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from pos_app.storage.clock import SystemClock

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


def _asleep_or_not_s() -> float:
    """The machine's own time: one that was shut for days was not touched for days (fault 57)."""
    return SystemClock().mono_ms() / 1000


class Idle(QObject):
    """An event filter on the application. `limit_s` is asked each time: the shop's policy may change.

    Install it after the scanner's filter, so that it hears keys which that one holds back.
    """

    elapsed = Signal()

    def __init__(self, limit_s: Callable[[], float], clock_s: Callable[[], float] = _asleep_or_not_s) -> None:
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
        if event.type() not in _TOUCHES:
            return False
        away, self._touched = self._touched, self._clock_s()
        # no timer is restarted and nobody is asked: this runs for every key of a scan
        return self._touched - away >= 1 and self._was_over(self._touched - away)

    def _was_over(self, away_s: float) -> bool:
        """Timers stand still while the machine sleeps: the touch that wakes it comes first, and locks."""
        is_over = 0 < self._limit_s() <= away_s
        if is_over:
            self.elapsed.emit()
        return is_over

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
