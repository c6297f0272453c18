"""The list of held carts: open one, throw one away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.text import _
from ui import painting
from ui.painting import Span
from ui.sell.dialogs import wide
from ui.sell.state import HeldRow
from ui.widgets.button import Button
from ui.widgets.cart_rows import two_lines
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.row_list import RowDelegate, RowList
from ui.widgets.text import Text


class HeldDelegate(RowDelegate[HeldRow]):
    """Who, since when, how much."""

    height = 72

    def paint_row(self, painter: QPainter, area: QRect, row: HeldRow, selected: bool) -> None:
        middle = area.top() + self.height / 2
        total = (Span(row.total, "ink", 600),)
        painting.spans_right(painter, area.right() - 15, middle, total, 18)
        room = area.width() - 48 - painting.spans_width(total, 18)
        two_lines(
            painter, area.left() + 16, middle - 11, Span(row.title, "ink", 600), (Span(row.line),), room
        )


class HeldDialog(DialogFrame):
    """↑ ↓ choose, Enter opens, Del throws away (the screen asks first)."""

    recalled = Signal(int)
    thrown = Signal(int)

    def __init__(self, rows: Sequence[HeldRow]) -> None:
        super().__init__(_("Đơn đang treo"), name="heldDialog", note=str(len(rows)))
        self._rows = tuple(rows)
        self._current = rows[0].key if rows else ""
        self._list = RowList(HeldDelegate(), name="heldList", spoken=_("Đơn đang treo"))
        self._list.row_pressed.connect(self._choose)
        self._list.row_entered.connect(lambda key: self.recalled.emit(int(key)))
        self._list.setFixedHeight(min(max(len(rows), 1), 5) * HeldDelegate.height)
        self._reason = Text("", 15, 400, "stop", name="heldReason", wrap=True)
        self._reason.hide()
        if rows:
            self.body.addWidget(self._list)
        else:
            self.body.addWidget(Text(_("Chưa có đơn nào đang treo."), 16, 400, "ink2", name="heldEmpty"))
        self.body.addWidget(self._reason)
        self._add_buttons()
        self._choose(self._current)

    def _add_buttons(self) -> None:
        self._throw = Button(_("Bỏ đơn"), "remove", name="heldThrow", icon="trash-2", key="Del", height=56)
        self._open = wide(Button(_("Mở đơn"), "main", name="heldOpen", key="Enter", height=56))
        close = Button(_("Đóng"), name="heldClose", key="Esc", height=56)
        close.clicked.connect(self.close_dialog)
        self._throw.clicked.connect(lambda: self.thrown.emit(int(self._current)))
        self._open.clicked.connect(lambda: self.recalled.emit(int(self._current)))
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (close, self._throw, self._open):
            row.addWidget(button)
        self.body.addLayout(row)
        for button in (self._throw, self._open):
            button.setEnabled(bool(self._rows))

    def first_focus(self) -> QWidget | None:
        return self._list if self._rows else None

    def show_reason(self, reason: str) -> None:
        """Why it was not opened."""
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._rows and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.recalled.emit(int(self._current))
        elif self._rows and event.key() == Qt.Key.Key_Delete:
            self.thrown.emit(int(self._current))
        else:
            super().keyPressEvent(event)

    def _choose(self, key: str) -> None:
        self._current = key
        self._list.show_rows(self._rows, key)
