"""An act that central is asked about first: said at once, asked beside the screen, done when it is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos_app.domain.errors import AskCentral, PosError
from pos_app.services.online_checks import Question
from ui import messages
from ui.answers import Answer
from ui.running import Done, Run


def on_the_spot(work: Callable[[], Any], done: Done) -> None:
    """A way to run work where no screen could stand still."""
    try:
        result = work()
    except PosError as error:
        done(None, error)
        return
    done(result, None)


class AskingCentral:
    """Of one screen. Knows no Qt: `run` brings the answer back to the screen's own thread."""

    def __init__(self, run: Run, say: Callable[[Answer], None]) -> None:
        self._run = run
        self._say = say
        self._under_way = 0

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still to come; it takes 1.5 seconds at most."""
        return self._under_way > 0

    def ask(self, needed: AskCentral, again: Callable[[], None]) -> None:
        """`again` is the act itself: now it finds the answer, or silence."""
        question = needed.fields["question"]
        assert isinstance(question, Question)
        self._under_way += 1
        self._say(messages.answer(needed))

        def done(answer: Any, error: Exception | None) -> None:
            self._under_way -= 1
            question.settle(None if error is not None else answer)
            again()

        self._run(question.ask, done)
