"""Where frames come from: the camera, or pictures in a folder for machines and tests without one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage


class FrameSource(QObject):
    """Emits frames between `start` and `stop`; both may be called again."""

    frame = Signal(QImage)
    failed = Signal(str)  # no_camera, not_installed, busy

    def start(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        raise NotImplementedError


class PictureSource(FrameSource):
    """Shows picture files one after the other, over and over, `interval_ms` apart; none = no camera."""

    def __init__(self, pictures: Sequence[Path], interval_ms: int = 100) -> None:
        super().__init__()
        self._pictures = pictures
        self._frames: Iterator[QImage] = iter(())
        self._timer = QTimer(self, interval=interval_ms)
        self._timer.timeout.connect(self._next)

    def start(self) -> None:
        frames = [image for path in self._pictures if not (image := QImage(str(path))).isNull()]
        if not frames:
            self.failed.emit("no_camera")
            return
        self._frames = cycle(frames)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _next(self) -> None:
        self.frame.emit(next(self._frames))
