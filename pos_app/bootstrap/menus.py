"""The strip's menu, the connection page, the keys: what stands beside the screens."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.bootstrap.navigation import Navigation
from pos_app.bootstrap.services import Services
from pos_app.bootstrap.stores import Stores
from pos_app.storage.document_states import DocumentStates
from pos_app.storage.key_change import KeyChange
from pos_app.text import _
from ui.camera.dialog import open_camera
from ui.menu.dialog import ask_first, open_help, open_menu
from ui.menu.keys import keys
from ui.menu.presenter import MenuPresenter, MenuWays
from ui.menu.state import MenuQuestion
from ui.sync_details.dialog import open_sync_details
from ui.sync_details.presenter import SyncDetailsPresenter, SyncFacts
from ui.widgets.choices import Choice


def more_choices() -> tuple[Choice, ...]:
    """Entries of the sell screen's ⋯ beside the cart's own."""
    return (
        Choice("shift", _("Ca và tiền trong ngăn kéo")),
        Choice("attention", _("Cần xử lý")),
        Choice("ready", _("Sẵn sàng mở cửa?")),
        Choice("reprint", _("In lại hóa đơn cuối")),
        Choice("camera", _("Quét bằng camera")),
        Choice("menu", _("Tất cả mục khác")),
    )


class Menus:
    """`quit_asked` ends the program; `sync_now` wakes the loop."""

    def __init__(
        self,
        services: Services,
        stores: Stores,
        go: Navigation,
        committed: Callable[[], None],
        sync_now: Callable[[], None],
    ) -> None:
        self.quit_asked: Callable[[], None] = lambda: None
        self.look_asked: Callable[[], None] = lambda: None
        self.enrol_again_asked: Callable[[], None] = lambda: None
        self.back_up_asked: Callable[[], None] = lambda: None
        self.export_asked: Callable[[], None] = lambda: None
        self.goodwill_asked: Callable[[], None] = lambda: None
        self._services = services
        self._stores = stores
        self._go = go
        self._committed = committed
        self._sync_now = sync_now
        self._menu = MenuPresenter(services.strip, services.reprints, self._ways())
        self._details = SyncDetailsPresenter(services.session, services.strip, self._facts())

    def _ways(self) -> MenuWays:
        return MenuWays(
            cart_lines=lambda: len(self._services.checkout.cart.lines),
            sync_now=self._sync_now,
            sync_details=self.open_details,
            attention=lambda: self._go.show("attention"),
            ready=lambda: self._go.show("ready"),
            shift=lambda: self._go.to_shift(),
            lock=lambda: self._go.lock(),
            sign_out=lambda: self._go.sign_out(),
            help=lambda: self.more("help"),
            look=lambda: self.look_asked(),
            change_keys=self._change_keys,
            enrol_again=lambda: self.enrol_again_asked(),
            back_up=lambda: self.back_up_asked(),
            export=lambda: self.export_asked(),
            goodwill=lambda: self.goodwill_asked(),
            quit=lambda: self.quit_asked(),
            ask_first=self._ask,
            say=lambda answer: self._go.say(answer),
            printed=self._committed,
        )

    def _change_keys(self) -> None:
        stores = self._stores
        change = KeyChange(stores.files, self._services.session.identity, stores.status)
        change.ask(self._services.session.now)
        self._sync_now()

    def _facts(self) -> SyncFacts:
        def need() -> str:
            return str((self._stores.status.get("sync") or {}).get("need") or "")

        return SyncFacts(
            age=self._stores.feeds.age,
            oldest=lambda: self._stores.outbox.counts().oldest_wall,
            need=need,
            version=self._stores.feeds.version,
            mismatched=lambda: (self._stores.status.get("sync") or {}).get("mismatched") or (),
            states=DocumentStates(self._stores.files.till).counts,
            send_now=self._sync_now,
            may_list=lambda: not self._go.is_closed,
            list_documents=lambda: self._go.show("unsettled"),
        )

    def _ask(self, question: MenuQuestion, accepted: Callable[[], None]) -> None:
        ask_first(self._go.window, question, accepted)

    def open_menu(self) -> None:
        """The gear of the strip."""
        open_menu(self._go.window, self._menu)

    def open_details(self) -> None:
        """A press on the strip: link, ages, what waits."""
        open_sync_details(self._go.window, self._details)

    def quit(self) -> None:
        """The window's × and the power button; asks when a cart or documents wait."""
        self._menu.quit()

    def reprint(self) -> None:
        """Ctrl+P: the last receipt again, marked as a copy and written into the journal."""
        self._menu.reprint_last()

    def more(self, name: str) -> None:
        """Keys, entries of ⋯, and ways on of answers whose own screen does not know them."""
        if name in ("shift", "cash"):
            self._go.to_shift("drawer" if name == "cash" else "")
        elif name == "help":
            open_help(self._go.window, keys())
        elif name == "menu":
            self.open_menu()
        elif name == "camera":
            open_camera(self._go.window, self._go.window.route_scan)
        elif name == "retry":
            self._sync_now()
        elif name in ("search", "suggest"):
            self._go.to_search("")
        elif name in ("customer", "new_customer"):
            self._go.to_customer("", ())
        else:
            self._menu.press(name)
