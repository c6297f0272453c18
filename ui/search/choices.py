"""Colours and sizes of a style as boxes to press; sold-out sizes are struck but readable."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos_app.text import _
from ui import painting, theme
from ui.painting import Span
from ui.search.state import SizeState, SwatchState
from ui.tokens import LEAST_TOUCH, RADIUS_TILE
from ui.widgets.button import Button

IN_A_ROW = 6
SIZE_HEIGHT = 56


class SwatchBox(Button):
    """A colour, 44 px; the chosen one has an accent ring."""

    def __init__(self, swatch: SwatchState) -> None:
        super().__init__("", name=f"colour_{swatch.product}", height=LEAST_TOUCH, spoken=swatch.name)
        self._swatch = swatch
        self.setFixedSize(LEAST_TOUCH, LEAST_TOUCH)
        self.setToolTip(swatch.name)
        self.setAccessibleDescription(_("Đang xem") if swatch.is_chosen else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        fill = theme.colour(self._swatch.colour)
        if self._swatch.is_chosen:
            painting.box(painter, area, RADIUS_TILE, theme.colour("surface"), theme.colour("accent"), 2)
            painting.box(painter, area.adjusted(5, 5, -5, -5), 3, fill)
        else:
            painting.box(painter, area, RADIUS_TILE, fill, theme.tile_border())


class SizeBox(Button):
    """A size over what is here."""

    def __init__(self, size: SizeState) -> None:
        spoken = _("Size {size}, ở đây: {stock}").format(size=size.size, stock=size.stock)
        super().__init__("", name=f"size_{size.product}", height=SIZE_HEIGHT, spoken=spoken)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(_("Đang xem") if size.is_chosen else "")

    def sizeHint(self) -> QSize:
        return QSize(52, SIZE_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_TOUCH, SIZE_HEIGHT)

    def clipped(self) -> bool:
        """Whether size or stock need more room."""
        words = painting.text_width(self._size.size, 17, 700), painting.text_width(self._size.stock, 14)
        return max(words) > self.width() - 6

    def _look(self) -> tuple[str, str | None, float, str, str]:
        """Fill, border, its width, ink of the size and of the stock."""
        if self._size.is_chosen:
            return "accent-soft", "accent", 2, "accent-ink", "accent-ink"
        if self._size.is_gone:
            return "bg", None, 1, "ink3", "ink3"
        return "surface", "ctl", 1, "ink", "ink2"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill, border, width, ink, ink2 = self._look()
        ring = None if border is None else theme.colour(border)
        painting.box(painter, self.rect(), RADIUS_TILE, theme.colour(fill), ring, width)
        size, stock = Span(self._size.size, ink, 700, self._size.is_gone), Span(self._size.stock, ink2)
        for span, middle, points in ((size, 20, 17), (stock, 38, 14)):
            left = (self.width() - painting.spans_width([span], points)) / 2
            painting.spans(painter, left, middle, [span], points, self.width() - left)


class BoxGrid(QWidget):
    """Boxes in rows of six; rebuilt only when they differ. `chosen` sends the product."""

    chosen = Signal(str)

    def __init__(self, *, name: str, spoken: str, gap: int, fills: bool) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._fills = fills
        self._shown: tuple[SwatchState, ...] | tuple[SizeState, ...] = ()
        self._boxes: list[Button] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)

    def show_choices(self, choices: tuple[SwatchState, ...] | tuple[SizeState, ...]) -> None:
        """Other colours or sizes; with none the row takes no room."""
        self.setVisible(bool(choices))
        if choices == self._shown:
            return
        self._shown = choices
        focused = next((box.objectName() for box in self._boxes if box.hasFocus()), "")
        for box in self._boxes:
            self._grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = [self._made(choice) for choice in choices]
        for at, box in enumerate(self._boxes):
            self._grid.addWidget(box, at // IN_A_ROW, at % IN_A_ROW)
            if box.objectName() == focused:
                box.setFocus()
        for column in range(IN_A_ROW):
            self._grid.setColumnStretch(column, int(self._fills))
        self._grid.setColumnStretch(IN_A_ROW, int(not self._fills))

    def _made(self, choice: SwatchState | SizeState) -> Button:
        box: Button = SwatchBox(choice) if isinstance(choice, SwatchState) else SizeBox(choice)
        box.clicked.connect(lambda: self.chosen.emit(choice.product))
        return box
