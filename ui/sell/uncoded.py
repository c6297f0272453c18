"""Goods without a code: name, price and category typed at the counter."""

from __future__ import annotations

from pos_app.domain.cart import Uncoded
from pos_app.domain.errors import PosError
from pos_app.text import _, money_d, parse_money
from ui import messages
from ui.answers import Answer
from ui.sell.desk import Desk, done
from ui.sell.state import UncodedForm


class UncodedGoods:
    """What the dialog starts with and does; `barcode` is the one that was not known."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.barcode = ""

    @property
    def is_offered(self) -> bool:
        """Whether any category may be sold without a code."""
        return any(category.uncoded for category in self._desk.services.catalogue.categories())

    def form(self) -> UncodedForm:
        """What the dialog starts with."""
        categories = self._desk.services.catalogue.categories()
        most = self._desk.services.session.policy.uncoded_most
        return UncodedForm(
            self.barcode,
            tuple((category.id, category.name) for category in categories if category.uncoded),
            money_d(most),
        )

    def sell(self, name: str, price: str, category: str) -> str:
        """Put it into the cart. Returns why not, "" when it is a line."""
        self._desk.thanks = None
        try:
            self._desk.changed(self._sold(name, price, category))
        except PosError as error:
            words = messages.words(error)
            return f"{words.title}. {words.line}".strip()
        return ""

    def _sold(self, name: str, price: str, category: str) -> Answer:
        session = self._desk.services.session
        kinds = {one.id: one for one in self._desk.services.catalogue.categories()}
        kind = kinds[category]
        today = session.now.astimezone(session.policy.timezone).date()
        goods = Uncoded(
            name.strip() or kind.name,
            parse_money(price),
            kind.id,
            kind.vat_at(today),
            self.barcode,
            kind.return_days,
        )
        outcome = self._desk.services.checkout.add_uncoded(goods)
        self._desk.current = outcome.line_no
        self.barcode = ""
        return done(_("Đã thêm hàng không mã"), f"{outcome.name} · {money_d(outcome.amount)}")
