"""Pictures of painted rows: a list that scrolls with every scan does not write all its words again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPixmap

from ui import theme

MOST: Final = 32
"""More rows than one window shows; a picture takes about 200 KB."""

Paint = Callable[[QPainter, QRect], None]


class RowPictures:
    """The newest pictures, each as good as its row, size and theme are the same."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[tuple[object, ...], QPixmap]] = {}

    def of(self, key: str, row: object, size: QSize, ratio: float, paint: Paint) -> QPixmap:
        """The row's picture on the surface; `paint` gets the area to fill. Whole ratios stay sharp."""
        facts = (row, size.width(), size.height(), ratio, theme.active())
        kept = self._kept.pop(key, None)
        if kept is None or kept[0] != facts:
            kept = facts, _painted(size, ratio, paint)
        self._kept[key] = kept
        if len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]
        return kept[1]


def _painted(size: QSize, ratio: float, paint: Paint) -> QPixmap:
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.colour("surface"))
    painter = QPainter(picture)
    paint(painter, QRect(0, 0, size.width(), size.height()))
    painter.end()
    return picture
