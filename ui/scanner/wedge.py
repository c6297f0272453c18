"""Keyboard-wedge scanners: a scan anywhere in the window never lands in the focused field."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.scanning.burst import BACKSPACE, IDLE_MS, LONGEST_GAP_MS, Burst, Garbled, Outcome, Scanned, Typed

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MODIFIERS: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def _monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000


class KeyTimes:
    """Lays keys and silences on one line of milliseconds.

    Between two keys counts when the system saw them, so that a machine that stands still neither splits a
    scan nor makes one of slow typing. Keys without such a time (0: made by a program) and times that run
    backwards count by when they were handled, and so does silence.
    """

    def __init__(self, clock_ms: Callable[[], int]) -> None:
        self._clock_ms = clock_ms
        self._at = 0
        self._handled = 0
        self._stamp = 0

    def key(self, stamp: int) -> int:
        """When this key came; `stamp` is the event's own time in ms, 0 for none."""
        handled = self._clock_ms()
        known = 0 < self._stamp <= stamp
        self._at += stamp - self._stamp if known else handled - self._handled
        self._handled, self._stamp = handled, stamp
        return self._at

    def silence(self) -> int:
        """Now, when no key has come."""
        return self._at + self._clock_ms() - self._handled


class Wedge(QObject):
    """An event filter on the application. Keys are held back until they turn out to be typing or a scan.

    Typing is replayed to the field that had the focus; a scan is emitted and nothing is replayed, so its
    Enter presses no button. `garbled`: an input method or a wrong layout has changed a scan.
    """

    scanned = Signal(str)
    garbled = Signal(str)

    def __init__(self, clock_ms: Callable[[], int] = _monotonic_ms) -> None:
        super().__init__()
        self.setObjectName("wedge")
        self._burst = Burst()
        self._times = KeyTimes(clock_ms)
        self._held: list[QKeyEvent] = []
        self._target: QWidget | None = None
        self._replaying = False
        self._timer = QTimer(self, singleShot=True)
        self._last_call = QTimer(self, singleShot=True, interval=0)
        self._timer.setObjectName("wedgeSilence")
        self._last_call.setObjectName("wedgeLastCall")
        self._timer.timeout.connect(self._last_call.start)  # keys that wait in the system's queue come first
        self._last_call.timeout.connect(self.idle)

    def install(self, app: QApplication) -> None:
        """Listen to the whole application."""
        app.installEventFilter(self)

    # --- events
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._replaying or not isinstance(watched, QWidget):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._is_ours(event) and not self._burst.is_empty:
                event.accept()  # inside a burst no letter is a shortcut
                return True
            return False
        if event.type() == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            return any(key.key() == event.key() for key in self._held)  # goes with its press
        if isinstance(event, QInputMethodEvent) and event.commitString() and not self._burst.is_empty:
            return self._composed(event)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        return self._pressed(watched, event)

    def _pressed(self, watched: QWidget, event: QKeyEvent) -> bool:
        if event.isAutoRepeat() or not self._is_ours(event):
            self._let_go()
            return False
        char = _character(event)
        if char in ("\r", "\t") and self._burst.is_empty:
            return False  # a lone Enter or Tab is a person's
        if char == BACKSPACE and self._burst.is_empty:
            return False
        if self._target is not watched and not self._burst.is_empty:
            self._let_go()
        self._target = watched
        keys_before = list(self._held)
        self._held.append(QKeyEvent(event))
        self._judge(self._burst.feed(char, self._times.key(event.timestamp())), keys_before)
        if not self._burst.is_empty:
            self._timer.start(LONGEST_GAP_MS + 5)
        return True

    def _composed(self, event: QInputMethodEvent) -> bool:
        """An input method commits a whole text in the middle of a burst."""
        keys_before = list(self._held)
        for char in event.commitString():
            self._held.append(QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, char))
            self._judge(self._burst.feed(char, self._times.key(0)), keys_before)
        return True

    def idle(self) -> None:
        """Time has passed without a key: what is held is decided."""
        outcome = self._burst.idle(self._times.silence())
        self._judge(outcome, list(self._held))
        if not self._burst.is_empty:
            self._timer.start(IDLE_MS - LONGEST_GAP_MS + 5)

    # --- what it was
    def _judge(self, outcome: Outcome, keys_before: list[QKeyEvent]) -> None:
        if isinstance(outcome, Typed):
            count = len(self._held) if self._burst.is_empty else len(keys_before)
            self._replay(count)
        elif isinstance(outcome, (Scanned, Garbled)):
            self._drop(len(self._held) if self._burst.is_empty else len(keys_before))
            signal = self.scanned if isinstance(outcome, Scanned) else self.garbled
            signal.emit(outcome.text)

    def _let_go(self) -> None:
        """A key that is no part of a scan: what was held is typing."""
        self._burst = Burst()
        self._replay(len(self._held))

    def _drop(self, count: int) -> None:
        del self._held[:count]

    def _replay(self, count: int) -> None:
        keys, target = self._held[:count], self._target
        self._drop(count)
        self._replaying = True
        try:
            for key in keys:
                if target is not None:
                    QCoreApplication.sendEvent(target, key)
                    QCoreApplication.sendEvent(target, _release_of(key))
        except RuntimeError:
            # the field was closed between the key and its replay; there is nobody left to type to
            self._target = None
        finally:
            self._replaying = False

    @staticmethod
    def _is_ours(event: QKeyEvent) -> bool:
        if event.modifiers() & _MODIFIERS:
            return False
        return bool(_character(event))


def _release_of(key: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyRelease, key.key(), key.modifiers(), key.text())


def _character(event: QKeyEvent) -> str:
    key = event.key()
    if key in _ENTER:
        return "\r"
    if key == Qt.Key.Key_Tab:
        return "\t"
    if key == Qt.Key.Key_Backspace:
        return BACKSPACE
    text = event.text()
    return text if len(text) == 1 and (text.isprintable() or text == "\x1d") else ""
