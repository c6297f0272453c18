"""The only place with threads: loops that call a plain function, and work done once beside the screen."""

from __future__ import annotations

import ctypes
import logging
import threading
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThread, QThreadPool, QTimer, Signal

log = logging.getLogger(__name__)
STOP_WAIT_MS: Final = 5000
T = TypeVar("T")


class LoopThread(QThread):
    """Calls `step` every `interval` seconds and at once after `wake`. Emits its report or its error.

    An error is logged once per change of its text, and the loop goes on.
    """

    stepped = Signal(object)  # what `step` returned
    failed = Signal(object)  # the exception

    def __init__(self, step: Callable[[], object], interval: float, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._step, self._interval = step, interval
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._last_error = ""

    def wake(self) -> None:
        """Step now instead of at the end of the interval; from any thread."""
        self._wake.set()

    def stop(self) -> bool:
        """End after the step under way; False when it takes longer than five seconds."""
        self._ended.set()
        self._wake.set()
        if self.wait(STOP_WAIT_MS):
            return True
        log.warning("%s: the step under way does not end", self.objectName())
        # Qt ends the whole process when a running thread is destroyed: this one outlives Python's clean-up
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self))
        return False

    def run(self) -> None:
        while not self._ended.is_set():
            self._wake.clear()
            self._one_step()
            if not self._ended.is_set():
                self._wake.wait(self._interval)

    def _one_step(self) -> None:
        try:
            report = self._step()
        except Exception as error:
            text = repr(error)
            if text != self._last_error:
                log.exception("%s: a step failed", self.objectName())
                self._last_error = text
            self.failed.emit(error)
            return
        self._last_error = ""
        self.stepped.emit(report)


class Overdue(Exception):
    """`once` was not done by its deadline; its late result is dropped."""


class _Bridge(QObject):
    """Carries a result over to the GUI thread."""

    arrived = Signal(object, object)


class _Work(QRunnable, Generic[T]):
    def __init__(self, function: Callable[[], T], bridge: _Bridge) -> None:
        super().__init__()
        self._function, self._bridge = function, bridge

    def run(self) -> None:
        try:
            result: object = self._function()
        except Exception as error:  # noqa: BLE001  handed to the GUI thread, which decides
            self._bridge.arrived.emit(None, error)
            return
        self._bridge.arrived.emit(result, None)


class Once(QObject):
    """One piece of work under way; keep nothing, it keeps itself until it is done."""

    settled = Signal()  # the function has ended, in time or not

    _alive: Final[set[Any]] = set()

    def __init__(
        self, function: Callable[[], T], deadline: float, done: Callable[[T | None, Exception | None], None]
    ) -> None:
        super().__init__()
        self._done: Callable[[Any, Exception | None], None] | None = done
        self._bridge = _Bridge()
        self._bridge.arrived.connect(self._arrived)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._overdue)
        Once._alive.add(self)
        if deadline > 0:
            self._timer.start(round(deadline * 1000))
        QThreadPool.globalInstance().start(_Work(function, self._bridge))

    def cancel(self) -> None:
        """The result is no longer wanted."""
        self._done = None

    def _arrived(self, result: object, error: Exception | None) -> None:
        self._timer.stop()
        Once._alive.discard(self)
        if self._done is not None:
            done, self._done = self._done, None
            done(result, error)
        self.settled.emit()

    def _overdue(self) -> None:
        if self._done is not None:
            done, self._done = self._done, None
            done(None, Overdue())


def once(
    function: Callable[[], T], deadline: float, done: Callable[[T | None, Exception | None], None]
) -> Once:
    """Run `function` beside the screen and call `done(result, error)` on the GUI thread, once.

    After `deadline` seconds (0: none) `done(None, Overdue())` is called and a late result is dropped.
    """
    return Once(function, deadline, done)
