"""The one place where the customer screen and its presenter meet."""

from __future__ import annotations

from ui.customer.presenter import CustomerPresenter
from ui.customer.screen import CustomerScreen


def connect(screen: CustomerScreen, presenter: CustomerPresenter) -> None:
    """State flows down, calls flow up."""
    screen.phone_typed.connect(presenter.type)
    screen.digit_pressed.connect(presenter.press)
    screen.customer_chosen.connect(presenter.choose)
    screen.name_typed.connect(presenter.type_name)
    screen.consent_toggled.connect(presenter.set_consent)
    screen.accepted.connect(presenter.accept)
    screen.detached.connect(presenter.detach)
    screen.leave_asked.connect(presenter.leave)
    screen.scan_entered.connect(presenter.scan)
    presenter.shown_by(screen.show_state)
