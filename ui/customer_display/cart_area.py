"""The lines of the cart as the customer sees them: painted, so that a hundred cost what seven cost."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.text import ngettext
from ui import painting, theme
from ui.customer_display.state import DisplayLine
from ui.painting import Span

ROW = 57
TILE = 40
NAME_LEFT = 54
QUANTITY_RIGHT = 127  # from the right edge
LEADING = 20


class CartArea(QWidget):
    """The newest line is at the bottom, as in the cashier's cart; older ones are counted when room ends."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("displayCart")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._lines: tuple[DisplayLine, ...] = ()

    def show_lines(self, lines: tuple[DisplayLine, ...]) -> None:
        """Nothing is painted again when nothing differs."""
        if lines == self._lines:
            return
        self._lines = lines
        words = [f"{line.name}, {line.quantity}, {line.amount}" for line in lines]
        self.setAccessibleName(". ".join(words))
        self.update()

    def earlier(self) -> int:
        """How many lines there is no room for."""
        rows = max(1, (self.height() - 1) // ROW)
        return 0 if len(self._lines) <= rows else len(self._lines) - (rows - 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(360, ROW * 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        hidden, top = self.earlier(), 0
        if hidden:
            words = ngettext("Và {n} dòng phía trên", "Và {n} dòng phía trên", hidden).format(n=hidden)
            painting.spans(painter, NAME_LEFT, ROW / 2, [Span(words, "ink2")], 16, self.width() - NAME_LEFT)
            top = ROW
        for at, line in enumerate(self._lines[hidden:]):
            if at or hidden:
                painter.fillRect(QRectF(0, top, self.width(), 1), theme.colour("line"))
            self._paint_line(painter, top, line)
            top += ROW

    def _paint_line(self, painter: QPainter, top: int, line: DisplayLine) -> None:
        middle, right = top + 29.0, float(self.width())
        face = line.face
        painting.tile(painter, QRectF(0, middle - TILE / 2, TILE, TILE), face.fill, face.size, face.icon)
        left = right - QUANTITY_RIGHT - 24
        quantity = (Span(line.quantity, "ink2"),)
        painting.spans_right(painter, right - QUANTITY_RIGHT, middle, quantity, 18)
        self._paint_name(painter, middle, line.name, left - painting.spans_width(quantity, 18) - NAME_LEFT)
        amount = (Span(line.amount, "ink", 600),)
        if line.was:
            painting.spans_right(painter, right, middle - 12, (Span(line.was, "ink3", struck=True),), 15)
            painting.spans_right(painter, right, middle + 8, amount, 20)
        else:
            painting.spans_right(painter, right, middle, amount, 20)

    @staticmethod
    def _paint_name(painter: QPainter, middle: float, name: str, room: float) -> None:
        rows = two_rows(name, room)
        first = middle - LEADING / 2 * (len(rows) - 1)
        for at, row in enumerate(rows):
            painting.spans(painter, NAME_LEFT, first + at * LEADING, [Span(row, "ink", 600)], 17, room)


def two_rows(name: str, room: float) -> tuple[str, ...]:
    """The name broken at spaces into two rows at most; the second is cut when even that is too little."""
    metrics = QFontMetricsF(theme.font(17, 600))
    if metrics.horizontalAdvance(name) <= room:
        return (name,)
    words = name.split(" ")
    count = 1
    while count < len(words) and metrics.horizontalAdvance(" ".join(words[: count + 1])) <= room:
        count += 1
    rest = " ".join(words[count:])
    if not rest:
        return (metrics.elidedText(name, Qt.TextElideMode.ElideRight, room),)
    return " ".join(words[:count]), metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room)
