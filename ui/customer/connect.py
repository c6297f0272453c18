"""The one place where the customer screen and its presenter meet."""

from __future__ import annotations

from ui.customer.presenter import CustomerPresenter
from ui.customer.screen import CustomerScreen


def connect(screen: CustomerScreen, presenter: CustomerPresenter) -> None:
    """State flows down, calls flow up."""
    screen.phone_typed.connect(presenter.typed)
    screen.digit_pressed.connect(presenter.press)
    screen.customer_moved.connect(presenter.move)
    screen.customer_chosen.connect(presenter.choose)
    screen.entered_with.connect(presenter.enter)
    screen.main_pressed.connect(presenter.press_main)
    screen.detach_pressed.connect(presenter.detach)
    screen.act_pressed.connect(presenter.act)
    screen.scan_entered.connect(presenter.scan)
    screen.leave_asked.connect(presenter.back)
    presenter.shown_by(screen.show_state)
