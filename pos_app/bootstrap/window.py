"""The counter's window: screens, strip, scanner and keys put together by plain constructor calls."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer

from pos_app.bootstrap.around import Around
from pos_app.bootstrap.asking import ask_beside
from pos_app.bootstrap.look import Look
from pos_app.bootstrap.menus import Menus, more_choices
from pos_app.bootstrap.navigation import Navigation
from pos_app.bootstrap.pages import Ways, connect, make_presenters, make_screens
from pos_app.bootstrap.paper_pages import PaperPages
from pos_app.bootstrap.second_person import SecondPerson
from pos_app.bootstrap.services import Services
from pos_app.bootstrap.stores import Stores
from pos_app.bootstrap.strip import strip_state
from pos_app.domain.errors import PosError
from pos_app.text import _
from ui import background
from ui.answers import Answer
from ui.attention.presenter import AttentionWays
from ui.counter_ways import CounterWays
from ui.customer.ways import CustomerWays
from ui.date_question.dialog import ask_date
from ui.main_window import MainWindow
from ui.menu.look_dialog import LANGUAGES, open_look
from ui.pickup.ways import PickupWays
from ui.ready.presenter import ReadyWays
from ui.returns.ways import ReturnWays
from ui.running import Done
from ui.scanner.pasted import Pasted
from ui.scanner.wedge import Wedge
from ui.search.ways import SearchWays
from ui.sell.ways import SellWays
from ui.shift.facts import ShiftWays
from ui.sign_in.presenter import SignInFacts, SignInWays
from ui.unsettled.presenter import UnsettledWays

if TYPE_CHECKING:
    from sync.engine import SyncReport

log = logging.getLogger(__name__)

STRIP_MS: Final = 1000
PIN_S: Final = 10.0


class Counter:
    """Owns no rule. `wake` is called after every commit, `sync_now` when a person asks for it."""

    def __init__(
        self,
        look: Look,
        services: Services,
        stores: Stores,
        sign_in_facts: SignInFacts,
        wake: Callable[[], None],
        sync_now: Callable[[], None],
    ) -> None:
        self._look = look
        self._services = services
        self._wake = wake
        self._sync_now = sync_now
        self.go = Navigation(services.session, services.sign_in, self._committed)
        self._second = SecondPerson(services, self.go, self._committed)
        self.go.allow = self._second.allow
        self.menus = Menus(services, stores, self.go, self._committed, sync_now)
        self._papers = PaperPages(services, stores, self.go)
        self.around = Around(look.app, services, stores, self.go)
        self._presenters = make_presenters(
            services, stores, self._ways(), sign_in_facts, self.around.ready_facts()
        )
        self._screens = make_screens(more_choices())
        self._dialogs = connect(self._screens, self._presenters)
        self.window = MainWindow(self._screens.all())
        self.go.attach(self.window, self._presenters)
        self.wedge = Wedge()
        self._pasted = Pasted()
        self._clock = QTimer(interval=STRIP_MS)
        self._connect()

    # --- wiring --------------------------------------------------------------------------------
    def _ways(self) -> Ways:
        go, second, menus = self.go, self._second, self.menus
        counter = CounterWays(
            to_sell=go.to_sell,
            ask_approval=second.approve,
            scan=go.scan_on_sell,
            fetch=self._sync_now,
            reprint=menus.reprint,
            other=menus.more,
            ask_central=ask_beside,
        )
        return Ways(
            sell=SellWays(
                pay=go.to_pay,
                sold=self._committed,
                search=go.to_search,
                customer=go.to_customer,
                pickup=go.to_pickup,
                goods_return=go.to_return,
                badge=lambda _staff: go.lock(),
                ask_approval=second.ask,
                more=menus.more,
                ask_central=ask_beside,
            ),
            pickup=PickupWays(counter, to_pay=go.to_pay, handed_over=self._committed),
            goods_return=ReturnWays(counter, returned=self._committed),
            search=SearchWays(add=go.add, scan=go.scan_on_sell, back=go.to_sell),
            customer=CustomerWays(
                attach=go.attached,
                detach=go.to_sell,
                back=go.to_sell,
                pickup=go.to_pickup,
                goods_return=go.to_return,
                scan=go.scan_on_sell,
                ask_central=ask_beside,
            ),
            shift=ShiftWays(
                leave=go.to_sell,
                opened=go.shift_opened,
                closed=self._committed,
                moved=self._committed,
                count=lambda: go.show("shift_close"),
                open_new=lambda: go.show("shift_open"),
                verify=second.verify,
                ask_approval=second.ask,
                ready=lambda: go.show("ready"),
                ask_date=self._ask_date,
                run=_beside_the_screen,
            ),
            attention=AttentionWays(
                leave=go.to_sell,
                verify=second.verify,
                printed=self._wake,
                sent=self._sync_now,
                enrol_again=lambda: menus.enrol_again_asked(),
                export=lambda: menus.export_asked(),
                confirm_date=self._ask_date,
            ),
            unsettled=UnsettledWays(
                run=_beside_the_screen,
                leave=go.to_sell,
                attention=go.to_attention,
                paper=self._papers.show,
                scan=go.scan_on_sell,
            ),
            ready=ReadyWays(
                run=_beside_the_screen,
                leave=lambda: go.from_ready(go_on=False),
                go_on=lambda: go.from_ready(go_on=True),
            ),
            sign_in=SignInWays(
                run=_beside_the_screen,
                signed_in=lambda _person: go.signed_in(),
                take_scan=go.take_scan,
                ready=lambda: go.show("ready"),
            ),
        )

    def _connect(self) -> None:
        window = self.window
        self.wedge.scanned.connect(lambda _text: self.around.scanned())
        self.wedge.scanned.connect(window.route_scan)
        self.wedge.garbled.connect(lambda _text: self._garbled())
        self._pasted.scanned.connect(window.route_scan)
        self._pasted.nothing_found.connect(self._nothing_in_picture)
        window.lock_asked.connect(self.go.lock)
        window.key_unused.connect(self._key)
        window.close_asked.connect(self.menus.quit)
        window.screen_changed.connect(lambda _name: self.show_strip())
        self._clock.timeout.connect(self.show_strip)
        self._look.changed = self.renew
        self.menus.look_asked = self._ask_look
        self._connect_shown()

    def _connect_shown(self) -> None:
        """Strip and scan boxes of the screens of the moment."""
        strip = self.window.strip
        strip.settings_pressed.connect(self.menus.open_menu)
        strip.details_pressed.connect(self.menus.open_details)
        strip.power_pressed.connect(self.menus.quit)
        strip.language_pressed.connect(self._ask_look)
        self.around.watch(self._screens, self._presenters)
        for screen in self._screens.all():
            if screen.scan_box is not None:
                screen.scan_box.pasted.connect(self._pasted.take)

    def renew(self) -> None:
        """The same window in another language or other colours; cart, person and act under way stay."""
        self._screens = make_screens(more_choices())
        self.window.renew(self._screens.all())
        # only now: a page that opens begins anew, this one was open all the time
        self._dialogs = connect(self._screens, self._presenters)
        self._connect_shown()
        self.show_strip()
        shown = self._presenters
        for presenter in (shown.sell, shown.pay, shown.pickup, shown.goods_return, shown.shift_menu):
            presenter.speak_anew()

    def start(self) -> None:
        """Sign in first; the strip follows the clock from now on."""
        self.wedge.install(self._look.app)
        self.around.start(self.window)
        self.show_strip()
        self._clock.start()
        self.window.show_screen("sign_in")

    def stop(self) -> None:
        self._clock.stop()
        self._look.app.removeEventFilter(self.wedge)
        self.around.stop()

    # --- what happens --------------------------------------------------------------------------
    def show_strip(self) -> None:
        """What is true now; while the files cannot be read the strip keeps what it had."""
        session = self._services.session
        try:
            self._services.clock_watch.look()
            facts = self._services.strip.facts()
            state = strip_state(facts, session.now, session.policy.timezone)
            current = self.window.current()
            if current is self._screens.sign_in:
                state = replace(state, language=LANGUAGES[self._look.now.language])
            self.window.show_strip(state)
        except PosError:
            log.exception("the state strip cannot be read")

    def told(self, report: SyncReport) -> None:
        """After every turn of the sync loop: the strip, and screens that show what it brings."""
        self.show_strip()
        current = self.window.current()
        if current is not None and current.name == "unsettled":
            self._presenters.unsettled.refresh()
        if current is None or not report.changed:
            return
        self.around.told()
        if current.name == "sign_in" and "staff" in report.changed:
            self._presenters.sign_in.refresh()
        if current.name == "sell":
            self._presenters.sell.refresh()

    def _committed(self, *_what: object) -> None:
        """A document is on the disk: printer and network may have their turn, the strip shows it."""
        self._wake()
        self.show_strip()

    def _ask_look(self) -> None:
        open_look(self.window, self._look.now, self._look.choose)

    def _ask_date(self, then: Callable[[], None]) -> None:
        """Which day is it? Whatever is answered is in the journal before `then`."""
        services = self._services

        def answered() -> None:
            self._committed()
            then()

        ask_date(self.window, services.clock_watch, services.session.policy.timezone, answered)

    def _garbled(self) -> None:
        line = _("Máy quét đang đi qua bộ gõ tiếng Việt. Hãy tắt Unikey (Ctrl+Shift) rồi quét lại.")
        self.go.say(Answer("refused", _("Mã quét bị đổi chữ"), line))

    def _nothing_in_picture(self) -> None:
        line = _("Chụp lại rõ hơn, đủ bốn góc mã, hoặc gõ mã bằng tay.")
        self.go.say(Answer("refused", _("Không thấy mã trong ảnh"), line))

    def _key(self, name: str) -> None:
        """Keys that the screen on top did not use."""
        if self.go.is_closed:
            return
        acts: dict[str, Callable[[], None]] = {
            "F1": lambda: self.menus.more("help"),
            "F7": lambda: self.go.to_return(""),
            "F8": lambda: self.go.to_pickup(""),
            "F11": lambda: self.menus.more("cash"),
            "F12": lambda: self.menus.more("shift"),
            "Ctrl+P": self.menus.reprint,
            "Esc": self.go.to_sell,
        }
        acts.get(name, lambda: None)()


def _beside_the_screen(work: Callable[[], Any], done: Done) -> None:
    """Argon2 takes tens of milliseconds: the pad must not stand still meanwhile."""
    background.once(work, PIN_S, done)
