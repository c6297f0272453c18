"""What a scan, a key or a press on the sell screen leads to: an act, an answer and a new state."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from pos_app.domain.approval import Approval
from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import ApprovalRequired, AskCentral, PosError, ProductUnknownHere
from pos_app.services.scan_outcome import ScanKind, ScanOutcome
from pos_app.text import _, money_d, quantity
from ui import messages
from ui.answers import Answer, AnswerAction
from ui.sell.desk import Desk, done
from ui.sell.discounts import Discounts
from ui.sell.held import Held
from ui.sell.line_acts import LineActs, thousandths
from ui.sell.paying import Paying
from ui.sell.state import SellState, UncodedForm, ready
from ui.sell.uncoded import UncodedGoods
from ui.sell.ways import SellServices, SellWays

_COUNTED: Final = re.compile(r"([-+]?\d{1,9}(?:[.,]\d{1,3})?)\*(.*)", re.DOTALL)
"""Also what no quantity is: "0*", "-5*" and "99999*" get the sentence about quantities."""


class SellPresenter:
    """Knows no Qt. Acts on lines, discounts, held carts and paying stand in `lines`, `discounts`, …"""

    def __init__(self, services: SellServices, ways: SellWays | None = None) -> None:
        self.desk = Desk(services, ways or SellWays())
        self.lines = LineActs(self.desk)
        self.discounts = Discounts(self.desk)
        self.held = Held(self.desk)
        self.paying = Paying(self.desk)
        self.uncoded = UncodedGoods(self.desk)
        self._checkout = services.checkout
        self._scans = services.scans
        self._phone = ""
        self._ask_uncoded: Callable[[UncodedForm], None] = lambda _form: None

    # --- state ---------------------------------------------------------------------------------
    def shown_by(self, show: Callable[[SellState], None]) -> None:
        """Who shows the state; it is shown at once."""
        self.desk.shown_by(show)

    def state(self) -> SellState:
        return self.desk.state()

    def refresh(self) -> None:
        """Show what is true now, counters too: another screen changed the cart, or a loop reported."""
        self.desk.recount()
        self.desk.refresh()

    def speak_anew(self) -> None:
        """The language has changed: what was said before is not repeated."""
        self.say(ready())

    def say(self, answer: Answer) -> None:
        """An answer from outside, such as from the pick-up screen."""
        self.desk.say(answer)

    def after_paint(self) -> None:
        """The line is on the screen: now the draft is written."""
        self.desk.save()

    # --- scanning ------------------------------------------------------------------------------
    def scan(self, text: str) -> None:
        """Whatever was scanned or typed: "3*" before it is a quantity, "3*" alone is for the open line."""
        self.desk.thanks = None
        counted = _COUNTED.fullmatch(text.strip())
        if counted is None:
            self._scan(text, None)
        elif counted[2].strip():
            self._scan(counted[2].strip(), counted[1])
        else:
            self.lines.set_quantity(counted[1])

    def _scan(self, text: str, count: str | None, approval: Approval | None = None) -> None:
        try:
            outcome = self._scans.scan(text, approval)
            if count is not None and outcome.kind is ScanKind.LINE_ADDED:
                outcome = self._counted(outcome, count)
        except ProductUnknownHere as error:
            self.uncoded.barcode = str(error.fields.get("text") or text)
            self.desk.say(self._unknown(error))
        except AskCentral as needed:
            self.desk.ask_central(needed, lambda: self._scan(text, count, approval))
        except ApprovalRequired as error:
            self.desk.needs_approval(error, lambda given: self._scan(text, count, given))
        except PosError as error:
            self.desk.say(messages.answer(error))
        else:
            self._take(outcome)

    def _counted(self, outcome: ScanOutcome, count: str) -> ScanOutcome:
        """Instead of the one piece just added, so many at once: one step to undo."""
        line = self._checkout.cart.line(outcome.line_no)
        if line.product is None or line.is_weighed:
            return outcome
        self._checkout.undo()
        return self._checkout.add(line.product.id, thousandths(count))

    def _unknown(self, error: ProductUnknownHere) -> Answer:
        answer = messages.answer(error)
        if not self.uncoded.is_offered:
            return answer
        action = AnswerAction("uncoded", _("Bán hàng chưa có mã"))
        return replace(answer, line=_("Tìm theo tên (F2), hoặc bán ngay."), action=action)

    def _take(self, outcome: ScanOutcome) -> None:
        match outcome.kind:
            case ScanKind.LINE_ADDED:
                self.desk.current = outcome.line_no
                self.desk.changed(added(outcome))
            case ScanKind.VOUCHER:
                line = f"{outcome.name} {money_d(-outcome.amount)}" if outcome.amount else outcome.name
                self.desk.changed(done(_("Đã nhận voucher"), line))
            case ScanKind.CUSTOMER:
                self.attached(outcome.customer)
            case ScanKind.STORE_CREDIT:
                self.desk.say(self.paying.credit_found(outcome))
            case _:
                self._hand_on(outcome)

    def _hand_on(self, outcome: ScanOutcome) -> None:
        ways = self.desk.ways
        match outcome.kind:
            case ScanKind.CUSTOMER_CHOICE:
                ways.customer(outcome.phone, outcome.choices)
            case ScanKind.CUSTOMER_UNKNOWN:
                self._phone = outcome.phone
                action = AnswerAction("new_customer", _("Tạo thẻ mới"))
                line = _("Có thể tạo thẻ mới ngay.")
                self.desk.say(Answer("unknown", _("Chưa có khách này ở máy"), line, action))
            case ScanKind.OPEN_PICKUP:
                ways.pickup(outcome.target)
            case ScanKind.OPEN_RETURN:
                ways.goods_return(outcome.target)
            case ScanKind.STAFF_BADGE:
                ways.badge(outcome.staff)
            case _:
                ways.search(outcome.target)

    def attached(self, card: CustomerCard | None) -> None:
        """A customer has just been put on the cart, here or on the customer screen."""
        self.desk.changed(done(_("Đã thêm khách"), "" if card is None else card.name))

    def take_voucher(self, serial: str) -> None:
        """The customer's own voucher, by one press: the same way as if it had been scanned."""
        card = self._checkout.cart.customer
        if card is None:
            return
        for own in self.desk.services.customers.view(card.id).vouchers:
            if own.serial == serial:
                self._scan(own.code, None)

    def drop_voucher(self, serial: int) -> None:
        """Take a voucher off the cart."""
        self._checkout.remove_voucher(serial)
        self.desk.changed(done(_("Đã gỡ voucher")))

    def add_product(self, product: str) -> None:
        """From the search panel."""
        self.desk.thanks = None
        self.desk.attempt(lambda: self._add_product(product))

    def _add_product(self, product: str) -> Answer:
        outcome = self._checkout.add(product)
        self.desk.current = outcome.line_no
        return added(outcome)

    def undo(self) -> None:
        """Ctrl+Z."""
        self.desk.attempt(self._undo)

    def _undo(self) -> Answer:
        self._checkout.undo()
        return Answer("quiet", "", _("Đã hoàn tác. Quét món tiếp theo."))

    def discard(self) -> None:
        """Throw the cart away; the screen has asked."""
        self.desk.attempt(self._discard)

    def _discard(self) -> Answer:
        self._checkout.clear()
        return Answer("quiet", "", _("Đã bỏ giỏ hàng. Quét món đầu tiên."))

    # --- ways on -------------------------------------------------------------------------------
    def on_uncoded(self, ask: Callable[[UncodedForm], None]) -> None:
        """Who opens the dialog for goods without a code."""
        self._ask_uncoded = ask

    def act(self, name: str) -> None:
        """The action of an answer, or a key of the bar."""
        ways = self.desk.ways
        acts: dict[str, Callable[[], None]] = {
            "undo": self.undo,
            "search": lambda: ways.search(""),
            "suggest": lambda: ways.search(""),
            "customer": lambda: ways.customer("", ()),
            "new_customer": lambda: ways.customer(self._phone, ()),
            "pickup": lambda: ways.pickup(""),
            "return": lambda: ways.goods_return(""),
            "hold": self.held.hold,
            "pay": self.paying.pay,
            "pay_credit": self.paying.pay_with_credit,
            "approve": self.desk.ask_approval,
            "uncoded": lambda: self._ask_uncoded(self.uncoded.form()),
        }
        acts.get(name, lambda: ways.more(name))()


def added(outcome: ScanOutcome) -> Answer:
    """ "Đã thêm" with the name and what the line costs now."""
    pieces = quantity(outcome.quantity)
    title = _("Đã thêm") if pieces == "1" else _("Đã thêm, dòng này có {n}").format(n=pieces)
    return done(title, f"{outcome.name} · {money_d(outcome.amount)}")
