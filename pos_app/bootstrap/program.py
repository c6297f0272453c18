"""The running till: one instance, its files, its loops and its window, from start to end."""

from __future__ import annotations

import json
import logging
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pos_app import text
from pos_app.bootstrap.asking import LateChecks, do_aside, make_checks
from pos_app.bootstrap.copies import Copies
from pos_app.bootstrap.damage import take_in_frozen
from pos_app.bootstrap.goodwill_vouchers import GoodwillVouchers
from pos_app.bootstrap.look import Look
from pos_app.bootstrap.loops import Loops
from pos_app.bootstrap.mishaps import Mishaps
from pos_app.bootstrap.network import enrol_till, known_identity, make_engine, moved_to
from pos_app.bootstrap.paper import make_print_worker
from pos_app.bootstrap.scanner import make_scanner
from pos_app.bootstrap.services import Services, make_services
from pos_app.bootstrap.set_up import SetUp, is_set_up
from pos_app.bootstrap.starting import check_start
from pos_app.bootstrap.stores import OpenFolder, Stores, make_stores, open_folder
from pos_app.bootstrap.upkeep import make_upkeep
from pos_app.bootstrap.window import Counter
from pos_app.domain.errors import NotEnrolled, PosError, ShiftAlreadyOpen, TroubleOutside
from pos_app.one_till import SHOW, OneTill
from pos_app.settings import Settings
from pos_app.storage.clock import Boot, Clock, SystemClock
from pos_app.storage.identity import Identity
from ui import app as application
from ui import messages
from ui.main_window import MainWindow
from ui.sign_in.presenter import KeptCart, SignInFacts

if TYPE_CHECKING:
    from sync.engine import SyncReport

log = logging.getLogger(__name__)

DEMO_PINS = "demo-pins.json"


class TillProgram:
    """An enrolled till on open files; `start` shows the window, `close` ends everything in order."""

    def __init__(
        self, app: QApplication, settings: Settings, opened: OpenFolder, identity: Identity, clock: Clock
    ) -> None:
        boot = Boot.new(clock)
        self.settings = settings
        self.opened = opened
        self.stores: Stores = make_stores(opened, identity, clock, boot)
        self.checks = LateChecks(lambda: make_checks(self.stores, identity, settings.ca_file))
        self.services: Services = make_services(self.stores, identity, boot, self.checks, do_aside)
        self._run = check_start(self.stores, self.services.journal)
        self.upkeep = make_upkeep(settings, self.stores, identity)
        worker = make_print_worker(settings, self.stores, self.services.journal, clock)
        facts = SignInFacts(
            kept=self._kept_cart, version=f"Quầy {version('quay-pos')}", demo_pins=_demo_pins(settings)
        )
        look = Look(app, self.stores.status, settings)
        look.apply()
        self.counter = Counter(
            look, self.services, self.stores, facts, lambda: self.loops.wake(), lambda: self.loops.wake_sync()
        )
        Copies(self.upkeep, self.services.exporting, self.counter.go).offer(self.counter.menus)
        GoodwillVouchers(self.services.goodwill, self.counter.go, lambda: self.loops.wake()).offer(
            self.counter.menus
        )
        self.counter.around.wanted_display = settings.customer_display
        self.scanner = make_scanner(settings, self.stores.status)
        if self.scanner is not None:
            self.scanner.scanned.connect(lambda _text: self.counter.around.scanned())
            self.scanner.scanned.connect(self.counter.window.route_scan)
            self.scanner.changed.connect(lambda _state, _reason: self.counter.show_strip())
        self.loops = Loops(
            lambda: make_engine(self.stores, self.services.journal, boot, settings.ca_file),
            worker,
            self._told,
            self.counter.show_strip,
            self.upkeep.run_once,
        )

    def start(self) -> None:
        """Show the window and let the loops run."""
        self.counter.window.show()
        self.counter.start()
        self.loops.start()
        if self.scanner is not None:
            self.scanner.start()

    def _told(self, report: SyncReport) -> None:
        self.checks.heard(report.is_online)
        if {"staff", "revocations"} & set(report.changed) and not self.services.sign_in.recheck():
            self.counter.go.lock()
        self.counter.told(report)

    def close(self) -> None:
        """Nothing is lost by ending: what was not sent or printed waits in the database."""
        self.end()
        self.opened.close()

    def end(self) -> None:
        """Window and loops, not the files."""
        self.checks.close()
        if self.scanner is not None:
            self.scanner.stop()
        self.counter.stop()
        self.keep_cart()
        self.loops.stop()
        self.counter.window.allow_close()
        self.counter.window.close()
        self._sign_off()
        self.stores.anchor.close()

    def _sign_off(self) -> None:
        """On a disk that takes nothing any more this stays undone: the next start then reads every page."""
        try:
            self.services.refusals.flush()
            self._run.ended()
        except TroubleOutside:
            log.exception("the end of this run could not be written")

    def keep_cart(self) -> None:
        """The cart on the disk; normally it is written after each paint."""
        try:
            self.services.checkout.save_draft()
        except PosError:
            log.exception("the cart's draft could not be written")

    def _kept_cart(self) -> KeptCart | None:
        checkout = self.services.checkout
        if not checkout.cart.lines:
            return None
        person = self.services.session.person
        name = "" if person is None else person.name.split()[-1]
        return KeptCart(name, len(checkout.cart.lines), checkout.priced().total)


def _demo_pins(settings: Settings) -> dict[int, str]:
    """PINs of the made-up staff; only a demonstration shows them."""
    file = settings.data_dir / DEMO_PINS
    if not settings.demo or not file.exists():
        return {}
    return {row["staff"]: row["pin"] for row in json.loads(file.read_text("utf-8"))}


def open_till(
    app: QApplication, settings: Settings, *, enrol: str | None = None, allow_system_keys: bool = True
) -> TillProgram:
    """Files, keys and identity of the data folder. Raises NotEnrolled without an identity and a code."""
    clock = SystemClock()
    opened = open_folder(settings.data_dir, allow_system_keys=allow_system_keys)
    identity = known_identity(opened)
    if identity is None:
        if enrol is None:
            opened.close()
            raise NotEnrolled(folder=str(settings.data_dir))
        identity = enrol_till(opened, enrol, settings.central_url, clock, settings.ca_file)
    identity = moved_to(opened, identity, settings.central_url)
    return TillProgram(app, settings, opened, identity, clock)


class Running:
    """The window of the moment: the set-up page until this machine is a till, then the till."""

    def __init__(self, app: QApplication, settings: Settings, opened: OpenFolder, clock: Clock) -> None:
        self._app = app
        self._settings = settings
        self._opened = opened
        self._clock = clock
        self._shown: SetUp | TillProgram | None = None

    def begin(self) -> None:
        """The set-up page on a new machine, else the till; works without central once it was set up."""
        identity = known_identity(self._opened)
        if identity is not None and is_set_up(self._opened, self._clock):
            self._show_till(identity)
            return
        self._show_set_up(again=False)

    def _show_set_up(self, *, again: bool) -> None:
        page = SetUp(self._app, self._settings, self._opened, self._clock, self.set_up, again=again)
        page.window.close_asked.connect(self._app.quit)
        self._shown = page
        page.start()

    def enrol_again(self) -> None:
        """The till ends in order; its files stay open for the page on which a manager's code is entered.

        Numbers begin anew with the epoch: an open shift is closed first.
        """
        till = self._shown
        if not isinstance(till, TillProgram):
            return
        shift = till.services.session.shift
        if shift is not None:
            error = ShiftAlreadyOpen(number=shift.number, business_date=shift.business_date)
            till.counter.go.say(messages.answer(error))
            return
        self._show_set_up(again=True)
        till.end()

    def set_up(self, identity: Identity) -> None:
        page = self._shown
        self._show_till(identity)
        if isinstance(page, SetUp):
            page.close()

    def _show_till(self, identity: Identity) -> None:
        identity = moved_to(self._opened, identity, self._settings.central_url)
        take_in_frozen(self._opened.files, self._opened.keys, identity, self._clock)
        program = TillProgram(self._app, self._settings, self._opened, identity, self._clock)
        program.counter.menus.quit_asked = self._app.quit
        program.counter.menus.enrol_again_asked = self.enrol_again
        self._shown = program
        program.start()

    def window(self) -> MainWindow | None:
        """What is on the screen now."""
        if isinstance(self._shown, TillProgram):
            return self._shown.counter.window
        return None if self._shown is None else self._shown.window

    def keep_cart(self) -> None:
        """Write the draft of the cart, if there is a till."""
        if isinstance(self._shown, TillProgram):
            self._shown.keep_cart()

    def come_to_front(self) -> None:
        """A second start was refused: show the first."""
        window = self.window()
        if window is not None:
            window.showNormal()
            window.raise_()
            window.activateWindow()

    def close(self) -> None:
        """End in order; the files are closed last."""
        if isinstance(self._shown, TillProgram):
            self._shown.close()
            return
        if self._shown is not None:
            self._shown.close()
        self._opened.close()


def run_till(settings: Settings, *, enrol: str | None = None) -> int:
    """The whole program. Answers the exit code."""
    text.use_language(settings.language)
    with OneTill(settings.data_dir):
        app = application.make(sys.argv, settings.theme)
        clock = SystemClock()
        opened = open_folder(settings.data_dir)
        if enrol is not None and opened.identities.load() is None:
            enrol_till(opened, enrol, settings.central_url, clock, settings.ca_file)
        running = Running(app, settings, opened, clock)
        watch = _watch_for_second_start(running, settings.data_dir)
        mishaps = Mishaps(running.window, running.keep_cart)
        mishaps.install()
        try:
            running.begin()
            return app.exec()
        finally:
            watch.stop()
            running.close()
            mishaps.remove()


def _watch_for_second_start(running: Running, folder: Path) -> QTimer:
    """A refused second start asks the first to show itself by touching a file."""
    asked = folder / SHOW
    timer = QTimer(interval=500)

    def look() -> None:
        if asked.exists():
            asked.unlink(missing_ok=True)
            running.come_to_front()

    timer.timeout.connect(look)
    timer.start()
    return timer
