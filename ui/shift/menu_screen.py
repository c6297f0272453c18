"""The page of the open shift: what can be done at the left, the form or the report beside it."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from pos_app.text import _
from ui.messages import N_
from ui.screen import Screen
from ui.shift.figures import sum_rows
from ui.shift.menu_presenter import REPORT, ShiftMenuPresenter
from ui.shift.menu_views import CashFormView, ReportView
from ui.shift.state import ShiftMenuState
from ui.widgets.answer_box import AnswerBox
from ui.widgets.button import Button
from ui.widgets.frames import DecisionColumn, SumRows, TitleBar, main_button, second_button
from ui.widgets.text import Panel, Text, divider

ACTS: Final = (
    (REPORT, N_("Báo cáo X"), "file-text"),
    ("cash_in", N_("Thu tiền vào"), "plus"),
    ("cash_out", N_("Chi tiền ra"), "minus"),
    ("drawer", N_("Mở ngăn kéo"), "inbox"),
)


class ShiftMenuScreen(Screen):
    """↑ ↓ choose, digits type the amount, F9 does it, F12 closes the shift."""

    name: ClassVar[str] = "shift_menu"

    chosen = Signal(str)
    act_pressed = Signal()
    close_pressed = Signal()
    answer_pressed = Signal(str)
    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Ca làm"))
        self._current = REPORT
        self._bar = TitleBar(_("Ca"), _("Bán hàng"))
        self._answer = AnswerBox()
        self.form = CashFormView()
        self.report = ReportView()
        self._views = QStackedWidget()
        self._views.setObjectName("shiftViews")
        self._views.addWidget(self.report)
        self._views.addWidget(self.form)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._bar)
        left.addWidget(self._middle(), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self._column())
        self._bar.back_pressed.connect(self.leave_asked)
        self._answer.action_pressed.connect(self.answer_pressed)

    # --- parts
    def _middle(self) -> QWidget:
        middle = QWidget()
        middle.setObjectName("shiftMiddle")
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._acts())
        row.addWidget(divider(vertical=True))
        right = QVBoxLayout()
        right.setContentsMargins(16, 16, 16, 16)
        right.setSpacing(16)
        right.addWidget(self._answer)
        right.addWidget(self._views, 1)
        row.addLayout(right, 1)
        return middle

    def _acts(self) -> QWidget:
        panel = Panel("surface", name="shiftActs")
        panel.setFixedWidth(264)
        column = QVBoxLayout(panel)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        self._buttons: dict[str, Button] = {}
        for name, label, icon in ACTS:
            button = Button(_(label), name=f"act_{name}", icon=icon, height=56).align_left()
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
            self._buttons[name] = button
            column.addWidget(button)
        column.addStretch(1)
        return panel

    def _column(self) -> DecisionColumn:
        column = DecisionColumn()
        column.content.setSpacing(0)
        column.content.addWidget(Text(_("Ca đang mở"), 18, 600, name="shiftColumnTitle"))
        column.content.addSpacing(8)
        self._sums = SumRows()
        column.content.addWidget(self._sums)
        column.content.addSpacing(10)
        column.content.addWidget(divider())
        column.content.addSpacing(12)
        words = _("Đếm tiền khi kết ca là đếm không nhìn trước: số theo hệ thống hiện sau khi chốt.")
        column.content.addWidget(Text(words, 15, 400, "ink2", wrap=True, name="shiftBlindLine"))
        column.content.addStretch(1)
        self.act = main_button("", name="shiftAct", key="F9")
        self.close_shift = second_button("", name="shiftCount", key="F12")
        column.set_buttons(self.act, self.close_shift)
        self.act.clicked.connect(self.act_pressed)
        self.close_shift.clicked.connect(self.close_pressed)
        return column

    # --- state
    def show_state(self, state: ShiftMenuState) -> None:
        self._current = state.chosen
        self._bar.title.setText(state.title)
        self._bar.note.setText(state.note)
        if self._answer.answer() != state.answer:
            self._answer.show_answer(state.answer)
        for name, button in self._buttons.items():
            button.set_role("soft" if name == state.chosen else "plain")
        self._sums.show_rows(sum_rows(state.figures))
        self.act.setVisible(bool(state.act_text))
        self.act.set_text(state.act_text)
        self.act.set_reason(state.act_reason)
        self.close_shift.set_text(state.close_text)
        if state.form is not None:
            self._views.setCurrentWidget(self.form)
            self.form.show_form(state.form)
        else:
            self._views.setCurrentWidget(self.report)
            self.report.show_parts(state.report, state.report_note)

    # --- what it hears
    def key(self, name: str) -> bool:
        acts = {"Esc": self.leave_asked, "F9": self.act_pressed, "F12": self.close_pressed}
        if name == "F11":
            self.chosen.emit("drawer")
        elif name in acts and (name != "F9" or self.act.isEnabled()):
            acts[name].emit()
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
        names = [name for name, _label, _icon in ACTS]
        if event.key() in steps:
            at = names.index(self._current) + steps[Qt.Key(event.key())] if self._current in names else 0
            self.chosen.emit(names[max(0, min(len(names) - 1, at))])
        elif event.key() == Qt.Key.Key_Backspace:
            self.form.pressed.emit("back")
        elif event.text().isascii() and event.text().isdigit():
            self.form.pressed.emit(event.text())
        else:
            super().keyPressEvent(event)


def connect(screen: ShiftMenuScreen, presenter: ShiftMenuPresenter) -> None:
    """Signals of the page to what the presenter does."""
    presenter.shown_by(screen.show_state)
    screen.shown.connect(presenter.begin)
    screen.chosen.connect(presenter.choose)
    screen.act_pressed.connect(presenter.act)
    screen.close_pressed.connect(presenter.close_shift)
    screen.answer_pressed.connect(lambda _name: presenter.ask_again())
    screen.leave_asked.connect(presenter.leave)
    screen.form.pressed.connect(presenter.press)
    screen.form.reason_chosen.connect(presenter.choose_reason)
    screen.form.note_written.connect(presenter.write_note)
