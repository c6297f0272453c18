"""Rows of the pick-up screen, 84 high: lines with their ring, and orders that wait."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from ui import painting, theme
from ui.painting import Span
from ui.pickup.state import LineRow, Mark, WaitingRow
from ui.widgets.row_list import RowDelegate, RowList
from ui.widgets.row_model import ROW
from ui.widgets.small import paint_disc, paint_tick

RING_ROOM = 64  # px at the left of a row that belong to its ring
SHELF_MIDDLE = 262  # px from the right edge
QUANTITY_RIGHT = 137
EDGE = 16


class LineDelegate(RowDelegate[LineRow]):
    """ring · tile · name over variant · shelf · quantity · amount."""

    height = 84

    def paint_row(self, painter: QPainter, area: QRect, row: LineRow, selected: bool) -> None:
        left, right = area.left(), area.right() + 1
        middle = area.top() + (self.height - 1) / 2
        quiet = row.mark in ("refused", "gone")
        paint_ring(painter, QRectF(left + 16, middle - 20, 40, 40), row.mark, row.part)
        tile = QRectF(left + 72, middle - 26, 52, 52)
        painting.tile(painter, tile, row.face.fill, row.face.size, row.face.icon, quiet)
        ink = "ink3" if quiet else "ink"
        room = right - SHELF_MIDDLE - 60 - (left + 140)
        name = Span(row.name, ink, 600)
        painting.spans(painter, left + 140, middle - 10 if row.second else middle, [name], 17, room)
        painting.spans(painter, left + 140, middle + 12, [Span(row.second, row.second_ink)], 15, room)
        shelf = (Span(row.shelf, ink, 600),)
        half = painting.spans_width(shelf, 16) / 2
        painting.spans_right(painter, right - SHELF_MIDDLE + half, middle, shelf, 16)
        painting.spans_right(painter, right - QUANTITY_RIGHT, middle, (Span(row.quantity, ink, 700),), 20)
        struck = row.mark == "refused"
        amount = (Span(row.amount, ink, struck=struck),)
        painting.spans_right(painter, right - EDGE, middle, amount, 17)


def paint_ring(painter: QPainter, area: QRectF, mark: Mark, part: str) -> None:
    """dashed → "1/2" → tick; a crossed bag for what stays here, a pale tick for what went before."""
    if mark == "ticked":
        paint_tick(painter, area)
    elif mark == "gone":
        paint_disc(painter, area, "check", "quiet")
    elif mark == "refused":
        paint_disc(painter, area, "package-x", "stop")
    elif mark == "part":
        painting.box(painter, area, area.width() / 2, None, theme.colour("need"), 2)
        painter.setFont(theme.font(14, 700))
        painter.setPen(theme.colour("need"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, part)
    else:
        pen = QPen(theme.colour("edge"), 2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3.0, 2.2])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(area.adjusted(1, 1, -1, -1))


class LineList(RowList):
    """Lines whose ring can be pressed; Space does the same for the chosen row."""

    ring_pressed = Signal(str)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() < RING_ROOM:
            self.ring_pressed.emit(index.data(ROW).key)
            event.accept()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current_key():
            self.ring_pressed.emit(self.current_key())
            event.accept()
            return
        super().keyPressEvent(event)


PROMISE_LEFT = 420
BADGE_RIGHT = 130


class WaitingDelegate(RowDelegate[WaitingRow]):
    """disc · number over customer · promise over preparation · what is due · shelf."""

    height = 84

    def paint_row(self, painter: QPainter, area: QRect, row: WaitingRow, selected: bool) -> None:
        left, right = area.left(), area.right() + 1
        middle = area.top() + (self.height - 1) / 2
        disc = QRectF(left + 16, middle - 20, 40, 40)
        late = row.promise_ink == "need"
        paint_disc(painter, disc, "hourglass" if late else "package", "need" if late else "quiet")
        second = Span(" · ".join(part for part in (row.name, row.items) if part))
        room = PROMISE_LEFT - 72 - 16
        painting.spans(painter, left + 72, middle - 11, [Span(row.number, "ink", 600)], 18, room)
        painting.spans(painter, left + 72, middle + 12, [second], 15, room)
        badge_left = self._badge(painter, right - BADGE_RIGHT, middle, row)
        between = badge_left - 16 - (left + PROMISE_LEFT)
        promise = Span(row.promise, row.promise_ink, 600)
        painting.spans(painter, left + PROMISE_LEFT, middle - 11, [promise], 16, between)
        painting.spans(painter, left + PROMISE_LEFT, middle + 12, [Span(row.preparation)], 15, between)
        painting.spans_right(painter, right - EDGE, middle, (Span(row.shelf, "ink", 600),), 16)

    def _badge(self, painter: QPainter, right: float, middle: float, row: WaitingRow) -> float:
        width = painting.text_width(row.badge.text, 14, 600) + 18
        area = QRectF(right - width, middle - 13, width, 26)
        painting.box(painter, area, 6, theme.colour(f"{row.badge.kind}-soft"))
        painter.setFont(theme.font(14, 600))
        painter.setPen(theme.colour(row.badge.kind))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, row.badge.text)
        return area.left()
