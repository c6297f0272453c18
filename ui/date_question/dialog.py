"""The dialog that asks which day it is: two answers, or none for now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtWidgets import QWidget

from pos_app.services.clock_watch import ClockWatch
from ui.date_question.words import words
from ui.dialogs import Question, ask

NAME = "dateQuestion"


def ask_date(window: QWidget, watch: ClockWatch, zone: tzinfo, then: Callable[[], None]) -> Question | None:
    """Open it over the window when the date is not certain; `then` runs after an answer, not after Esc."""
    question = watch.question()
    if question is None:
        return None
    told = words(question, zone)
    made = Question(told.title, told.line, told.yes, refuse=told.no, name=NAME)
    made.refuse.set_key("")  # Esc is no answer: the date stays open

    def confirmed() -> None:
        watch.confirm()
        then()

    def refused() -> None:
        watch.refuse()
        then()

    made.refuse.clicked.connect(refused)
    return ask(window, made, confirmed)
