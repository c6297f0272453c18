"""A list view whose rows a delegate paints: its frame, the chosen row, presses."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QListView

from ui.widgets.row_model import ROW, ShownRows


class PaintedList(QListView):
    """Base of lists of painted rows; which one is chosen is said by who shows them."""

    row_pressed = Signal(str)  # the key of the row that was pressed or chosen by the arrows
    row_entered = Signal(str)  # double press

    def __init__(self, model: ShownRows, delegate: QAbstractItemDelegate, *, name: str, spoken: str) -> None:
        super().__init__()
        self._shown = model
        self._width = 0
        self._current = ""
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setModel(model)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda index: self.row_pressed.emit(index.data(ROW).key))
        self.doubleClicked.connect(lambda index: self.row_entered.emit(index.data(ROW).key))

    def row_at(self, place: int) -> Any:
        """One of the rows, None beyond the end. Asked for every row whenever one is added: not through Qt."""
        return self._shown.at(place)

    def row_width(self) -> int:
        """Room for a row in px."""
        return self._width

    def current_key(self) -> str:
        """The selected row's key, or ""."""
        return self._current

    def is_open(self, key: str) -> bool:
        """Whether a widget stands in this row's place."""
        return False

    def open_height(self, key: str) -> int:
        """Height of the open row's widget; 0 when this row is closed."""
        return 0

    def freshness(self, key: str) -> float:
        """How much of the fade of a new or changed row is left, 1 to 0."""
        return 0.0

    def scroll_to(self, key: str) -> None:
        """Bring a row into view."""
        index = self._index(key)
        if index.isValid():
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def _index(self, key: str) -> QModelIndex:
        return self._shown.index(self._shown.place_of(key))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._width = self.viewport().width()
        self.scheduleDelayedItemsLayout()
