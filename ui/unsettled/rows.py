"""Rows of unsettled documents, 75 high: disc · what over how it stands · its money · when."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from pos_app.text import _
from ui import painting, theme
from ui.painting import Span
from ui.unsettled.state import UnsettledRow
from ui.widgets.list_head import ListHead
from ui.widgets.long_list import LongList
from ui.widgets.row_list import RowDelegate
from ui.widgets.small import paint_disc

HEIGHT: Final = 75
LEFT: Final = 72
EDGE: Final = 20
TIME: Final = 116  # room of the last column at 100 %
AMOUNT: Final = 132
HEAD: Final = 34


def unsettled_head() -> ListHead:
    """What the columns are."""
    others = ((_("Số tiền"), AMOUNT, "headAmount"), (_("Lập lúc"), TIME, "headTime"))
    first = (_("Chứng từ"), LEFT, "headDocument")
    return ListHead(first, others, height=HEAD, edge=EDGE, name="unsettledHead")


class UnsettledDelegate(RowDelegate[UnsettledRow]):
    """Amounts and times stand in columns; the words take the rest."""

    height = HEIGHT

    def paint_row(self, painter: QPainter, area: QRect, row: UnsettledRow, selected: bool) -> None:
        middle = area.top() + (HEIGHT - 1) / 2
        paint_disc(painter, QRectF(area.left() + 16, middle - 20, 40, 40), row.icon, row.kind)
        view = self.parent()
        # the bar of a long list takes from the edge, so that columns stay below their heads
        right = (view.width() if isinstance(view, LongList) else area.right() + 1) - EDGE
        painting.spans_right(painter, right, middle, [Span(row.time)], 15)
        right -= theme.px(TIME)
        painting.spans_right(painter, right, middle, [Span(row.amount, "ink", 600)], 18)
        left = area.left() + LEFT
        room = right - left - (theme.px(AMOUNT) if row.amount else 0) - 12
        painting.spans(painter, left, middle - 11, [Span(row.title, "ink", 600)], 17, room)
        painting.spans(painter, left, middle + 12, [Span(row.line)], 15, room)
