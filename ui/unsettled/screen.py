"""The page of unsettled documents: filters and rows at the left, the chosen one at the right."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.text import _
from ui.attention.detail_column import DetailColumn
from ui.screen import Screen
from ui.unsettled.presenter import UnsettledPresenter
from ui.unsettled.rows import UnsettledDelegate, UnsettledHead
from ui.unsettled.state import UnsettledState
from ui.widgets.choices import Choice, FilterTabs
from ui.widgets.frames import EmptyState, FunctionKey, TitleBar
from ui.widgets.long_list import LongList
from ui.widgets.text import Panel, divider

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class UnsettledScreen(Screen):
    """↑ ↓ choose a row, ← → a filter, Enter opens what belongs to it."""

    name: ClassVar[str] = "unsettled"

    tab_chosen = Signal(str)
    row_pressed = Signal(str)
    opened = Signal()
    paper_pressed = Signal()
    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Chứng từ chưa xong"))
        self._bar = TitleBar(_("Chứng từ chưa xong"))
        self.tabs = FilterTabs()
        self.rows = LongList(UnsettledDelegate(), name="unsettledRows", spoken=_("Chứng từ chưa xong"))
        self.setFocusProxy(self.rows)
        sell = (FunctionKey("leave", _("Về bán hàng"), "Esc"),)
        line = _("Trung tâm đã ghi sổ mọi chứng từ của quầy này.")
        self._empty = EmptyState("circle-check", _("Không còn chứng từ nào chờ"), line, sell)
        self.detail = DetailColumn("Enter", "F9")
        self._views = QStackedWidget()
        self._views.setObjectName("unsettledViews")
        for view in (self._listed(), self._empty, QWidget()):
            self._views.addWidget(view)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._bar)
        left.addWidget(self._views, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.detail)
        self._connect()

    def _listed(self) -> QWidget:
        listed = Panel("surface", name="unsettledListed")
        tabs = QHBoxLayout()
        tabs.setContentsMargins(16, 12, 16, 12)
        tabs.addWidget(self.tabs)
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tabs)
        column.addWidget(divider())
        column.addWidget(UnsettledHead())
        column.addWidget(self.rows, 1)
        return listed

    def _connect(self) -> None:
        self._bar.back_pressed.connect(self.leave_asked)
        self._empty.pressed.connect(lambda _name: self.leave_asked.emit())
        self.tabs.chosen.connect(self.tab_chosen)
        self.rows.row_pressed.connect(self.row_pressed)
        self.rows.row_entered.connect(lambda _key: self.opened.emit())
        self.detail.main.clicked.connect(lambda: self.opened.emit())
        self.detail.second.clicked.connect(lambda: self.paper_pressed.emit())

    def show_state(self, state: UnsettledState) -> None:
        """Rows that stand stay; only what differs is read and painted."""
        self._bar.note.setText(state.note)
        self.tabs.show_choices([Choice(tab.name, tab.label, tab.count) for tab in state.tabs], state.tab)
        self._views.setCurrentIndex(0 if len(state.rows) else (2 if state.is_reading else 1))
        self.rows.show_rows(state.rows, state.current)
        self.detail.show_detail(state.detail, "")

    def key(self, name: str) -> bool:
        if name == "Esc":
            self.leave_asked.emit()
        elif name == "F9" and self.detail.second.isVisible():
            self.paper_pressed.emit()
        else:
            return False
        return True

    def entered(self) -> None:
        self.shown.emit()
        super().entered()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in _ENTER and self.detail.main.isVisible():
            self.opened.emit()
        elif event.key() in steps:
            self.tabs.step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def connect(screen: UnsettledScreen, presenter: UnsettledPresenter) -> None:
    """Signals of the page to what the presenter does."""
    presenter.shown_by(screen.show_state)
    screen.shown.connect(presenter.refresh)
    screen.tab_chosen.connect(presenter.choose_tab)
    screen.row_pressed.connect(presenter.choose)
    screen.opened.connect(presenter.open)
    screen.paper_pressed.connect(presenter.show_paper)
    screen.scan_entered.connect(presenter.scan)
    screen.leave_asked.connect(presenter.leave)
