"""Parts of the approval dialog: the bar that shrinks once a second, and the lines of what is asked."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import painting, theme
from ui.approval.state import ApprovalLine
from ui.painting import Span


class TimeBar(QWidget):
    """6 px under the header; what is left is accent, the rest background."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("approvalBar")
        self.setFixedHeight(6)
        self._left, self._of = 1, 1

    def show_share(self, left: int, of: int) -> None:
        """So many of so many seconds are left."""
        self._left, self._of = left, of
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("bg"))
        painter.fillRect(0, 0, self.width() * self._left // self._of, self.height(), theme.colour("accent"))


class LineRow(QWidget):
    """One line, 60 high: tile · name over how it is meant · amount."""

    def __init__(self, line: ApprovalLine, at: int) -> None:
        super().__init__()
        self._line = line
        self.setObjectName(f"approvalLine_{at}")
        self.setAccessibleName(", ".join(part for part in (line.name, line.second, line.amount) if part))
        self.setFixedHeight(60)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, line = QPainter(self), self._line
        face = line.face
        painting.tile(painter, QRectF(0, 8, 44, 44), face.fill, face.size, face.icon)
        amount = [Span(line.amount, "ink", 600)]
        room = self.width() - 56 - painting.spans_width(amount, 18) - 16
        name = Span(line.name, "ink", 600)
        painting.spans(painter, 56, 19 if line.second else 30, [name], 16, room)
        painting.spans(painter, 56, 41, [Span(line.second)], 15, room)
        painting.spans_right(painter, self.width(), 30, amount, 18)
