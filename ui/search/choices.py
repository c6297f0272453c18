"""Colours and sizes of a style as boxes to press; sold-out sizes are struck but readable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

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


C = TypeVar("C", SwatchState, SizeState)


class Box(Button, Generic[C]):
    """One choice that a press shows."""

    product = ""

    def show_choice(self, choice: C) -> None:
        """Another colour or size in the same place."""
        raise NotImplementedError


class SwatchBox(Box[SwatchState]):
    """A colour, 44 px; the chosen one has an accent ring."""

    def __init__(self, swatch: SwatchState) -> None:
        super().__init__("", name="colour", height=LEAST_TOUCH)
        self.setFixedSize(LEAST_TOUCH, LEAST_TOUCH)
        self.show_choice(swatch)

    def show_choice(self, choice: SwatchState) -> None:
        """Another colour."""
        swatch = self._swatch = choice
        self.product = swatch.product
        self.setObjectName(f"colour_{swatch.product}")
        self.setToolTip(swatch.name)
        self.setAccessibleName(swatch.name)
        self.setAccessibleDescription(_("Đang xem") if swatch.is_chosen else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        fill = theme.colour(self._swatch.colour)
        if self._swatch.is_chosen:
            painting.box(painter, area, RADIUS_TILE, theme.colour("surface"), theme.colour("accent"), 2)
            painting.box(painter, area.adjusted(5, 5, -5, -5), 3, fill)
        else:
            painting.box(painter, area, RADIUS_TILE, fill, theme.tile_border())


class SizeBox(Box[SizeState]):
    """A size over what is here."""

    def __init__(self, size: SizeState) -> None:
        super().__init__("", name="size", height=SIZE_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_choice(size)

    def show_choice(self, choice: SizeState) -> None:
        """Another size."""
        size = self._size = choice
        self.product = size.product
        self.setObjectName(f"size_{size.product}")
        spoken = _("Size {size}, ở đây: {stock}").format(size=size.size, stock=size.stock)
        self.setAccessibleName(spoken)
        self.setAccessibleDescription(_("Đang xem") if size.is_chosen else "")
        self.update()

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


class BoxGrid(QWidget, Generic[C]):
    """Boxes in rows of six, kept while there are as many of them. `chosen` sends the product."""

    chosen = Signal(str)

    def __init__(self, make: Callable[[C], Box[C]], *, name: str, spoken: str, gap: int, fills: bool) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._make: Callable[[C], Box[C]] = make
        self._fills = fills
        self._boxes: list[Box[C]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)

    def show_choices(self, choices: Sequence[C]) -> None:
        """Other colours or sizes; with none the row takes no room."""
        self.setVisible(bool(choices))
        while len(self._boxes) > len(choices):
            box = self._boxes.pop()
            self._grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        for box, choice in zip(self._boxes, choices, strict=False):
            box.show_choice(choice)
        for at in range(len(self._boxes), len(choices)):
            self._add(choices[at], at)
        for column in range(IN_A_ROW):
            self._grid.setColumnStretch(column, int(self._fills))
        self._grid.setColumnStretch(IN_A_ROW, int(not self._fills))

    def boxes(self) -> list[QWidget]:
        """In order, for the way of the Tab key."""
        return list(self._boxes)

    def _add(self, choice: C, at: int) -> None:
        box = self._make(choice)
        box.clicked.connect(lambda: self.chosen.emit(box.product))
        self._boxes.append(box)
        self._grid.addWidget(box, at // IN_A_ROW, at % IN_A_ROW)
