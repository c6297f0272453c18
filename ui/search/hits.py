"""The list of goods found: column heads, and rows 75 high with the typed letters marked."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from pos_app.text import _
from ui import painting, theme
from ui.goods import Part
from ui.painting import Span
from ui.search.state import HitRow
from ui.widgets.list_head import ListHead
from ui.widgets.row_list import RowDelegate

HEAD = 38
LEFT = 82
EDGE = 16
ELSEWHERE = 118  # room of the last column at 100 %
HERE = 98
PRICE = 110


def spans_of(parts: Iterable[Part]) -> list[Span]:
    """The parts as they are painted."""
    return [Span(part.text, part.ink, part.weight, icon=part.icon) for part in parts]


def hit_head() -> ListHead:
    """What the columns are; 38 high with the line below."""
    first = (_("Hàng hóa"), LEFT, "headGoods")
    others = (
        (_("Giá bán"), PRICE, "headPrice"),
        (_("Ở đây"), HERE, "headHere"),
        (_("Nơi khác"), ELSEWHERE, "headElsewhere"),
    )
    return ListHead(first, others, height=HEAD, edge=EDGE, name="searchHead")


class HitDelegate(RowDelegate[HitRow]):
    """tile · name over SKU and variant · price · here · elsewhere."""

    height = 75

    def paint_row(self, painter: QPainter, area: QRect, row: HitRow, selected: bool) -> None:
        middle = area.top() + (self.height - 1) / 2
        tile = QRectF(area.left() + EDGE, area.top() + 11, 52, 52)
        painting.tile(painter, tile, row.face.fill, row.face.size, row.face.icon)
        right = area.right() + 1 - EDGE
        painting.spans_right(painter, right, middle, [Span(row.elsewhere)], 15)
        right -= theme.px(ELSEWHERE)
        painting.spans_right(painter, right, middle, spans_of([row.here]), 17)
        right -= theme.px(HERE)
        price = [Span(row.price, "ink", 600)]
        painting.spans_right(painter, right, middle, price, 18)
        left = area.left() + LEFT
        room = right - painting.spans_width(price, 18) - 24 - left
        painting.spans(painter, left, area.top() + 25.5, spans_of(row.name), 17, room)
        painting.spans(painter, left, area.top() + 47.5, spans_of(row.second), 15, room)
