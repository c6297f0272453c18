"""The two work areas of the pick-up screen before the hand-over: orders that wait, one order."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.text import _
from ui.pickup.rows import (
    BADGE_RIGHT,
    QUANTITY_RIGHT,
    SHELF_MIDDLE,
    LineDelegate,
    LineList,
    WaitingDelegate,
)
from ui.pickup.state import ListState, OrderState
from ui.widgets.choices import Choice, FilterTabs
from ui.widgets.frames import EmptyState
from ui.widgets.row_list import RowList
from ui.widgets.small import Badge
from ui.widgets.text import CENTRE, RIGHT, Text, divider


class Head(QWidget):
    """Number or title, 26 / 700, over one line; badges or tabs at the right."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}Head")
        self.setFixedHeight(66)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16, 0, 16, 2)
        self.row.setSpacing(16)
        words = QVBoxLayout()
        words.setContentsMargins(0, 5, 0, 0)
        words.setSpacing(0)
        self._title = Text("", 26, 700, name=f"{name}Title")
        self._line = Text("", 15, 400, "ink2", name=f"{name}Line")
        words.addWidget(self._title)
        words.addWidget(self._line)
        self.row.addLayout(words, 1)

    def show_words(self, title: str, line: str) -> None:
        """Another title and line."""
        self._title.setText(title)
        self._line.setText(line)


class ColumnHeads(QWidget):
    """14 / 600 above the rows: texts with their right edge, middle or left given from the area's edges."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}Columns")
        self.setFixedHeight(36)
        self._texts: list[tuple[Text, str, int]] = []

    def add(self, text: str, side: str, distance: int, name: str) -> Text:
        """`side`: left (px from the left), right or middle (px from the right edge)."""
        align = {"left": Text("").alignment(), "right": RIGHT, "middle": CENTRE}[side]
        made = Text(text, 14, 600, "ink3", align=align, name=name)
        made.setParent(self)
        self._texts.append((made, side, distance))
        return made

    def resizeEvent(self, event: object) -> None:
        for text, side, distance in self._texts:
            width = text.sizeHint().width() + 2
            edge = self.width() - distance
            left = {"left": distance, "right": edge - width, "middle": edge - width // 2}[side]
            text.setGeometry(left, 6, width, 24)

    def set_text(self, text: Text, words: str) -> None:
        """Other words in one of them."""
        text.setText(words)
        self.resizeEvent(None)


class OrderArea(QWidget):
    """One order: head, column heads, lines."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("orderArea")
        self._head = Head("order")
        self._badges = [Badge("", large=True, name=f"orderBadge_{at}") for at in range(2)]
        for badge in self._badges:
            self._head.row.addWidget(badge)
        self._columns = ColumnHeads("order")
        self._progress = self._columns.add("", "left", 72, "orderProgress")
        self._columns.add(_("Kệ"), "middle", SHELF_MIDDLE, "headShelf")
        self._columns.add(_("SL"), "right", QUANTITY_RIGHT, "headQuantity")
        self._columns.add(_("Thành tiền"), "right", 16, "headAmount")
        self.rows = LineList(LineDelegate(), name="pickupLines", spoken=_("Món trong đơn"))
        _stacked(self, self._head, self._columns, divider(), self.rows)

    def show_state(self, state: OrderState) -> None:
        """Show it."""
        self._head.show_words(state.title, state.line)
        for badge, shown in zip(self._badges, state.badges, strict=True):
            badge.show_badge(shown.text, shown.kind, shown.icon, shown.dot)
        self._columns.set_text(self._progress, state.heading)
        self.rows.show_rows(state.rows, state.current)


class ListArea(QWidget):
    """The waiting orders by promise time, or why there are none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("listArea")
        self._head = Head("waiting")
        self.tabs = FilterTabs(name="waitingTabs")
        self._head.row.addWidget(self.tabs)
        columns = ColumnHeads("waiting")
        columns.add(_("Đơn · khách"), "left", 72, "headOrder")
        columns.add(_("Hẹn lấy"), "left", 420, "headPromise")
        columns.add(_("Tiền"), "right", BADGE_RIGHT, "headDue")
        columns.add(_("Kệ"), "right", 16, "headWaitingShelf")
        self.rows = RowList(WaitingDelegate(), name="waitingOrders", spoken=_("Đơn chờ nhận"))
        table = QWidget()
        table.setObjectName("waitingTable")
        _stacked(table, columns, divider(), self.rows)
        self._empty_title, self._empty = "", QWidget()
        self._stack = QStackedWidget()
        self._stack.setObjectName("waitingStack")
        self._stack.addWidget(table)
        self._stack.addWidget(self._empty)
        _stacked(self, self._head, self._stack)

    def show_state(self, state: ListState) -> None:
        """Show it."""
        self._head.show_words(state.title, state.line)
        self.tabs.show_choices([Choice(*tab) for tab in state.tabs], state.tab)
        self.rows.show_rows(state.rows, state.current)
        title, line = state.empty
        if title != self._empty_title:
            self._empty_title = title
            old, self._empty = self._empty, EmptyState("package-check", title, line, name="waitingEmpty")
            self._stack.addWidget(self._empty)
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.setCurrentIndex(0 if state.rows else 1)


def _stacked(area: QWidget, *widgets: QWidget) -> None:
    column = QVBoxLayout(area)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, 1 if widget is widgets[-1] else 0)
