"""Which screen comes to the top, and where a finished act leads; owns no rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pos_app.bootstrap.asking import ask_beside
from pos_app.bootstrap.pages import Presenters
from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import PosError
from pos_app.services.payment import Completed, Payment
from pos_app.services.session import Session
from pos_app.services.sign_in import SignIn
from ui import messages
from ui.answers import Answer
from ui.main_window import MainWindow
from ui.pay.ways import Allow, PayWays, nobody

_WORK: Final = ("pay", "pickup", "return")
"""Left in the middle when the till is locked or changes hands, these go on where they were."""

_PAGES: Final = ("shift_close", "shift_menu", "attention", "unsettled", "ready")


class Navigation:
    """`attach` is called once the screens exist; `committed` is told after every document."""

    window: MainWindow
    presenters: Presenters

    def __init__(self, session: Session, sign_in: SignIn, committed: Callable[[], None]) -> None:
        self._session = session
        self._sign_in = sign_in
        self._committed = committed
        self._left: tuple[str, int] = ("", 0)
        self.allow: Allow = nobody

    def attach(self, window: MainWindow, presenters: Presenters) -> None:
        self.window = window
        self.presenters = presenters

    # --- who stands here -----------------------------------------------------------------------
    @property
    def is_closed(self) -> bool:
        """Nobody is signed in, or the till is locked: nothing but signing in is shown."""
        return self._session.person is None or self._session.is_locked

    def signed_in(self) -> None:
        """On to what was left when the till was locked, else to the counter or the opening of a shift."""
        self._committed()
        left = self._back_to()
        if left:
            self.show(left)
            return
        if self._session.shift is None and self._sign_in.may_sell:
            self.show("shift_open")
            return
        self.to_sell()
        try:
            self._session.check_may_sell()
        except PosError as error:  # an auditor looks; the counter says so before anything is scanned
            self.say(messages.answer(error))

    def lock(self) -> None:
        """Ctrl+L: the cart stays, the PIN pad comes, a question that stood open is gone."""
        if self.is_closed or self._session.person is None:
            return
        self._remember(self._session.person.no)
        self._sign_in.lock()
        self._to_sign_in()

    def _remember(self, owner: int) -> None:
        """Where the till was left; work that an auditor could not go on with still waits."""
        current = self.window.current()
        if current is not None and self._left[0] not in _WORK:
            self._left = (current.name, owner)

    def _back_to(self) -> str:
        """Work under way belongs to the till, whoever goes on with it; a page to who had opened it."""
        name, owner = self._left
        if name in _WORK and not self._sign_in.may_sell:
            return ""
        self._left = ("", 0)
        person = self._session.person
        is_same = person is not None and person.no == owner
        return name if name in _WORK or (is_same and name in _PAGES) else ""

    def take_scan(self, text: str) -> None:
        """The scan that came while the till was locked: for the work that goes on, else for the cart."""
        current = self.window.current()
        if current is not None and current.name in _WORK:
            self.window.route_scan(text)
        else:
            self.scan_on_sell(text)

    def sign_out(self) -> None:
        self._remember(0)
        self._sign_in.sign_out()
        self._to_sign_in()

    def _to_sign_in(self) -> None:
        dialog = self.window.dialog()
        while dialog is not None:
            dialog.close_dialog()
            following = self.window.dialog()
            dialog = None if following is dialog else following
        self._committed()
        self.window.show_screen("sign_in")

    # --- screens -------------------------------------------------------------------------------
    def _stays(self) -> bool:
        """Whether the pay screen is on top with money taken: its own buttons lead away, nothing else."""
        current = self.window.current()
        return current is not None and current.name == "pay" and not self.presenters.pay.may_leave()

    def show(self, name: str) -> None:
        """Bring a screen to the top, showing what is true now."""
        if self._stays():
            return
        presenters = self.presenters
        begins: dict[str, Callable[[], None]] = {
            "shift_open": presenters.shift_open.begin,
            "shift_close": presenters.shift_close.begin,
            "shift_menu": presenters.shift_menu.begin,
            "attention": presenters.attention.refresh,
            "sell": presenters.sell.refresh,
        }
        begins.get(name, lambda: None)()
        self.window.show_screen(name)

    def to_sell(self) -> None:
        """Where everything comes back to."""
        if self.is_closed:
            self.window.show_screen("sign_in")
        else:
            self.show("sell")

    def to_shift(self, chosen: str = "") -> None:
        """The open shift's page (`chosen` = one of its acts), or the opening of one."""
        if self._session.shift is None:
            self.show("shift_open")
            return
        self.show("shift_menu")
        if chosen and not self._stays():
            self.presenters.shift_menu.begin(chosen)

    def to_attention(self, doc_id: str) -> None:
        """The page *Needs attention*, a document of this till chosen on it."""
        self.show("attention")
        if not self._stays():
            self.presenters.attention.choose_document(doc_id)

    def from_ready(self, *, go_on: bool) -> None:
        """The page Ready? leads to the opening of a shift, or back to where it was opened."""
        if self.is_closed:
            self.window.show_screen("sign_in")
        elif self._session.shift is None and (go_on or self._sign_in.may_sell):
            self.show("shift_open")
        else:
            self.to_sell()

    def shift_opened(self) -> None:
        self._committed()
        self.to_sell()

    def to_search(self, text: str) -> None:
        if self._stays():
            return
        self.presenters.search.open(text)
        self.window.show_screen("search")

    def to_customer(self, phone: str, cards: tuple[CustomerCard, ...]) -> None:
        if self._stays():
            return
        self.presenters.customer.open(phone, cards)
        self.window.show_screen("customer")

    def to_pickup(self, target: str) -> None:
        """A scanned code or number, "" = the list of waiting orders."""
        if self._stays():
            return
        self.window.show_screen("pickup")
        if target:
            self.presenters.pickup.open(target)
        else:
            self.presenters.pickup.open_list()

    def to_return(self, target: str) -> None:
        """A scanned receipt or number, "" = the entry page."""
        if self._stays():
            return
        self.window.show_screen("return")
        if target:
            self.presenters.goods_return.open(target)
        else:
            self.presenters.goods_return.begin()

    # --- paying --------------------------------------------------------------------------------
    def to_pay(self, payment: Payment) -> None:
        """The pay screen for a cart or for the rest of an order; both ends lead back to where it began."""
        if payment.payable.kind == "sale":
            home, done, back = "sell", self.presenters.sell.paying.thank, self.presenters.sell.refresh
        else:
            home, done, back = "pickup", self.presenters.pickup.paid, self.presenters.pickup.resume

        def finished(completed: Completed) -> None:
            self.window.show_screen(home)
            done(completed)

        def left() -> None:
            self.window.show_screen(home)
            back()

        self.presenters.pay.begin(payment, PayWays(finished, left, ask_beside, self.allow))
        self.window.show_screen("pay")

    # --- back to the cart ----------------------------------------------------------------------
    def scan_on_sell(self, text: str) -> None:
        """A scan that another screen does not use is the sell screen's."""
        self.to_sell()
        if not self.is_closed:
            self.presenters.sell.scan(text)

    def add(self, product: str) -> None:
        """From the search panel."""
        self.to_sell()
        self.presenters.sell.add_product(product)

    def attached(self, card: CustomerCard) -> None:
        """The customer screen has put somebody on the cart."""
        self.to_sell()
        self.presenters.sell.attached(card)

    def say(self, answer: Answer) -> None:
        """Answers that belong to no screen stand in the sell screen's answer box."""
        self.presenters.sell.say(answer)
