"""What typing, scanning, choosing and making a card on the customer screen lead to. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from pos_app.domain import codes, phone
from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import CodeRefused, CustomerKnown, CustomerUnknownHere, PosError
from pos_app.services.customers import CustomerView
from pos_app.text import _
from ui import messages
from ui.customer import facts, phone_entry
from ui.customer.at_central import AtCentral
from ui.customer.state import CustomerScreenState, NewCardState, Page, PhoneState
from ui.customer.ways import CustomerServices, CustomerWays
from ui.customer.wording import MEMBERSHIP, MainButton, main_button, new_card
from ui.sell.customer_card import customer_state
from ui.sell.state import CustomerState


class CustomerPresenter:
    """One per screen. `open` is how other screens come here."""

    def __init__(self, services: CustomerServices, ways: CustomerWays | None = None) -> None:
        self._services = services
        self._sell = services.sell
        self._ways = ways or CustomerWays()
        self._patterns = codes.ScanPatterns()
        self._show: Callable[[CustomerScreenState], None] = lambda _state: None
        self._central = AtCentral(self._sell.customers, self._ways.ask_central)
        self._begin("")

    def _begin(self, digits: str) -> None:
        self._digits = digits
        self._views: list[CustomerView] = []
        self._chosen = ""
        self._central.forget()
        self._is_unknown = self._is_refused = False
        self._trouble = self._name_reason = self._consent_reason = self._done = ""

    # --- state ---------------------------------------------------------------------------------
    def shown_by(self, show: Callable[[CustomerScreenState], None]) -> None:
        """Who shows the state; it is shown at once."""
        self._show = show
        self._tell()

    def open(self, number: str = "", cards: Sequence[CustomerCard] = ()) -> None:
        """With nothing, with a phone (E.164) that nobody has here, or with cards to choose from.

        With nothing and somebody on the cart, their card is shown.
        """
        attached = self._sell.checkout.cart.customer
        self._begin(phone_entry.typed_digits(phone.shown(number)) if number else "")
        if cards:
            self._take(self._known(cards))
        elif number:
            self._look()
        elif attached is not None:
            self._take(self._known([self._sell.checkout.cart.customer]))
        self._tell()

    def _tell(self) -> None:
        self._show(self.state())

    def state(self) -> CustomerScreenState:
        """The state of this moment."""
        page, view, button = self._page(), self._view(), self._button()
        return CustomerScreenState(
            page=page,
            phone=self._phone(),
            age=facts.data_age(self._sell.session),
            found=tuple(facts.found_of(one) for one in self._views) if len(self._views) > 1 else (),
            current=self._chosen,
            card=None if view is None else self._card(view),
            sections=() if view is None else facts.sections_of(view, self._sell.campaigns),
            new=self._form() if page == "new" else None,
            done=self._done,
            main=button.text,
            main_key=button.key,
            main_reason=button.reason,
            hint=button.hint,
        )

    def _form(self) -> NewCardState:
        age = facts.data_age(self._sell.session)
        return new_card(self._central.asked, age, self._name_reason, self._consent_reason)

    def _page(self) -> Page:
        if self._views:
            return "found"
        if self._central.asked == "asking":
            return "asking"
        return "new" if self._is_unknown else "hint"

    def _view(self) -> CustomerView | None:
        return next((view for view in self._views if view.card.id == self._chosen), None)

    def _is_attached(self) -> bool:
        attached, view = self._sell.checkout.cart.customer, self._view()
        return attached is not None and view is not None and attached.id == view.card.id

    def _button(self) -> MainButton:
        attached = self._sell.checkout.cart.customer
        return main_button(
            self._page(),
            has_choice=self._view() is not None,
            is_attached=self._is_attached(),
            attached=None if attached is None else attached.name,
        )

    def _phone(self) -> PhoneState:
        reason = self._trouble or phone_entry.reason(self._digits)
        ink = "stop" if self._trouble or self._is_refused else "ink2"
        return PhoneState(phone_entry.grouped(self._digits), reason, ink)

    def _card(self, view: CustomerView) -> CustomerState:
        """Their vouchers stand in a section of their own."""
        return replace(customer_state(self._sell, view.card, frozenset()), vouchers=())

    # --- typing --------------------------------------------------------------------------------
    def typed(self, text: str) -> None:
        """The number as it stands; a whole one is looked up at once."""
        digits = phone_entry.typed_digits(text)
        if digits != self._digits or self._trouble:
            self._begin(digits)
            if phone_entry.is_whole(digits):
                self._look()
        self._tell()

    def press(self, key: str) -> None:
        """A key of the pad."""
        self.typed(self._digits[:-1] if key == "back" else self._digits + key)

    def _look(self) -> None:
        """Here, and where nobody is known here, at central: a number that nobody has leads to a new card."""
        try:
            self._take(self._sell.customers.by_phone(self._digits))
        except PosError as error:
            self._refuse(error)
            return
        number = phone_entry.number(self._digits)
        if not self._views and number is not None:
            self._ask(number, self._unknown)

    def _unknown(self) -> None:
        self._is_unknown = self._is_mobile()

    def _ask(self, key: str, nobody: Callable[[], None]) -> None:
        """Who is not known here; `nobody` = what follows where central does not know them either."""

        def told(found: Sequence[CustomerView]) -> None:
            if found:
                self._take(list(found))
                self._done = _("Trung tâm vừa cho biết: khách có thẻ lập ở nơi khác.")
            else:
                nobody()
            self._tell()

        self._central.ask(key, told)

    def _is_mobile(self) -> bool:
        found = phone_entry.number(self._digits)
        if found is not None and phone.is_mobile(found):
            return True
        self._trouble = _("Không có khách này. Thẻ mới cần số di động.")
        return False

    def _refuse(self, error: PosError) -> None:
        words = messages.words(error)
        self._trouble = f"{words.title}. {words.line}"

    def _known(self, cards: Iterable[CustomerCard | None]) -> list[CustomerView]:
        """Their views; a kept cart may name somebody whom the feed has dropped since."""
        views = []
        for card in cards:
            try:
                if card is not None:
                    views.append(self._sell.customers.view(card.id))
            except CustomerUnknownHere as error:
                self._refuse(error)
        return views

    def _take(self, views: list[CustomerView]) -> None:
        """One is chosen by itself; of several the cashier chooses."""
        self._views = views
        self._chosen = views[0].card.id if len(views) == 1 else ""

    # --- scanning ------------------------------------------------------------------------------
    def scan(self, text: str) -> None:
        """A member card or a phone selects; everything else is for the cart."""
        try:
            code = codes.read(
                text, self._services.keyring, self._sell.session.identity.tenant, self._patterns
            )
        except CodeRefused:
            self._ways.scan(text)  # refused there with its reason, and journaled
            return
        if isinstance(code, codes.PhoneTyped):
            self.typed(phone.shown(code.e164))
        elif isinstance(code, codes.MemberCode):
            self._begin("")
            card = self._services.cards.by_card(code.serial)
            self._take(self._known([card]))
            if card is None:
                unknown = CustomerUnknownHere(serial=code.serial)
                self._ask(str(code.serial), lambda: self._refuse(unknown))
            self._tell()
        else:
            self._ways.scan(text)

    # --- choosing ------------------------------------------------------------------------------
    def choose(self, customer: str) -> None:
        """One of several."""
        self._chosen = customer
        self._tell()

    def move(self, step: int) -> None:
        """↑ and ↓ among several."""
        keys = [view.card.id for view in self._views]
        if len(keys) > 1:
            at = keys.index(self._chosen) + step if self._chosen in keys else 0
            self.choose(keys[max(0, min(len(keys) - 1, at))])

    def press_main(self, name: str = "", consents: Sequence[str] = ()) -> None:
        """The main button; `name` and `consents` are what the form of a new card holds."""
        if self._is_attached():
            self.detach()
        else:
            self.enter(name, consents)

    def enter(self, name: str = "", consents: Sequence[str] = ()) -> None:
        """Enter: attach, make the card, or say what is missing. It never takes a customer off."""
        view = self._view()
        if self._is_attached():
            self.back()
        elif view is not None:
            self._sell.checkout.attach(view.card)
            self._ways.attach(view.card)
        elif self._is_unknown:
            self._create(name, consents)
        elif self._central.asked != "asking":
            self._is_refused = True
            self._tell()

    def detach(self) -> None:
        """Nobody is on the cart any more; the draft follows at once."""
        if self._is_attached():
            self._sell.checkout.detach()
            self._save()
            self._ways.detach()

    def _save(self) -> None:
        try:
            self._sell.checkout.save_draft()
        except PosError as error:
            self._refuse(error)

    # --- a new card ----------------------------------------------------------------------------
    def _create(self, name: str, consents: Sequence[str]) -> None:
        self._name_reason = "" if name.strip() else _("Thiếu tên khách")
        has_agreed = MEMBERSHIP in consents
        self._consent_reason = "" if has_agreed else _("Khách đồng ý lập thẻ thì mới tạo được")
        if not self._name_reason and has_agreed:
            self._record(name, consents)
        self._tell()

    def _record(self, name: str, consents: Sequence[str]) -> None:
        customers = self._sell.customers
        try:
            made = customers.create(name, self._digits, consents)
            views = [customers.view(made)]
        except CustomerKnown:  # made a moment ago on another till, and pulled since
            self._look()
        except PosError as error:
            words = messages.words(error)
            self._name_reason = f"{words.title}. {words.line}"
        else:
            self._take(views)
            self._is_unknown = False
            self._done = _("Đã tạo thẻ. Gắn vào đơn để tích điểm ngay từ đơn này.")

    # --- ways on -------------------------------------------------------------------------------
    def act(self, name: str, key: str) -> None:
        """The button of a row: `pickup` with an order, `return` with a receipt."""
        ways = {"pickup": self._ways.pickup, "return": self._ways.goods_return}
        ways[name](key)

    def back(self) -> None:
        """To the cart, with nothing changed."""
        self._ways.back()
