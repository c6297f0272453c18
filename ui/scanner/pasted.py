"""A pasted or dropped picture or text, for counters without a scanner: becomes scanned texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QImage, QImageWriter

from pos_app.scanning.decode import Decoded, decode
from ui.background import once

MOST_FILE_BYTES = 32 * 1024 * 1024
DECODE_SECONDS = 8.0


class Pasted(QObject):
    """Turns mime data into scans; pictures are decoded beside the screen."""

    scanned = Signal(str)
    nothing_found = Signal()  # a picture without a code, or one that cannot be read

    def __init__(self, decoder: Callable[[bytes], list[Decoded]] = decode) -> None:
        super().__init__()
        self.setObjectName("pasted")
        self._decoder = decoder

    def take(self, mime: QMimeData) -> None:
        """A pasted or dropped thing: picture, picture file, or text."""
        picture = picture_bytes(mime)
        if picture is not None:
            once(lambda: self._decoder(picture), DECODE_SECONDS, self._decoded)
            return
        text = mime.text().strip() if mime.hasText() else ""
        if text:
            self.scanned.emit(text)
        else:
            self.nothing_found.emit()

    def _decoded(self, found: list[Decoded] | None, error: Exception | None) -> None:
        if error is not None or not found:
            self.nothing_found.emit()
            return
        for one in found:
            self.scanned.emit(one.text)


def picture_bytes(mime: QMimeData) -> bytes | None:
    """The picture as PNG or as the file it came from; None when there is none."""
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return _png(image)
    for url in mime.urls():
        path = Path(url.toLocalFile()) if url.isLocalFile() else None
        if path is not None and path.is_file() and path.stat().st_size <= MOST_FILE_BYTES:
            return path.read_bytes()
    return None


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    buffer.close()
    return bytes(data.data())
