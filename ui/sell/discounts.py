"""Discounts by hand: what the dialog starts with, and the way over a second person where one is needed."""

from __future__ import annotations

from dataclasses import replace

from pos_app.domain.approval import Approval
from pos_app.domain.cart import ManualDiscount
from pos_app.domain.errors import ApprovalRequired, PosError
from pos_app.domain.money import WHOLE
from pos_app.domain.staff import limit_of
from pos_app.text import _, money_d, parse_money, percent
from ui import messages
from ui.answers import Answer
from ui.sell.desk import Desk, done
from ui.sell.lines import REASONS, reason_words
from ui.sell.state import DiscountForm

RIGHT = "sale.discount.manual"


class Discounts:
    """Percent or amount, on the open line or on the whole cart, with a reason."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._checkout = desk.services.checkout

    def form(self, *, whole_cart: bool = False) -> DiscountForm | None:
        """What the dialog starts with; None (and an answer) while the cart is empty."""
        if not self._checkout.cart.lines:
            self._desk.say(Answer("needs", _("Giỏ hàng đang trống"), _("Quét món đầu tiên rồi làm lại.")))
            return None
        priced = self._checkout.priced()
        no = 0 if whole_cart else self._desk.current
        line = priced.line(no) if no else None
        return DiscountForm(
            no=no,
            name="" if line is None else line.name,
            cost=0 if line is None else line.amount,
            cart_cost=priced.total,
            reasons=tuple((code, reason_words(code)) for code, _words in REASONS),
            alone=self._alone(),
        )

    def _alone(self) -> str:
        person = self._desk.services.session.person
        rights = self._desk.services.session.policy.rights
        limit = None if person is None else limit_of(person, RIGHT, rights)
        if limit is None:
            return _("Mọi mức giảm cần người duyệt.")
        return _("Bạn tự giảm được tới {most}.").format(most=percent(limit))

    def check(self, share: str, text: str) -> str:
        """Why the typed discount cannot be read, "" when it can; `share` is "percent" or "amount"."""
        try:
            _read(share, text, "other", 0)
        except PosError as error:
            words = messages.words(error)
            return f"{words.title}. {words.line}".strip()
        return ""

    def give(self, no: int, share: str, text: str, reason: str) -> None:
        """On a line, or with `no` 0 on the whole cart; over the own limit a second person is asked."""
        person = self._desk.services.session.person
        discount = _read(share, text, reason, 0 if person is None else person.no)
        try:
            self._give(no, discount, None)
        except ApprovalRequired as error:
            self._desk.needs_approval(error, lambda given: self._approved(no, discount, given))
            self._desk.ask_approval()
        except PosError as error:
            self._desk.say(messages.answer(error))

    def take_away(self, no: int) -> None:
        """The line or cart costs again what it did."""
        self._desk.attempt(lambda: self._take_away(no))

    def _take_away(self, no: int) -> Answer:
        if no:
            self._checkout.discount_line(no, None)
        else:
            self._checkout.discount_order(None)
        return done(_("Đã bỏ giảm giá"))

    def _approved(self, no: int, discount: ManualDiscount, approval: Approval) -> None:
        self._give(no, replace(discount, approver=approval.by), approval)

    def _give(self, no: int, discount: ManualDiscount, approval: Approval | None) -> None:
        if no:
            self._checkout.discount_line(no, discount, approval)
        else:
            self._checkout.discount_order(discount, approval)
        off = percent(discount.percent_bp) if discount.percent_bp else money_d(discount.amount or 0)
        where = self._checkout.cart.line(no).name if no else _("Cả đơn")
        self._desk.changed(done(_("Đã giảm {off}").format(off=off), where))


def _read(share: str, text: str, reason: str, by: int) -> ManualDiscount:
    """Raises AmountUnreadable, AmountRefused."""
    if share == "percent":
        tenths = parse_money(text.strip().rstrip("% ").replace(",", "").replace(".", "") or "-")
        decimals = len(text.strip().rstrip("% ").replace(",", ".").partition(".")[2])
        return ManualDiscount(reason, by, percent_bp=tenths * WHOLE // 100 // 10**decimals)
    return ManualDiscount(reason, by, amount=parse_money(text))
