"""The page of unsettled documents: filters and rows at the left, the chosen one at the right."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_app.text import _
from ui.attention.detail_column import DetailColumn
from ui.unsettled.presenter import UnsettledPresenter
from ui.unsettled.rows import UnsettledDelegate, unsettled_head
from ui.unsettled.state import UnsettledState
from ui.widgets.choices import Choice
from ui.widgets.filtered_page import FilteredPage
from ui.widgets.frames import EmptyState, FunctionKey
from ui.widgets.long_list import LongList

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class UnsettledScreen(FilteredPage):
    """↑ ↓ choose a row, ← → a filter, Enter opens what belongs to it."""

    name: ClassVar[str] = "unsettled"

    opened = Signal()
    paper_pressed = Signal()

    def __init__(self) -> None:
        self.rows = LongList(UnsettledDelegate(), name="unsettledRows", spoken=_("Chứng từ chưa xong"))
        self.detail = DetailColumn("Enter", "F9")
        sell = (FunctionKey("leave", _("Về bán hàng"), "Esc"),)
        line = _("Trung tâm đã ghi sổ mọi chứng từ của quầy này.")
        empty = EmptyState("circle-check", _("Không còn chứng từ nào chờ"), line, sell)
        super().__init__(_("Chứng từ chưa xong"), (unsettled_head(), self.rows), empty, self.detail)
        self.views.addWidget(QWidget())  # while it is read
        self.setFocusProxy(self.rows)
        self.rows.row_pressed.connect(self.row_pressed)
        self.rows.row_entered.connect(lambda _key: self.opened.emit())
        self.detail.main.clicked.connect(lambda: self.opened.emit())
        self.detail.second.clicked.connect(lambda: self.paper_pressed.emit())

    def show_state(self, state: UnsettledState) -> None:
        """Rows that stand stay; only what differs is read and painted."""
        self.bar.note.setText(state.note)
        self.tabs.show_choices([Choice(tab.name, tab.label, tab.count) for tab in state.tabs], state.tab)
        self.views.setCurrentIndex(0 if len(state.rows) else (2 if state.is_reading else 1))
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
