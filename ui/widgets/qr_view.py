"""QR codes: black on white in both themes, whole pixels a module, four modules of quiet."""

from __future__ import annotations

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

QUIET = 4


class QrView(QWidget):
    """Shows a text as a QR code; `module` px a module, fewer when there is no room."""

    def __init__(
        self, text: str = "", *, module: int = 9, error: str = "m", name: str = "qr", spoken: str = "QR"
    ) -> None:
        super().__init__()
        self._module, self._error = module, error
        self._matrix: tuple[tuple[bool, ...], ...] = ()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Another text; an empty one shows nothing."""
        self._matrix = ()
        if text:
            code = segno.make(text, error=self._error, micro=False, boost_error=False)
            self._matrix = tuple(tuple(bool(dot) for dot in row) for row in code.matrix)
        self.updateGeometry()
        self.update()

    def modules(self) -> int:
        """Modules a side, quiet included; 0 without a code."""
        return len(self._matrix) + 2 * QUIET if self._matrix else 0

    def sizeHint(self) -> QSize:
        side = max(1, self.modules()) * self._module
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.modules() * 2, self.modules() * 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._matrix:
            return
        painter = QPainter(self)
        module = max(1, min(self._module, min(self.width(), self.height()) // self.modules()))
        side = module * self.modules()
        left, top = (self.width() - side) // 2, (self.height() - side) // 2
        painter.fillRect(QRectF(left, top, side, side), Qt.GlobalColor.white)
        black = QColor("#000000")
        for y, row in enumerate(self._matrix):
            for x, dot in enumerate(row):
                if dot:
                    painter.fillRect(
                        left + (x + QUIET) * module, top + (y + QUIET) * module, module, module, black
                    )
