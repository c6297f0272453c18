"""What all acts of the sell screen share: the open line, the answer, the thank-you, and one way to refuse."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.domain.approval import Approval
from pos_app.domain.cart import CartLine
from pos_app.domain.errors import ApprovalRequired, AskCentral, LineUnknown, PosError
from pos_app.services.approvals import Granted
from pos_app.text import _
from ui import messages
from ui.answers import Answer, AnswerAction
from ui.asking_central import AskingCentral
from ui.sell.shown import Shown
from ui.sell.state import SellState, ThanksState, ready
from ui.sell.ways import SellServices, SellWays


def undo_action() -> AnswerAction:
    """Takes back what was just done."""
    return AnswerAction("undo", _("Hoàn tác"), "Ctrl+Z")


def done(title: str, line: str = "") -> Answer:
    """An act on the cart that has just been done and can be undone."""
    return Answer("accepted", title, line, undo_action())


class Desk:
    """The counter between the cart and the screen. Knows no Qt."""

    def __init__(self, services: SellServices, ways: SellWays) -> None:
        self.services = services
        self.ways = ways
        self._shown = Shown(services)
        self._shown.count()
        self.current = 0
        self.answer = ready()
        self.thanks: ThanksState | None = None
        self._show: Callable[[SellState], None] = lambda _state: None
        self._retry: tuple[ApprovalRequired, Callable[[Approval], None]] | None = None
        self._is_changed = False
        self._asking = AskingCentral(ways.ask_central, self.say)
        self.keep_open_line()

    # --- state ---------------------------------------------------------------------------------
    def shown_by(self, show: Callable[[SellState], None]) -> None:
        """Who shows the state; it is shown at once."""
        self._show = show
        self.refresh()

    def state(self) -> SellState:
        """The state of this moment."""
        try:
            return self._shown.state_of(self.current, self.answer, self.thanks)
        except PosError as error:  # a kept cart whose goods have lost their price
            return SellState(answer=messages.answer(error))

    def recount(self) -> None:
        """Held carts or waiting orders may be others now."""
        self._shown.count()

    def refresh(self) -> None:
        """Show what is true now; counters stay as they were counted last."""
        self.keep_open_line()
        self._show(self.state())

    def keep_open_line(self) -> None:
        """The open line is one that exists, else the newest."""
        numbers = [line.no for line in self.services.checkout.cart.lines]
        if self.current not in numbers:
            self.current = numbers[-1] if numbers else 0

    def open_line(self) -> CartLine:
        """Raises LineUnknown."""
        if not self.current:
            raise LineUnknown(no=0)
        return self.services.checkout.cart.line(self.current)

    # --- answers -------------------------------------------------------------------------------
    def say(self, answer: Answer) -> None:
        """Put an answer into the answer box."""
        self.answer = answer
        self.refresh()

    def changed(self, answer: Answer) -> None:
        """The cart is another one now: say so, and write the draft after it was painted."""
        self._is_changed = True
        self.say(answer)

    def attempt(self, act: Callable[[], Answer | None]) -> None:
        """Do it; every refusal becomes words with a way on."""
        try:
            answer = act()
        except PosError as error:
            self.say(messages.answer(error))
        else:
            if answer is not None:
                self.changed(answer)

    def save(self) -> None:
        """Write the draft if the cart has changed since the last time."""
        if not self._is_changed:
            return
        self._is_changed = False
        try:
            self.services.checkout.save_draft()
        except PosError as error:
            self.say(messages.answer(error))

    # --- central -------------------------------------------------------------------------------
    @property
    def is_asking(self) -> bool:
        """Whether central's answer about this cart is still to come."""
        return self._asking.is_waiting

    def ask_central(self, needed: AskCentral, again: Callable[[], None]) -> None:
        """Scanning may go on meanwhile; an answer about a cart that is gone meanwhile is dropped."""
        checkout = self.services.checkout
        claims = checkout.claims
        self._asking.ask(needed, lambda: again() if checkout.claims is claims else self.refresh())

    # --- a second person -----------------------------------------------------------------------
    def needs_approval(self, error: ApprovalRequired, retry: Callable[[Approval], None]) -> None:
        """Say so, and remember what to do once somebody has allowed it."""
        self._retry = (error, retry)
        self.say(messages.answer(error))

    def ask_approval(self) -> None:
        """Hand the remembered act to the approval dialog."""
        if self._retry is None:
            return
        (error, retry), self._retry = self._retry, None
        draft = self.services.checkout.draft_hash

        def granted(given: Granted) -> None:
            self.attempt(lambda: retry(self.services.approvals.take(given, draft)))

        self.ways.ask_approval(self.services.approvals.need_of(error), draft, granted)
