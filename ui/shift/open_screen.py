"""The page that opens a shift: the float by notes, as in the count that closes it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal

from pos_app.text import _
from ui.shift.count_table import CountArea
from ui.shift.counting_screen import CountingScreen, add_total
from ui.shift.figures import sum_rows
from ui.shift.open_presenter import ShiftOpenPresenter
from ui.shift.state import ShiftOpenState
from ui.widgets.button import Button
from ui.widgets.frames import DecisionColumn, SumRows, TitleBar, hint_line, main_button, second_button
from ui.widgets.money import HeroMoney
from ui.widgets.text import Text


class ShiftOpenScreen(CountingScreen):
    """Digits and Enter fill the table, F12 opens."""

    name: ClassVar[str] = "shift_open"

    ready_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._bar = TitleBar(_("Mở ca"), _("Đóng"))
        self.ready = Button(_("Sẵn sàng mở cửa?"), name="readyButton", icon="shield-check", height=44)
        self._bar.add(self.ready)
        self.count = CountArea()
        self.frame(self._bar, self.count, self._column())
        self.ready.clicked.connect(self.ready_pressed)

    def _column(self) -> DecisionColumn:
        column = DecisionColumn()
        column.content.setSpacing(0)
        column.content.addWidget(Text(_("Tiền đầu ca"), 18, 600, name="openTitle"))
        column.content.addSpacing(6)
        words = _("Đếm tiền trong ngăn kéo trước khi bán. Cuối ca so với số này và tiền thu chi trong ca.")
        column.content.addWidget(Text(words, 15, 400, "ink2", wrap=True, name="openLine"))
        column.content.addStretch(1)
        self.verify = second_button("", name="verifyButton", icon="user-round-check")
        column.content.addWidget(self.verify)
        column.content.addSpacing(12)
        self._sums = SumRows()
        self.total = HeroMoney(56, name="floatTotal", spoken=_("Tiền đầu ca"))
        label = Text(_("Tiền đầu ca"), 15, 600, "ink2", name="totalLabel")
        add_total(column, self._sums, label, self.total)
        self.main = main_button(_("Mở ca"), name="shiftOpen", key="F12")
        column.set_buttons(self.main, hint=hint_line(_("Ca thuộc về quầy này, ai vào cũng bán tiếp")))
        return column

    def show_state(self, state: ShiftOpenState) -> None:
        self._bar.title.setText(state.title)
        self._bar.note.setText(state.note)
        self.count.show_count(state.count, state.message, state.former)
        self._sums.show_rows(sum_rows(state.figures))
        self.total.show_amount(state.count.total)
        self.verify.setVisible(bool(state.unverified))
        self.verify.set_text(state.unverified)
        self.main.set_text(state.open_text)
        self.main.set_reason(state.open_reason)

    def take_focus(self) -> None:
        self.count.take_focus()


def connect(screen: ShiftOpenScreen, presenter: ShiftOpenPresenter) -> None:
    """Signals of the page to what the presenter does."""
    presenter.shown_by(screen.show_state)
    screen.shown.connect(presenter.begin)
    screen.leave_asked.connect(presenter.leave)
    screen.go_on_pressed.connect(presenter.open)
    screen.verify_pressed.connect(presenter.verify)
    screen.ready_pressed.connect(presenter.ready)
    screen.count.chosen.connect(presenter.choose)
    screen.count.moved.connect(presenter.move)
    screen.count.pressed.connect(presenter.press)
    screen.count.cleared.connect(presenter.clear)
    screen.count.quick_pressed.connect(presenter.take_former)
