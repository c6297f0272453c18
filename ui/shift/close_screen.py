"""The page that closes a shift (look: 07): count, difference and closed shift in one frame of five steps."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QStackedWidget

from pos_app.text import _
from ui.shift.close_presenter import ShiftClosePresenter
from ui.shift.close_views import ClosedView, DifferenceView
from ui.shift.count_table import CountArea
from ui.shift.counting_screen import CountingScreen, add_total
from ui.shift.figures import steps, sum_rows
from ui.shift.state import ShiftCloseState
from ui.widgets.frames import DecisionColumn, SumRows, TitleBar, hint_line, main_button, second_button
from ui.widgets.money import HeroMoney
from ui.widgets.small import Badge
from ui.widgets.steps import Steps
from ui.widgets.text import Text


class ShiftCloseScreen(CountingScreen):
    """F12 goes one step on; digits and Enter fill the table."""

    name: ClassVar[str] = "shift_close"

    def __init__(self) -> None:
        super().__init__()
        self._bar = TitleBar(_("Kết ca"), _("Bán hàng"))
        self._badge = Badge("", icon="eye-off", name="blindBadge")
        self._bar.add(self._badge)
        self.count = CountArea()
        self.difference = DifferenceView()
        self.closed = ClosedView()
        self._views = QStackedWidget()
        self._views.setObjectName("closeViews")
        for view in (self.count, self.difference, self.closed):
            self._views.addWidget(view)
        self.frame(self._bar, self._views, self._column())

    def _column(self) -> DecisionColumn:
        column = DecisionColumn()
        column.content.setSpacing(0)
        self._steps = Steps()
        column.content.addSpacing(8)
        column.content.addWidget(self._steps)
        column.content.addStretch(1)
        self._sums = SumRows()
        self._total_label = Text("", 15, 600, "ink2", name="totalLabel")
        self.total = HeroMoney(56, name="countedTotal", spoken=_("Tiền đếm được"))
        add_total(column, self._sums, self._total_label, self.total)
        self.main = main_button("", name="shiftClose", key="F12")
        self.verify = second_button(_("Người thứ hai xác nhận"), name="verifyButton", icon="user-round-check")
        self._hint = hint_line("")
        column.set_buttons(self.main, self.verify, hint=self._hint)
        return column

    # --- state
    def show_state(self, state: ShiftCloseState) -> None:
        self._bar.title.setText(state.title)
        self._badge.setVisible(bool(state.badge))
        self._badge.show_badge(state.badge, "quiet", "eye-off" if state.stage == "counting" else "lock")
        self._steps.show_steps(steps(state.steps))
        self._sums.show_rows(sum_rows(state.figures))
        self._total_label.setText(state.total_label)
        self.total.show_amount(state.total)
        self.main.set_text(state.main_text)
        self.main.set_reason(state.main_reason)
        self.verify.setVisible(state.may_verify)
        self._hint.setText(state.hint)
        self._hint.setVisible(not state.may_verify)
        self._show_left(state)

    def _show_left(self, state: ShiftCloseState) -> None:
        before = self._views.currentWidget()
        if state.difference is not None:
            self._views.setCurrentWidget(self.difference)
            self.difference.show_difference(state.difference, state.message)
        elif state.closed is not None:
            self._views.setCurrentWidget(self.closed)
            self.closed.show_closed(state.closed)
        else:
            self._views.setCurrentWidget(self.count)
            self.count.show_count(state.count, state.message)
        if self._views.currentWidget() is not before:
            self.difference.note.clear()
            self.take_focus()

    # --- what it hears
    def take_focus(self) -> None:
        view = self._views.currentWidget()
        if view is self.count:
            self.count.take_focus()
        elif view is self.difference:
            self.difference.take_focus()
        else:
            super().take_focus()


def connect(screen: ShiftCloseScreen, presenter: ShiftClosePresenter) -> None:
    """Signals of the page to what the presenter does."""
    presenter.shown_by(screen.show_state)
    screen.shown.connect(presenter.begin)
    screen.leave_asked.connect(presenter.leave)
    screen.go_on_pressed.connect(presenter.go_on)
    screen.verify_pressed.connect(presenter.verify)
    screen.count.chosen.connect(presenter.choose)
    screen.count.moved.connect(presenter.move)
    screen.count.pressed.connect(presenter.press)
    screen.count.cleared.connect(presenter.clear)
    screen.difference.reason_chosen.connect(presenter.choose_reason)
    screen.difference.note_written.connect(presenter.write_note)
