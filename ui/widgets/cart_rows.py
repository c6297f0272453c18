"""Rows with a tile, a name over a second line, and figures at the right: cart, search, approval."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from ui import painting, theme
from ui.painting import Span
from ui.widgets.row_list import RowDelegate
from ui.widgets.row_pictures import RowPictures


@dataclass(frozen=True, slots=True)
class TileFace:
    """What a colour tile shows: fill "#RRGGBB" or "", the size in it, else the category's icon."""

    fill: str = ""
    size: str = ""
    icon: str = "package"
    faded: bool = False


@dataclass(frozen=True, slots=True)
class CartRow:
    """A closed cart line; all texts ready to read."""

    key: str
    tile: TileFace
    name: str
    second: tuple[Span, ...]
    quantity: str  # "2", "0,75", "−1"
    unit_price: str  # "495.000"
    amount: str  # "−425.000"
    was: str = ""  # struck above the amount
    icon: str = ""

    @property
    def spoken(self) -> str:
        """For screen readers."""
        second = "".join(span.text for span in self.second)
        return f"{self.name}, {second}, {self.quantity} × {self.unit_price}, {self.amount}"


AMOUNT_WIDTH = 132  # room of the amount column at 100 %, its right edge 16 px from the edge


class CartRowDelegate(RowDelegate[CartRow]):
    """Cart lines, 64 high: tile · name over variant · quantity × price · amount."""

    height = 64

    def __init__(self) -> None:
        super().__init__()
        self.pictures = RowPictures()

    def paint_row(self, painter: QPainter, area: QRect, row: CartRow, selected: bool) -> None:
        top, right = area.top(), area.right() + 1 - 16
        amount_left = right - theme.px(AMOUNT_WIDTH)
        middle = top + (self.height - 1) / 2
        tile = QRectF(area.left() + 16, middle - 22, 44, 44)
        painting.tile(painter, tile, row.tile.fill, row.tile.size, row.tile.icon, row.tile.faded)
        quantity = (
            Span(row.quantity, "ink", 700),
            Span(" × ", "ink3"),
            Span(row.unit_price, "ink"),
        )
        painting.spans_right(painter, amount_left, middle, quantity, 17)
        left = area.left() + 72
        room = amount_left - painting.spans_width(quantity, 17) - 24 - left
        two_lines(painter, left, top + 21, Span(row.name, "ink", 600), row.second, room)
        amount = (Span(row.amount, "ink", 600),)
        if row.was:
            painting.spans_right(painter, right, top + 20, (Span(row.was, "ink3", struck=True),), 15)
            painting.spans_right(painter, right, top + 41, amount, 20)
        else:
            painting.spans_right(painter, right, middle, amount, 20)


def two_lines(
    painter: QPainter, left: float, first_middle: float, title: Span, second: tuple[Span, ...], room: float
) -> bool:
    """A name (17) over a second line (15), 22 px apart; False when something was elided."""
    whole = painting.spans(painter, left, first_middle, [title], 17, room)
    return painting.spans(painter, left, first_middle + 22, second, 15, room) and whole
