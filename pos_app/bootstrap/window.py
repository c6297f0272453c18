"""The counter's window: which screen is on top, where scans and keys go, what wakes the loops."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pos_app.bootstrap.pages import Pages, Ways, make_pages
from pos_app.bootstrap.services import Services
from pos_app.bootstrap.stores import Stores
from pos_app.bootstrap.strip import strip_state
from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import PosError
from pos_app.domain.staff import StaffMember
from pos_app.services.approvals import ApprovalNeed, Granted
from pos_app.services.payment import Completed, Payment
from pos_app.text import _, time_of_day
from sync.engine import SyncReport
from ui import background
from ui.answers import Answer
from ui.approval.screen import open_approval
from ui.approval.state import ApprovalRequest
from ui.approval.words import request as request_of
from ui.attention.presenter import AttentionWays
from ui.customer.ways import CustomerWays
from ui.main_window import MainWindow
from ui.menu.dialog import ask_quit, open_help, open_menu
from ui.menu.keys import keys
from ui.menu.presenter import MenuPresenter, MenuWays
from ui.menu.state import QuitQuestion
from ui.pay.presenter import PayWays
from ui.pickup.ways import PickupWays
from ui.returns.ways import ReturnWays
from ui.running import Done
from ui.scanner.pasted import Pasted
from ui.scanner.wedge import Wedge
from ui.search.ways import SearchWays
from ui.sell.ways import SellWays
from ui.shift.facts import ShiftWays
from ui.shift.verify import VerifyServices
from ui.shift.verify_dialog import open_verify
from ui.sign_in.presenter import SignInFacts, SignInWays
from ui.sync_details.dialog import open_sync_details
from ui.sync_details.presenter import SyncDetailsPresenter, SyncFacts
from ui.widgets.choices import Choice

log = logging.getLogger(__name__)

STRIP_MS = 1000
PIN_S = 10.0


class Counter:
    """Everything between the screens; owns no rule. `wake` is called after every commit."""

    def __init__(
        self,
        app: QApplication,
        services: Services,
        stores: Stores,
        sign_in_facts: SignInFacts,
        wake: Callable[[], None],
        sync_now: Callable[[], None],
    ) -> None:
        self._app = app
        self._services = services
        self._stores = stores
        self._wake = wake
        self._sync_now = sync_now
        self.quit_asked: Callable[[], None] = lambda: None
        self._menu = MenuPresenter(services.strip, services.reprints, self._menu_ways())
        self._details = SyncDetailsPresenter(services.session, services.strip, self._sync_facts())
        self._pages: Pages = make_pages(services, stores, self._ways(), sign_in_facts)
        self.window = MainWindow(self._pages.screens)
        self._wedge = Wedge()
        self._pasted = Pasted()
        self._clock = QTimer(interval=STRIP_MS)
        self._connect()

    # --- wiring --------------------------------------------------------------------------------
    def _ways(self) -> Ways:
        return Ways(
            more=(
                Choice("shift", _("Ca và tiền trong ngăn kéo")),
                Choice("attention", _("Cần xử lý")),
                Choice("reprint", _("In lại hóa đơn cuối")),
                Choice("menu", _("Tất cả mục khác")),
            ),
            sell=SellWays(
                pay=self.to_pay,
                sold=self._committed,
                search=self.to_search,
                customer=self.to_customer,
                pickup=self.to_pickup,
                goods_return=self.to_return,
                badge=self._badge,
                ask_approval=self.ask_approval,
                more=self.more,
            ),
            pickup=PickupWays(
                to_sell=self.to_sell,
                to_pay=self.to_pay,
                ask_approval=self.open_approval,
                scan=self.scan_on_sell,
                handed_over=self._committed,
                fetch=self._sync_now,
                reprint=self.reprint,
                other=self.more,
            ),
            goods_return=ReturnWays(
                to_sell=self.to_sell,
                ask_approval=self.open_approval,
                scan=self.scan_on_sell,
                returned=self._committed,
                fetch=self._sync_now,
                reprint=self.reprint,
                other=self.more,
            ),
            search=SearchWays(add=self._add, scan=self.scan_on_sell, back=self.to_sell),
            customer=CustomerWays(
                attach=self._attached,
                detach=self.to_sell,
                back=self.to_sell,
                pickup=self.to_pickup,
                goods_return=self.to_return,
                scan=self.scan_on_sell,
            ),
            shift=ShiftWays(
                leave=self.to_sell,
                opened=self._shift_opened,
                closed=self._committed,
                moved=self._committed,
                count=lambda: self._show("shift_close"),
                open_new=lambda: self._show("shift_open"),
                verify=self.verify,
                ask_approval=self.ask_approval,
            ),
            attention=AttentionWays(
                leave=self.to_sell, verify=self.verify, printed=self._wake, sent=self._sync_now
            ),
            sign_in=SignInWays(
                run=_beside_the_screen,
                signed_in=self._signed_in,
                take_scan=self.scan_on_sell,
            ),
        )

    def _connect(self) -> None:
        window = self.window
        self._wedge.install(self._app)
        self._wedge.scanned.connect(self._scanned)
        self._wedge.garbled.connect(lambda _text: self._garbled())
        self._pasted.scanned.connect(self._scanned)
        self._pasted.nothing_found.connect(self._nothing_in_picture)
        for screen in self._pages.screens:
            if screen.scan_box is not None:
                screen.scan_box.pasted.connect(self._pasted.take)
        window.lock_asked.connect(self.lock)
        window.key_unused.connect(self._key)
        window.strip.settings_pressed.connect(self.open_menu)
        window.strip.details_pressed.connect(self.open_details)
        window.strip.power_pressed.connect(lambda: self._menu.quit())
        window.close_asked.connect(lambda: self._menu.quit())
        self._clock.timeout.connect(self.show_strip)

    def start(self) -> None:
        """Sign in first; the strip follows the clock from now on."""
        self.show_strip()
        self._clock.start()
        self.window.show_screen("sign_in")

    def stop(self) -> None:
        self._clock.stop()
        self._app.removeEventFilter(self._wedge)

    # --- the strip -----------------------------------------------------------------------------
    def show_strip(self) -> None:
        """What is true now; trouble with the files is told once by the log, the strip keeps what it had."""
        session = self._services.session
        try:
            facts = self._services.strip.facts()
            self.window.show_strip(strip_state(facts, session.now, session.policy.timezone))
        except PosError:
            log.exception("the state strip cannot be read")

    def told(self, report: SyncReport) -> None:
        """After every turn of the sync loop: the strip, and screens that show what feeds bring."""
        self.show_strip()
        if not report.changed:
            return
        current = self.window.current()
        name = "" if current is None else current.name
        if name == "sign_in" and "staff" in report.changed:
            self._pages.presenters.sign_in.refresh()
        if name == "sell":
            self._pages.presenters.sell.refresh()

    # --- scans and keys ------------------------------------------------------------------------
    def _scanned(self, text: str) -> None:
        self.window.route_scan(text)

    def scan_on_sell(self, text: str) -> None:
        """A scan that another screen does not use is the sell screen's."""
        self.to_sell()
        self._pages.presenters.sell.scan(text)

    def _garbled(self) -> None:
        line = _("Máy quét đang đi qua bộ gõ tiếng Việt. Hãy tắt Unikey (Ctrl+Shift) rồi quét lại.")
        self._say(Answer("refused", _("Mã quét bị đổi chữ"), line))

    def _nothing_in_picture(self) -> None:
        line = _("Chụp lại rõ hơn, đủ bốn góc mã, hoặc gõ mã bằng tay.")
        self._say(Answer("refused", _("Không thấy mã trong ảnh"), line))

    def _say(self, answer: Answer) -> None:
        """Answers that belong to no screen stand in the sell screen's answer box."""
        self._pages.presenters.sell.say(answer)

    def _key(self, name: str) -> None:
        """Keys that the screen on top did not use."""
        if self._services.session.person is None or self._services.session.is_locked:
            return
        acts: dict[str, Callable[[], None]] = {
            "F7": lambda: self.to_return(""),
            "F8": lambda: self.to_pickup(""),
            "F11": lambda: self.more("cash"),
            "F12": lambda: self.more("shift"),
            "F1": lambda: self.more("help"),
            "Ctrl+P": self.reprint,
            "Esc": self.to_sell,
        }
        acts.get(name, lambda: None)()

    # --- who stands here -----------------------------------------------------------------------
    def _signed_in(self, _person: StaffMember) -> None:
        self.show_strip()
        self._wake()
        if self._services.session.shift is None and self._services.sign_in.may_sell:
            self._show("shift_open")
        else:
            self.to_sell()

    def lock(self) -> None:
        """Ctrl+L: the cart stays, the PIN pad comes."""
        if self._services.session.person is None:
            return
        self._services.sign_in.lock()
        self.show_strip()
        self.window.show_screen("sign_in")

    def sign_out(self) -> None:
        self._services.sign_in.sign_out()
        self.show_strip()
        self.window.show_screen("sign_in")

    def _badge(self, _staff: int) -> None:
        self.lock()

    # --- screens -------------------------------------------------------------------------------
    def _show(self, name: str) -> None:
        presenters = self._pages.presenters
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
        """Where everything comes back to; without a shift that is the opening of one."""
        session = self._services.session
        if session.person is None or session.is_locked:
            self.window.show_screen("sign_in")
            return
        self._show("sell")

    def to_pay(self, payment: Payment) -> None:
        presenters = self._pages.presenters
        is_sale = payment.payable.kind == "sale"
        done = self._paid_sale if is_sale else presenters.pickup.paid
        back = self.to_sell if is_sale else presenters.pickup.resume
        presenters.pay.begin(
            payment, PayWays(done=self._back_with(done, is_sale), back=self._to(back, is_sale))
        )
        self.window.show_screen("pay")

    def _back_with(self, done: Callable[[Completed], None], is_sale: bool) -> Callable[[Completed], None]:
        def finish(completed: Completed) -> None:
            self.window.show_screen("sell" if is_sale else "pickup")
            done(completed)

        return finish

    def _to(self, back: Callable[[], None], is_sale: bool) -> Callable[[], None]:
        def go() -> None:
            self.window.show_screen("sell" if is_sale else "pickup")
            back()

        return go

    def _paid_sale(self, completed: Completed) -> None:
        self._pages.presenters.sell.paying.thank(completed)

    def to_search(self, text: str) -> None:
        self._pages.presenters.search.open(text)
        self.window.show_screen("search")

    def to_customer(self, phone: str, cards: tuple[CustomerCard, ...]) -> None:
        self._pages.presenters.customer.open(phone, cards)
        self.window.show_screen("customer")

    def to_pickup(self, target: str) -> None:
        self.window.show_screen("pickup")
        if target:
            self._pages.presenters.pickup.open(target)
        else:
            self._pages.presenters.pickup.open_list()

    def to_return(self, target: str) -> None:
        self.window.show_screen("return")
        if target:
            self._pages.presenters.goods_return.open(target)
        else:
            self._pages.presenters.goods_return.begin()

    def _add(self, product: str) -> None:
        self.to_sell()
        self._pages.presenters.sell.add_product(product)

    def _attached(self, card: CustomerCard) -> None:
        self.to_sell()
        self._pages.presenters.sell.attached(card)

    def _shift_opened(self) -> None:
        self._committed()
        self.to_sell()

    def _committed(self, *_what: object) -> None:
        """A document is on the disk: printer and network may have their turn, the strip shows it."""
        self._wake()
        self.show_strip()

    # --- ⋯, the gear, F11 and F12 --------------------------------------------------------------
    def _menu_ways(self) -> MenuWays:
        return MenuWays(
            cart_lines=lambda: len(self._services.checkout.cart.lines),
            sync_now=self._sync_now,
            sync_details=self.open_details,
            attention=lambda: self._show("attention"),
            shift=lambda: self.more("shift"),
            lock=self.lock,
            sign_out=self.sign_out,
            help=lambda: self.more("help"),
            quit=lambda: self.quit_asked(),
            ask_quit=self._ask_quit,
            say=self._say,
            printed=self._committed,
        )

    def _ask_quit(self, question: QuitQuestion, accepted: Callable[[], None]) -> None:
        ask_quit(self.window, question, accepted)

    def _sync_facts(self) -> SyncFacts:
        def need() -> str:
            return str((self._stores.status.get("sync") or {}).get("need") or "")

        return SyncFacts(
            age=self._stores.feeds.age,
            oldest=lambda: self._stores.outbox.counts().oldest_wall,
            need=need,
            send_now=self._sync_now,
        )

    def open_menu(self) -> None:
        open_menu(self.window, self._menu)

    def open_details(self) -> None:
        open_sync_details(self.window, self._details)

    def more(self, name: str) -> None:
        """Keys and the entries of ⋯ beside the cart's own."""
        if name in ("shift", "cash"):
            self._show_shift("drawer" if name == "cash" else "")
        elif name == "help":
            open_help(self.window, keys())
        elif name == "menu":
            self.open_menu()
        else:
            self._menu.press(name)

    def _show_shift(self, chosen: str) -> None:
        if self._services.session.shift is None:
            self._show("shift_open")
            return
        self._show("shift_menu")
        if chosen:
            self._pages.presenters.shift_menu.begin(chosen)

    def reprint(self) -> None:
        """Ctrl+P: the last receipt again, marked as a copy and written into the journal."""
        self._menu.reprint_last()

    # --- a second person -----------------------------------------------------------------------
    def ask_approval(self, need: ApprovalNeed, draft: str, granted: Callable[[Granted], None]) -> None:
        """For screens that name only the need: the words are made here."""
        session = self._services.session
        asker = session.require_person()
        at = time_of_day(session.now, session.policy.timezone)
        self.open_approval(request_of(need, draft, asker, at), granted, lambda: None)

    def open_approval(
        self, request: ApprovalRequest, granted: Callable[[Granted], None], refused: Callable[[], None]
    ) -> None:
        """The dialog of look 14 over whatever is on top."""
        open_approval(
            self.window,
            request,
            self._services.approvals,
            granted,
            refused,
            badge=self._services.sign_in.badge,
        )

    def verify(self, closing: str) -> None:
        """A second person confirms a closed shift."""
        services = self._services
        open_verify(
            self.window,
            VerifyServices(services.session, services.shifts, services.sign_in, services.journal.body),
            closing,
            self._verified,
        )

    def _verified(self, closing: str, name: str) -> None:
        self._committed()
        self._pages.presenters.shift_close.verified(closing, name)
        self._pages.presenters.attention.refresh()
        self._say(Answer("accepted", _("Đã xác nhận ca"), name))


def _beside_the_screen(work: Callable[[], Any], done: Done) -> None:
    """Argon2 takes tens of milliseconds: the pad must not stand still meanwhile."""
    background.once(work, PIN_S, done)
