"""The page *Needs attention* (look: 09): filters and rows at the left, the chosen thing at the right."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.text import _
from ui.attention.detail_column import DetailColumn
from ui.attention.presenter import AttentionPresenter
from ui.attention.rows import AttentionRows
from ui.attention.state import AttentionState
from ui.screen import Screen
from ui.widgets.choices import Choice, FilterTabs
from ui.widgets.frames import EmptyState, FunctionKey, TitleBar
from ui.widgets.text import Panel, divider


class AttentionScreen(Screen):
    """↑ ↓ choose a row, F9 does what it needs, Del puts it away."""

    name: ClassVar[str] = "attention"

    tab_chosen = Signal(str)
    row_pressed = Signal(str)
    row_acted = Signal(str)
    stepped = Signal(int)
    act_pressed = Signal()
    second_pressed = Signal()
    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Cần xử lý"))
        self._bar = TitleBar(_("Cần xử lý"))
        self.tabs = FilterTabs()
        self.rows = AttentionRows()
        sell = (FunctionKey("leave", _("Về bán hàng"), "Esc"),)
        line = _("Giấy đã in, chứng từ đã ghi sổ. Không còn gì chờ ai.")
        self._empty = EmptyState("circle-check", _("Không có việc nào chờ"), line, sell)
        self.detail = DetailColumn()
        self._views = QStackedWidget()
        self._views.setObjectName("attentionViews")
        self._views.addWidget(self._listed())
        self._views.addWidget(self._empty)
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
        listed = QWidget()
        listed.setObjectName("attentionListed")
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = Panel("surface", name="attentionTabs")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 12, 16, 12)
        row.addWidget(self.tabs)
        column.addWidget(bar)
        column.addWidget(divider())
        column.addWidget(self.rows, 1)
        return listed

    def _connect(self) -> None:
        self._bar.back_pressed.connect(self.leave_asked)
        self._empty.pressed.connect(lambda _name: self.leave_asked.emit())
        self.tabs.chosen.connect(self.tab_chosen)
        self.rows.row_pressed.connect(self.row_pressed)
        self.rows.row_acted.connect(self.row_acted)
        self.detail.main.clicked.connect(self.act_pressed)
        self.detail.second.clicked.connect(self.second_pressed)

    def show_state(self, state: AttentionState) -> None:
        self._bar.note.setText(state.note)
        self.tabs.show_choices([Choice(tab.name, tab.label, tab.count) for tab in state.tabs], state.tab)
        self._views.setCurrentIndex(0 if state.rows or len(state.tabs) > 1 else 1)
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

    def entered(self) -> None:
        self.shown.emit()
        super().entered()

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
