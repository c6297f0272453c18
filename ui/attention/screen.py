"""The page *Needs attention* (look: 09): filters and rows at the left, the chosen thing at the right."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from pos_app.text import _
from ui.attention.detail_column import DetailColumn
from ui.attention.presenter import AttentionPresenter
from ui.attention.rows import AttentionRows
from ui.attention.state import AttentionState
from ui.widgets.choices import Choice
from ui.widgets.filtered_page import FilteredPage
from ui.widgets.frames import EmptyState, FunctionKey


class AttentionScreen(FilteredPage):
    """↑ ↓ choose a row, F9 does what it needs, Del puts it away."""

    name: ClassVar[str] = "attention"

    row_acted = Signal(str)
    stepped = Signal(int)
    act_pressed = Signal()
    second_pressed = Signal()

    def __init__(self) -> None:
        self.rows = AttentionRows()
        self.detail = DetailColumn()
        sell = (FunctionKey("leave", _("Về bán hàng"), "Esc"),)
        line = _("Giấy đã in, chứng từ đã ghi sổ. Không còn gì chờ ai.")
        empty = EmptyState("circle-check", _("Không có việc nào chờ"), line, sell)
        super().__init__(_("Cần xử lý"), (self.rows,), empty, self.detail)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.rows.row_pressed.connect(self.row_pressed)
        self.rows.row_acted.connect(self.row_acted)
        self.detail.main.clicked.connect(self.act_pressed)
        self.detail.second.clicked.connect(self.second_pressed)

    def show_state(self, state: AttentionState) -> None:
        self.bar.note.setText(state.note)
        self.tabs.show_choices([Choice(tab.name, tab.label, tab.count) for tab in state.tabs], state.tab)
        self.views.setCurrentIndex(0 if state.rows or len(state.tabs) > 1 else 1)
        self.rows.show_rows(state.rows, state.current)
        self.detail.show_detail(state.detail, state.message)

    def key(self, name: str) -> bool:
        if name == "Esc":
            self.leave_asked.emit()
        elif name == "F9" and self.detail.main.isVisible():
            self.act_pressed.emit()
        elif name == "Del" and self.detail.second.isVisible():
            self.second_pressed.emit()
        else:
            return False
        return True

    def scanned(self, text: str) -> None:
        """Nothing here is scanned."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def connect(screen: AttentionScreen, presenter: AttentionPresenter) -> None:
    """Signals of the page to what the presenter does."""
    presenter.shown_by(screen.show_state)
    screen.shown.connect(presenter.refresh)
    screen.tab_chosen.connect(presenter.choose_tab)
    screen.row_pressed.connect(presenter.choose)
    screen.row_acted.connect(presenter.press_row)
    screen.stepped.connect(presenter.step)
    screen.act_pressed.connect(presenter.act)
    screen.second_pressed.connect(presenter.dismiss)
    screen.leave_asked.connect(presenter.leave)
