"""The one place where the pay screen and its presenter meet."""

from __future__ import annotations

from pos_app.text import _
from ui.dialogs import Question, ask
from ui.pay.presenter import PayPresenter
from ui.pay.screen import PayScreen


def connect(screen: PayScreen, presenter: PayPresenter) -> None:
    """State flows down, calls flow up."""
    screen.digit_pressed.connect(presenter.press)
    screen.amount_pressed.connect(presenter.type_amount)
    screen.exact_pressed.connect(presenter.exact)
    screen.tender_pressed.connect(presenter.choose)
    screen.tender_moved.connect(presenter.move)
    screen.taken_back.connect(presenter.give_back)
    screen.receipt_toggled.connect(presenter.set_receipt)
    screen.accepted.connect(presenter.accept)
    screen.scan_entered.connect(presenter.scan)
    screen.hold_asked.connect(presenter.hold)
    screen.leave_asked.connect(lambda: _leave(screen, presenter))
    presenter.shown_by(screen.show_state)
    presenter.refresh()


def _leave(screen: PayScreen, presenter: PayPresenter) -> None:
    """What was taken goes back by name; without anything there is nothing to ask."""
    question = presenter.leave_question()
    if question is None:
        presenter.leave()
        return
    made = Question(question.title, question.line, question.accept, refuse=_("Thu tiếp"))
    ask(screen.window(), made, presenter.leave)
