"""What goes on around the cashier's screens: the customer's display, auto-lock, what Ready? asks of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from PySide6.QtWidgets import QApplication

from pos_app.bootstrap.navigation import Navigation
from pos_app.bootstrap.pages import Presenters, Screens
from pos_app.bootstrap.services import Services
from pos_app.bootstrap.stores import Stores
from ui.customer_display.place import DisplayPlace, later
from ui.customer_display.presenter import DisplayFacts, DisplayPresenter
from ui.idle import Idle
from ui.main_window import MainWindow
from ui.ready.presenter import ReadyFacts

T = TypeVar("T")


class Around:
    """Made before the window; `wanted_display` is the setting, read when it starts."""

    def __init__(self, app: QApplication, services: Services, stores: Stores, go: Navigation) -> None:
        self.wanted_display: bool | None = None
        self._app = app
        self._services = services
        self._stores = stores
        self._go = go
        self._last_scan: datetime | None = None
        self._place: DisplayPlace | None = None
        self.display = DisplayPresenter(DisplayFacts(self._shop, lambda: services.session.is_online), later)
        self.idle = Idle(lambda: services.session.policy.auto_lock)
        self.idle.elapsed.connect(self._lock)

    # --- start and end -------------------------------------------------------------------------
    def start(self, window: MainWindow) -> None:
        """After the scanner's filter is installed: whoever is installed last hears first."""
        window.screen_changed.connect(self.display.screen_shown)
        self.idle.install(self._app)
        self._place = DisplayPlace(self._app, window, self.display, self.wanted_display)
        self._place.start()

    def stop(self) -> None:
        self.idle.stop(self._app)
        if self._place is not None:
            self._place.stop()

    def watch(self, screens: Screens, presenters: Presenters) -> None:
        """The display hears what the screens of the moment are shown."""
        if self._place is not None:
            self._place.renew()
        display = self.display
        presenters.sell.shown_by(_both(screens.sell.show_state, display.sell_shown))
        presenters.pay.shown_by(_both(screens.pay.show_state, display.pay_shown))
        presenters.pickup.shown_by(_both(screens.pickup.show_state, display.pickup_shown))

    # --- what happens --------------------------------------------------------------------------
    def scanned(self) -> None:
        """A scanner was heard, whatever it is connected to."""
        self._last_scan = self._services.session.now
        self.idle.touched()

    def told(self) -> None:
        """Feeds have come: the shop may be called otherwise."""
        self.display.refresh()

    def _lock(self) -> None:
        """Nobody was here for `policy.auto_lock` seconds; everything under way is kept."""
        if self._go.is_closed:
            return
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        self._go.lock()

    # --- facts ---------------------------------------------------------------------------------
    def ready_facts(self) -> ReadyFacts:
        """For the page *Ready to open?*."""
        services = self._services
        return ReadyFacts(
            session=services.session,
            check=services.readiness.check,
            next_shift=lambda: services.shifts.next_number,
            second_screen=lambda: "" if self._place is None else self._place.size_words(),
            last_scan=lambda: self._last_scan,
        )

    def _shop(self) -> tuple[str, str]:
        """ "Mộc Lan", "Giày & Túi · Nguyễn Trãi"."""
        info = self._stores.policy.store_info(self._services.session.identity.store)
        if info is None:
            return "", ""
        chain = info.chain or info.name
        place = info.name.removeprefix(chain).strip()
        return chain, " · ".join(part for part in (info.tagline, place) if part)


def _both(first: Callable[[T], None], second: Callable[[T], None]) -> Callable[[T], None]:
    """Tell two; the cashier's screen first."""

    def tell(state: T) -> None:
        first(state)
        second(state)

    return tell
