"""The one place where the search screen and its presenter meet."""

from __future__ import annotations

from ui.search.presenter import SearchPresenter
from ui.search.screen import SearchScreen


def connect(screen: SearchScreen, presenter: SearchPresenter) -> None:
    """State flows down, calls flow up."""
    screen.text_typed.connect(presenter.typed)
    screen.filter_pressed.connect(presenter.filter)
    screen.hit_pressed.connect(presenter.select)
    screen.hit_moved.connect(presenter.move)
    screen.variant_pressed.connect(presenter.choose)
    screen.add_pressed.connect(presenter.add)
    screen.scan_entered.connect(presenter.scan)
    screen.leave_asked.connect(presenter.back)
    presenter.shown_by(screen.show_state)
