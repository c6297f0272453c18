"""The running till: one instance, its files, its loops and its window, from start to end."""

from __future__ import annotations

import json
import logging
import sys
from importlib.metadata import version
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pos_app import text
from pos_app.bootstrap.loops import Loops
from pos_app.bootstrap.network import enrol_till, make_engine, moved_to
from pos_app.bootstrap.paper import make_print_worker
from pos_app.bootstrap.services import Services, make_services
from pos_app.bootstrap.stores import OpenFolder, Stores, make_stores, open_folder
from pos_app.bootstrap.window import Counter
from pos_app.domain.errors import NotEnrolled
from pos_app.one_till import OneTill
from pos_app.settings import Settings
from pos_app.storage.clock import Boot, Clock, SystemClock
from pos_app.storage.identity import Identity
from ui import app as application
from ui.sign_in.presenter import KeptCart, SignInFacts

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
        self.stores: Stores = make_stores(opened, identity, clock)
        self.services: Services = make_services(self.stores, identity, clock, boot)
        engine = make_engine(self.stores, self.services.journal, clock, boot, settings.ca_file)
        worker = make_print_worker(settings, self.stores, self.services.journal, clock)
        facts = SignInFacts(
            kept=self._kept_cart, version=f"Quầy {version('quay-pos')}", demo_pins=_demo_pins(settings)
        )
        self.counter = Counter(
            app, self.services, self.stores, facts, lambda: self.loops.wake(), lambda: self.loops.wake_sync()
        )
        self.loops = Loops(engine, worker, self.counter.told, self.counter.show_strip)

    def start(self) -> None:
        """Show the window and let the loops run."""
        self.counter.window.show()
        self.counter.start()
        self.loops.start()

    def close(self) -> None:
        """Nothing is lost by ending: what was not sent or printed waits in the database."""
        self.counter.stop()
        self.loops.stop()
        self.services.refusals.flush()
        self.counter.window.allow_close()
        self.counter.window.close()
        self.opened.close()

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
    identity = opened.identities.load()
    if identity is None:
        if enrol is None:
            opened.close()
            raise NotEnrolled(folder=str(settings.data_dir))
        identity = enrol_till(opened, enrol, settings.central_url, clock, settings.ca_file)
    identity = moved_to(opened, identity, settings.central_url)
    return TillProgram(app, settings, opened, identity, clock)


def run_till(settings: Settings, *, enrol: str | None = None) -> int:
    """The whole program. Answers the exit code."""
    text.use_language(settings.language)
    with OneTill(settings.data_dir):
        app = application.make(sys.argv, settings.theme)
        program = open_till(app, settings, enrol=enrol)
        program.counter.window.close_asked.connect(app.quit)
        watch = _come_to_front(program, settings.data_dir)
        program.start()
        try:
            return app.exec()
        finally:
            watch.stop()
            program.close()


def _come_to_front(program: TillProgram, folder: Path) -> QTimer:
    """A refused second start asks the first to show itself by touching a file."""
    asked = folder / "till.show"
    timer = QTimer(interval=500)

    def look() -> None:
        if asked.exists():
            asked.unlink(missing_ok=True)
            window = program.counter.window
            window.showNormal()
            window.raise_()
            window.activateWindow()

    timer.timeout.connect(look)
    timer.start()
    return timer
