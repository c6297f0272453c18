"""Paying: digits, ways to pay and tenders become a state; nothing is committed before Hoàn tất."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pos_app.domain.approval import Approval
from pos_app.domain.errors import ApprovalRequired, AskCentral, PosError
from pos_app.services.payment import Payment
from pos_app.text import _, money
from ui import messages
from ui.answers import Answer
from ui.asking_central import AskingCentral
from ui.pay import leaving
from ui.pay.entry import entry_label, figure_of, main_label, main_reason, opens_drawer
from ui.pay.leaving import LeaveQuestion
from ui.pay.state import Mode, PayState
from ui.pay.ways import PayWays
from ui.pay.words import (
    earner,
    items_note,
    offer_of,
    paper_refused,
    paper_taken,
    points_state,
    price_changed,
    quick_states,
    sum_rows,
    taken_states,
    tender_states,
)

MOST_DIGITS = 10
MODES: Final[Mapping[str, Mode]] = {
    "cash": "cash",
    "points": "points",
    "store_credit": "store_credit",
    "stored_value": "stored_value",
}
"""Ways to pay that this version has a panel for."""
_PAPERS: Final = ("store_credit", "stored_value")


class PayPresenter:
    """Knows no Qt. `begin` starts with a payment of the cart or of a hand-over."""

    def __init__(self) -> None:
        self._show: Callable[[PayState], None] = lambda _state: None
        self._payment: Payment | None = None
        self._ways: PayWays | None = None
        self._reset()

    def _reset(self) -> None:
        self._mode: Mode = "cash"
        self._typed = ""
        self._receipt = True
        self._answer: Answer | None = None

    def shown_by(self, show: Callable[[PayState], None]) -> None:
        """Who shows the state."""
        self._show = show

    def begin(self, payment: Payment, ways: PayWays) -> None:
        """A price that has changed since the cart was shown is said before anything is paid."""
        self._reset()
        self._payment, self._ways = payment, ways
        self._asking = AskingCentral(ways.ask_central, self.say)
        quoted, total = payment.payable.quoted, payment.payable.total
        if quoted is not None and quoted != total:
            self._answer = price_changed(quoted, total)
        self.refresh()

    def refresh(self) -> None:
        """Show what is true now."""
        if self._payment is not None:
            self._show(self.state())

    def speak_anew(self) -> None:
        """The language has changed: what was said before is not repeated."""
        self._answer = None
        self.refresh()

    # --- typing --------------------------------------------------------------------------------
    def press(self, key: str) -> None:
        """A key of the pad or the keyboard: "0" to "9", "000", "back"."""
        if key == "back":
            self._typed = self._typed[:-1]
        elif key.isdigit():
            self._typed = (self._typed + key).lstrip("0")[:MOST_DIGITS]
        self._answer = None
        self.refresh()

    def type_amount(self, amount: int) -> None:
        """Quick cash, or all the points that may be spent."""
        self._typed = str(amount) if amount else ""
        self._answer = None
        self.refresh()

    @property
    def _amount(self) -> int:
        return int(self._typed or "0")

    # --- ways to pay ---------------------------------------------------------------------------
    def choose(self, kind: str) -> None:
        """Cash already typed that does not cover everything is taken as a part."""
        if kind not in MODES or kind == self._mode or self._payment is None:
            return
        if self._mode == "cash" and 0 < self._amount < self._payment.cash_due:
            self._payment.add_cash(self._amount)
        self._mode = MODES[kind]
        self._typed = ""
        self.refresh()

    def move(self, step: int) -> None:
        """↑ ↓ among the ways that can be chosen."""
        if self._payment is None:
            return
        open_ways = [way.kind for way in tender_states(offer_of(self._payment)) if not way.reason]
        at = open_ways.index(self._mode) if self._mode in open_ways else 0
        self.choose(open_ways[max(0, min(len(open_ways) - 1, at + step))])

    def give_back(self, no: int) -> None:
        """× on a tender."""
        if self._payment is not None:
            self._payment.remove(no)
            self.refresh()

    def set_receipt(self, wanted: bool) -> None:
        """Whether paper is printed."""
        self._receipt = wanted

    # --- ending --------------------------------------------------------------------------------
    def accept(self) -> None:
        """The main button: take the points, or commit."""
        if self._payment is None or self.state().main_reason:
            return
        if self._mode == "points" and self._payment.due:
            self._take_points(self._payment)
        else:
            self._complete(self._payment, self._amount if self._payment.due else 0)

    def exact(self) -> None:
        """F10: the exact cash and done."""
        if self._payment is not None:
            self._complete(self._payment, self._payment.cash_due)

    def _take_points(self, payment: Payment) -> None:
        try:
            payment.add_points(self._amount)
        except AskCentral as needed:
            self._ask(needed, payment, lambda: self._take_points(payment))
            return
        except ApprovalRequired as needed:
            self._ask_second(needed, payment, lambda: self._take_points(payment))
            return
        except PosError as error:
            self.say(messages.answer(error))
            return
        self._mode, self._typed = "cash", ""
        self.refresh()

    def _complete(self, payment: Payment, cash: int) -> None:
        try:
            completed = payment.complete(cash, receipt=self._receipt)
        except ApprovalRequired as needed:  # central's yes has ended, or the data grew old meanwhile
            self._ask_second(needed, payment, lambda: self._complete(payment, cash))
            return
        except PosError as error:  # nothing has happened: everything typed and taken still stands
            self.say(messages.answer(error))
            return
        ways, self._payment, self._ways = self._ways, None, None
        if ways is not None:
            ways.done(completed)

    def leave(self) -> None:
        """Back with nothing done; the screen has asked when cash was taken."""
        if self._payment is not None:
            self._payment.leave()
        ways, self._payment, self._ways = self._ways, None, None
        if ways is not None:
            ways.back()

    def may_leave(self) -> bool:
        """Before another page comes to the top: what was taken is given back here, by name, never silently.

        Without anything taken paying just ends, and what was claimed for it is free again.
        """
        if self._payment is None:
            return True
        if self._payment.tenders:
            self.say(leaving.cannot_leave())
            return False
        self._payment.leave()
        self._payment = self._ways = None
        return True

    def leave_question(self) -> LeaveQuestion | None:
        """What to ask before paying is left; None = nothing was taken."""
        return None if self._payment is None else leaving.leave_question(self._payment)

    # --- answers -------------------------------------------------------------------------------
    def scan(self, text: str) -> None:
        """The paper of a store credit pays in any mode; nothing else is scanned while paying."""
        payment = self._payment
        if payment is None or not text:
            return
        asked = self._mode in _PAPERS
        if self._mode == "store_credit" and text.isdecimal() and len(text) <= MOST_DIGITS:
            text = payment.credit_number(int(text))
        try:
            taken = payment.add_credit(text)
        except AskCentral as needed:
            self._ask(needed, payment, lambda: self.scan(text))
            return
        except ApprovalRequired as needed:
            self._ask_second(needed, payment, lambda: self.scan(text))
            return
        except PosError as error:
            self.say(paper_refused(error, asked=asked))
            return
        if asked:
            self._mode = "cash"
        self.say(paper_taken(taken))

    def _ask_second(self, needed: ApprovalRequired, payment: Payment, again: Callable[[], None]) -> None:
        """A restricted till takes points and papers with a manager's answer."""

        def allowed(approval: Approval) -> None:
            if self._payment is payment:
                payment.allow(approval)
                again()

        if self._ways is not None:
            self._ways.allow(needed, payment.draft_hash, allowed)

    def _ask(self, needed: AskCentral, payment: Payment, again: Callable[[], None]) -> None:
        """An answer about a payment that is over meanwhile is dropped."""
        self._asking.ask(needed, lambda: again() if self._payment is payment else None)

    def hold(self) -> None:
        """F6: refused; a cart being paid cannot be held."""
        if self._payment is not None:
            self.say(leaving.cannot_hold(self._payment))

    def say(self, answer: Answer) -> None:
        """Put an answer above the figures."""
        self._answer = answer
        self.refresh()

    # --- state ---------------------------------------------------------------------------------
    def state(self) -> PayState:
        """The state of this moment."""
        payment = self._payment
        if payment is None:
            return PayState()
        offer = offer_of(payment)
        payable = payment.payable
        is_sale = payable.kind == "sale"
        cash = self._mode == "cash"
        rounded = cash and payment.rounding != 0
        return PayState(
            title=_("Thanh toán") if is_sale else _("Thu tiền đơn {number}").format(number=payable.number),
            back=_("Giỏ hàng") if is_sale else _("Đơn {number}").format(number=payable.number),
            note=items_note(payment),
            due=payment.cash_due if cash else payment.due,
            figure=figure_of(payment, self._mode, self._amount),
            mode=self._mode,
            tenders=tender_states(offer),
            quick=quick_states(payment),
            points=None if offer is None else points_state(offer),
            entry_label=entry_label(self._mode),
            typed=self._amount,
            sums=sum_rows(payment),
            total_label=_("Khách cần trả"),
            total=money(payable.total),
            taken=taken_states(payment),
            rounding=money(payment.rounding) if rounded else "",
            receipt=self._receipt,
            earned_label=earner(payment),
            earned=_("+{n} điểm").format(n=money(payment.points_earned)) if payment.points_earned else "",
            main=main_label(payment, self._mode),
            main_reason=main_reason(payment, self._mode, self._amount),
            hint=_("Ngăn kéo tự mở khi hoàn tất") if opens_drawer(payment, cash) else "",
            answer=self._answer,
            is_sale=is_sale,
            earns=payment.points_earned,
        )
