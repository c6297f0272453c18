"""The return screen (look: 06): a receipt line by line, and the refund split by how it was paid."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from pos_app.text import _
from ui.returns.areas import EntryArea, LinesArea
from ui.returns.column import ReturnColumn
from ui.returns.presenter import ReturnPresenter
from ui.returns.state import ReturnState
from ui.screen import Screen
from ui.widgets.answer_box import AnswerBox
from ui.widgets.done_area import DoneArea
from ui.widgets.scan_box import ScanBox

VIEWS = ("entry", "lines", "done")


class ReturnScreen(Screen):
    """Shows a ReturnState and says what was done; decides nothing."""

    name = "return"

    main_pressed = Signal()
    second_pressed = Signal()
    close_pressed = Signal()
    action_pressed = Signal(str)
    method_chosen = Signal(str)
    toggled = Signal(str)
    defect_pressed = Signal(str)
    stepped = Signal(str, int)
    condition_chosen = Signal(str, str)
    reason_chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.presenter: object = None
        self._column = ReturnColumn()
        self._areas = QStackedWidget()
        self._areas.setObjectName("returnAreas")
        self._entry, self._lines = EntryArea(), LinesArea()
        self._done = DoneArea(name="returnDone", cash_spoken=_("Đưa khách"))
        for area in (self._entry, self._lines, self._done):
            self._areas.addWidget(area)
        box = self.use_scan_box(ScanBox(_("Quét hoặc gõ số hóa đơn…")))
        box.setFixedWidth(392)
        self.toast = AnswerBox()
        scan = QHBoxLayout()
        scan.setContentsMargins(16, 16, 16, 16)
        scan.setSpacing(12)
        scan.addWidget(box)
        scan.addWidget(self.toast, 1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(scan)
        left.addWidget(self._areas, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self._column)
        self._connect()

    def _connect(self) -> None:
        self.toast.action_pressed.connect(self.action_pressed)
        self._column.main.clicked.connect(self.main_pressed)
        self._column.second.clicked.connect(self.second_pressed)
        self._column.method_chosen.connect(self.method_chosen)
        self._lines.toggled.connect(self.toggled)
        self._lines.defect_pressed.connect(self.defect_pressed)
        self._lines.stepped.connect(self.stepped)
        self._lines.condition_chosen.connect(self.condition_chosen)
        self._lines.reason_chosen.connect(self.reason_chosen)

    def show_state(self, state: ReturnState) -> None:
        self.set_placeholder(state.placeholder)
        self.toast.show_answer(state.answer)
        self._column.show_state(state.column)
        self._areas.setCurrentIndex(VIEWS.index(state.view))
        self._lines.show_state(state)
        if state.done is not None:
            self._done.show_state(state.done)

    def key(self, name: str) -> bool:
        signals = {"Esc": self.close_pressed, "F9": self.main_pressed}
        if name == "F9" and not self._column.main.isEnabled():
            return True
        if name in signals:
            signals[name].emit()
        return name in signals


def connect(screen: ReturnScreen, presenter: ReturnPresenter) -> None:
    """Signals of the screen to what the presenter does; the presenter shows on it from now on."""
    screen.presenter = presenter  # Qt holds bound methods weakly
    screen.scan_entered.connect(presenter.scan)
    screen.main_pressed.connect(presenter.press_main)
    screen.second_pressed.connect(presenter.press_second)
    screen.close_pressed.connect(presenter.close)
    screen.action_pressed.connect(presenter.act)
    screen.method_chosen.connect(presenter.set_method)
    screen.toggled.connect(presenter.toggle)
    screen.defect_pressed.connect(presenter.press_defect)
    screen.stepped.connect(presenter.step_quantity)
    screen.condition_chosen.connect(presenter.set_condition)
    screen.reason_chosen.connect(presenter.set_reason)
    presenter.shown_by(screen.show_state)
