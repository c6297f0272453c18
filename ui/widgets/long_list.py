"""A list of ten thousand painted rows: all of one height, read as they come into view."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.widgets.painted_list import PaintedList
from ui.widgets.row_list import RowDelegate
from ui.widgets.row_model import LongModel, LongRows


class LongList(PaintedList):
    """↑ ↓, page keys, Home and End choose a row."""

    def __init__(self, delegate: RowDelegate[Any], *, name: str, spoken: str) -> None:
        self._long = LongModel()
        self._height = delegate.height
        super().__init__(self._long, delegate, name=name, spoken=spoken)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_rows(self, rows: LongRows, current: str) -> None:
        """Make these the rows; the chosen one comes into view when it is another than before."""
        before, top = self._current, self.verticalScrollBar().value()
        self._current = current
        self._long.show_rows(rows)
        self.verticalScrollBar().setValue(top)
        self.viewport().update()
        if current and current != before:
            self.scroll_to(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count, at = self._long.count(), self._long.place_of(self._current)
        page = max(1, self.viewport().height() // self._height - 1)
        targets = {
            Qt.Key.Key_Up: at - 1,
            Qt.Key.Key_Down: at + 1,
            Qt.Key.Key_PageUp: at - page,
            Qt.Key.Key_PageDown: at + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }
        target = targets.get(Qt.Key(event.key()))
        if target is None or not count:
            event.ignore()
            return
        row = self._long.at(max(0, min(count - 1, target)))
        assert row is not None, "the place lies within the rows"
        self.row_pressed.emit(row.key)
