"""The machine's camera. QtMultimedia is loaded when it opens, not before: it is large and wants libpulse."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize

from ui.camera.source import FrameSource

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QCamera, QCameraDevice, QCameraFormat, QMediaCaptureSession, QVideoFrame

log = logging.getLogger(__name__)

WANTED: Final = QSize(1280, 720)
"""Enough for an EAN at arm's length; more only costs time."""
LEAST_GAP_S: Final = 0.06
"""Frames that come faster are dropped: sixteen a second look alive."""


class VideoSource(FrameSource):
    """The camera that the system calls its default."""

    def __init__(self) -> None:
        super().__init__()
        self._camera: QCamera | None = None
        self._session: QMediaCaptureSession | None = None
        self._last = 0.0

    def start(self) -> None:
        try:
            from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QMediaDevices, QVideoSink
        except ImportError as error:
            log.info("no camera support: %s", error)
            self.failed.emit("not_installed")
            return
        device = QMediaDevices.defaultVideoInput()
        if device.isNull():
            self.failed.emit("no_camera")
            return
        camera, session = QCamera(device), QMediaCaptureSession()
        sink = QVideoSink(session)
        if (chosen := _format(device)) is not None:
            camera.setCameraFormat(chosen)
        session.setCamera(camera)
        session.setVideoSink(sink)
        sink.videoFrameChanged.connect(self._took)
        camera.errorOccurred.connect(self._went_wrong)
        self._camera, self._session = camera, session
        camera.start()

    def stop(self) -> None:
        if self._camera is None or self._session is None:
            return
        self._camera.stop()
        self._camera.deleteLater()
        self._session.deleteLater()
        self._camera, self._session = None, None

    def _took(self, frame: QVideoFrame) -> None:
        now = time.monotonic()
        if self._camera is None or not frame.isValid() or now - self._last < LEAST_GAP_S:
            return
        image = frame.toImage()
        if not image.isNull():
            self._last = now
            self.frame.emit(image)

    def _went_wrong(self, _error: object, words: str) -> None:
        log.info("camera: %s", words)
        self.stop()
        self.failed.emit("busy")


def _format(device: QCameraDevice) -> QCameraFormat | None:
    """The one nearest to WANTED, the fastest of those; None: the camera's own choice."""
    formats = device.videoFormats()
    if not formats:
        return None
    return min(formats, key=lambda one: (abs(one.resolution().width() - WANTED.width()), -one.maxFrameRate()))
