"""From the cart to the money: to the pay screen, or exact cash and done; then the thank-you."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.domain.approval import Approval
from pos_app.domain.errors import ApprovalRequired, AskCentral, CartEmpty, PosError
from pos_app.services.payment import Completed, Payment
from pos_app.services.scan_outcome import ScanOutcome
from pos_app.text import _, money, money_d, ngettext
from ui import messages
from ui.answers import Answer, AnswerAction
from ui.sell.desk import Desk
from ui.sell.state import ThanksState


class Paying:
    """F9 and F10, and what stands on the screen after a sale until the next scan."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._credit = ""

    def pay(self) -> None:
        """To the pay screen."""
        payment = self._begun(self.pay)
        if payment is not None:
            self._desk.ways.pay(payment)

    def credit_found(self, outcome: ScanOutcome) -> Answer:
        """The paper of a store credit was scanned: it is money, so it waits for the payment."""
        self._credit = outcome.target
        title = _("Phiếu hoàn tiền còn {left}").format(left=money_d(outcome.amount))
        if not self._has_lines:
            return Answer("accepted", title, _("Quét hàng trước, dùng khi thanh toán."))
        action = AnswerAction("pay_credit", _("Trả bằng phiếu"))
        return Answer("accepted", title, _("Dùng khi thanh toán."), action)

    def pay_with_credit(self) -> None:
        """To the pay screen with the scanned paper already taken."""
        payment = self._begun(self.pay_with_credit)
        if payment is None:
            return
        try:
            payment.add_credit(self._credit)
        except AskCentral as asked:
            self._desk.ask_central(asked, self.pay_with_credit)
            return
        except PosError as error:
            self._desk.say(messages.answer(error))
            return
        self._desk.ways.pay(payment)

    def exact(self) -> None:
        """Exact cash and done; a price that has changed since it was shown is said first."""
        quoted = self._desk.services.checkout.priced().total if self._has_lines else 0
        payment = self._begun(self.exact)
        if payment is None:
            return
        if payment.payable.total != quoted:
            self._desk.services.checkout.reprice()
            self._desk.say(_price_changed(quoted, payment.payable.total))
            return
        try:
            completed = payment.complete(payment.cash_due)
        except PosError as error:
            self._desk.say(messages.answer(error))
            return
        self.thank(completed)

    @property
    def _has_lines(self) -> bool:
        return bool(self._desk.services.checkout.cart.lines)

    def _begun(self, go_on: Callable[[], None]) -> Payment | None:
        """None and an answer when it cannot begin; `go_on` follows once a second person has allowed it."""
        try:
            if not self._has_lines:
                raise CartEmpty()
            if self._desk.is_asking:
                self._desk.say(_still_asking())
                return None
            return self._desk.services.selling.begin_payment()
        except AskCentral as asked:
            self._desk.ask_central(asked, go_on)
            return None
        except ApprovalRequired as error:
            needed = error
            self._desk.needs_approval(needed, lambda given: self._allowed(needed, given, go_on))
            return None
        except PosError as error:
            self._desk.say(messages.answer(error))
            return None

    def _allowed(self, error: ApprovalRequired, given: Approval, go_on: Callable[[], None]) -> None:
        """The voucher or discount that is over its limit now may stay; paying goes on where it stopped."""
        checkout, serial = self._desk.services.checkout, error.fields.get("serial")
        if isinstance(serial, int):
            checkout.allow_voucher(serial, given)
        else:
            checkout.allow_discounts(given)
        go_on()

    def thank(self, completed: Completed) -> None:
        """The sale is committed: show the change until the next scan, wake those who wait for it."""
        self._desk.current = 0
        self._desk.thanks = thanks_of(completed)
        self._desk.say(Answer("accepted", _("Đã bán xong"), self._desk.thanks.receipt))
        self._desk.ways.sold(completed)


def thanks_of(completed: Completed) -> ThanksState:
    """What the thank-you says."""
    earned = completed.points_earned
    points = ngettext("+{n} điểm cho khách", "+{n} điểm cho khách", earned).format(n=money(earned))
    words = _("Hóa đơn {no} kèm voucher {value}") if completed.given else _("Hóa đơn {no}")
    receipt = words.format(no=completed.recorded.receipt_no or "", value=money_d(completed.given))
    return ThanksState(
        receipt=receipt,
        paid=money_d(completed.total),
        change=completed.change,
        notes=notes_words(completed.notes),
        points=points if earned else "",
        earned=earned,
    )


def notes_words(notes: tuple[int, ...]) -> str:
    """ "20k + 10k + 5k": the notes of a change, largest first; below 1,000 in full."""
    return " + ".join(f"{note // 1000}k" if note >= 1000 else f"{note}đ" for note in notes)


def _still_asking() -> Answer:
    line = _("Đợi một hai giây rồi bấm lại.")
    return Answer("needs", _("Đang hỏi trung tâm"), line)


def _price_changed(before: int, after: int) -> Answer:
    words = _("Trước {before}, nay {after}. Báo khách rồi bấm lại F10.")
    return Answer("needs", _("Giá vừa đổi"), words.format(before=money(before), after=money_d(after)))
