"""The live picture with the corners of a frame over it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons, painting, theme
from ui.tokens import RADIUS

_ARM: Final = 32
_INSET: Final = 48


class Preview(QWidget):
    """Shows the latest frame whole; without one the sign of a camera."""

    def __init__(self, *, name: str, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._image: QImage | None = None

    def show_frame(self, image: QImage | None) -> None:
        """Another picture; None takes the last one away."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, 360)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.box(painter, self.rect(), RADIUS, theme.colour("bg"), theme.colour("line"))
        if self._image is None:
            side = 48
            place = self.rect().center() - QPoint(side // 2, side // 2)
            painter.drawPixmap(place, icons.pixmap("camera", "ink2", side))
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place_of = QRect(QPoint(0, 0), size)
        place_of.moveCenter(self.rect().center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place_of, self._image)
        self._corners(painter, place_of.adjusted(_INSET, _INSET, -_INSET, -_INSET))

    def _corners(self, painter: QPainter, area: QRect) -> None:
        """Dark under light, so that they stand out from any picture."""
        for colour, width in ((Qt.GlobalColor.black, 6), (Qt.GlobalColor.white, 3)):
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            for corner, across, down in (
                (area.topLeft(), 1, 1),
                (area.topRight(), -1, 1),
                (area.bottomLeft(), 1, -1),
                (area.bottomRight(), -1, -1),
            ):
                painter.drawLine(corner, corner + QPoint(across * _ARM, 0))
                painter.drawLine(corner, corner + QPoint(0, down * _ARM))
