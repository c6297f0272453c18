"""The customer screen: a phone becomes a card, two cards a choice, an unknown phone a new card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pos_app.domain import phone as phones
from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import CustomerKnown, PhoneRefused, PosError, ReasonMissing
from pos_app.services.customers import PURPOSES, CustomerView, PastReceipt
from pos_app.text import _, date_short, money, phone_masked
from ui import messages
from ui.answers import Answer
from ui.customer.state import ConsentState, CustomerScreenState, FoundState, HistoryState, Page
from ui.messages import N_
from ui.sell.customer_card import customer_state, tier_words
from ui.sell.ways import SellServices

DIGITS = 10
CONSENTS = {
    "loyalty": N_("Tích điểm và ưu đãi thành viên"),
    "marketing": N_("Nhận tin khuyến mãi"),
    "e_invoice": N_("Dùng tên và số này cho hóa đơn điện tử"),
}
MOST_RECEIPTS = 3


@dataclass(frozen=True, slots=True)
class CustomerWays:
    """Where the screen ends: somebody is on the cart, nobody any more, or back; a scan is the cart's."""

    attached: Callable[[CustomerCard], None]
    detached: Callable[[], None]
    back: Callable[[], None]
    scan: Callable[[str], None]


class CustomerPresenter:
    """Knows no Qt."""

    def __init__(self, services: SellServices, ways: CustomerWays) -> None:
        self._services = services
        self._ways = ways
        self._show: Callable[[CustomerScreenState], None] = lambda _state: None
        self._clear("")

    def _clear(self, phone: str) -> None:
        self._phone, self._reason = phone, ""
        self._views: list[CustomerView] = []
        self._current, self._is_unknown = "", False
        self._name, self._name_reason = "", ""
        self._given: set[str] = set()
        self._answer: Answer | None = None

    def shown_by(self, show: Callable[[CustomerScreenState], None]) -> None:
        """Who shows the state."""
        self._show = show

    def begin(self, phone: str = "", cards: Sequence[CustomerCard] = ()) -> None:
        """Open with nothing, with a phone (E.164) nobody has here, or with cards to choose from.

        With nothing and somebody on the cart, their card is shown.
        """
        self._clear(phones.shown(phone) if phone else "")
        attached = self._services.checkout.cart.customer
        if cards or (attached is not None and not phone):
            self._take([self._services.customers.view(card.id) for card in cards or (attached,) if card])
        elif phone:
            self._look()
        self._tell()

    # --- typing --------------------------------------------------------------------------------
    def type(self, text: str) -> None:
        """The phone as it stands; a whole number is looked up at once."""
        self._clear(text)
        if len(_digits(text)) == DIGITS:
            self._look()
        self._tell()

    def press(self, key: str) -> None:
        """A key of the pad."""
        digits = _digits(self._phone)
        self.type(_grouped(digits[:-1] if key == "back" else digits + key if key.isdigit() else digits))

    def _look(self) -> None:
        try:
            self._take(self._services.customers.by_phone(self._phone))
            self._is_unknown = not self._views
        except PhoneRefused:
            self._reason = _missing(self._phone)
        except PosError as error:
            self._answer = messages.answer(error)

    def _take(self, views: list[CustomerView]) -> None:
        self._views = views
        self._current = views[0].card.id if views else ""

    # --- choosing ------------------------------------------------------------------------------
    def choose(self, customer: str) -> None:
        """One of those found."""
        self._current = customer
        self._tell()

    def accept(self) -> None:
        """Enter: look up, attach, or make the new card."""
        view = self._view()
        if view is not None:
            self._attach(view.card)
        elif self._is_unknown:
            self._create()
        else:
            self._reason = _missing(self._phone)
            self._tell()

    def _attach(self, card: CustomerCard) -> None:
        self._services.checkout.attach(card)
        self._ways.attached(card)

    def detach(self) -> None:
        """Nobody is on the cart any more; the points stay where they are."""
        self._services.checkout.detach()
        self._ways.detached()

    def leave(self) -> None:
        """Back with nothing done."""
        self._ways.back()

    def scan(self, text: str) -> None:
        """A member card, or anything else: the cart knows what to do."""
        self._ways.scan(text)

    # --- a new card ----------------------------------------------------------------------------
    def type_name(self, text: str) -> None:
        """The name as it stands; nothing is shown anew, so that the caret stays."""
        self._name = text
        if self._name_reason:
            self._name_reason = ""
            self._tell()

    def set_consent(self, name: str, given: bool) -> None:
        """What the customer has said."""
        (self._given.add if given else self._given.discard)(name)

    def _create(self) -> None:
        consents = [name for name in PURPOSES if name in self._given]
        try:
            customer = self._services.customers.create(self._name, self._phone, consents)
            card = self._services.customers.view(customer).card
        except ReasonMissing:
            self._name_reason = _("Cần tên để gọi khách")
        except PhoneRefused:
            self._reason = _("Cần số di động để tích điểm")
        except CustomerKnown:
            self._look()
        except PosError as error:
            self._answer = messages.answer(error)
        else:
            self._attach(card)
            return
        self._tell()

    # --- state ---------------------------------------------------------------------------------
    def _tell(self) -> None:
        self._show(self.state())

    def _view(self) -> CustomerView | None:
        return next((view for view in self._views if view.card.id == self._current), None)

    def _page(self) -> Page:
        if self._views:
            return "found"
        return "new" if self._is_unknown else "hint"

    def state(self) -> CustomerScreenState:
        """The state of this moment."""
        page, view = self._page(), self._view()
        attached = self._services.checkout.cart.customer
        return CustomerScreenState(
            page=page,
            phone=self._phone,
            reason=self._reason,
            found=tuple(found_state(one) for one in self._views),
            current=self._current,
            card=None if view is None else customer_state(self._services, view.card, frozenset()),
            history=() if view is None else tuple(map(history_state, view.receipts[:MOST_RECEIPTS])),
            orders=_orders(view),
            name=self._name,
            name_reason=self._name_reason,
            consents=tuple(
                ConsentState(name, _(label), name in self._given) for name, label in CONSENTS.items()
            ),
            main=_("Tạo thẻ mới") if page == "new" else _("Chọn khách này"),
            main_reason=_("Gõ đủ số điện thoại") if page == "hint" else "",
            detach=_("Gỡ {name} khỏi đơn").format(name=attached.name) if attached is not None else "",
            answer=self._answer,
        )


def found_state(view: CustomerView) -> FoundState:
    """One of those with this phone."""
    card = view.card
    tier = tier_words(card.tier)[0]
    line = " · ".join(part for part in (phone_masked(card.last3) if card.last3 else "", tier) if part)
    return FoundState(card.id, card.name, line, _("{n} điểm").format(n=money(card.balance)))


def history_state(receipt: PastReceipt) -> HistoryState:
    """One receipt of the history."""
    channel = _("Web") if receipt.channel == "web" else _("Cửa hàng")
    day = "" if receipt.day is None else date_short(receipt.day)
    return HistoryState(receipt.receipt_no, f"{day} · {channel}", money(receipt.total))


def _orders(view: CustomerView | None) -> str:
    if view is None or not view.waiting_orders:
        return ""
    return _("Có đơn chờ nhận: {numbers}").format(numbers=", ".join(view.waiting_orders))


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _grouped(digits: str) -> str:
    """ "0901 234 567" as far as it is typed."""
    parts = (digits[:4], digits[4:7], digits[7:])
    return " ".join(part for part in parts if part)


def _missing(text: str) -> str:
    """What is wrong with the phone, in words."""
    missing = DIGITS - len(_digits(text))
    if missing > 0:
        return _("Thiếu {n} số").format(n=missing)
    return _("Thừa {n} số").format(n=-missing) if missing < 0 else _("Đầu số này không có, kiểm lại")
