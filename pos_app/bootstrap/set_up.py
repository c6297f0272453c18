"""First run: the window in which this machine becomes a till, and the first download."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from PySide6.QtWidgets import QApplication

from pos_app.bootstrap.look import Look
from pos_app.bootstrap.network import enrol_till, make_engine
from pos_app.bootstrap.services import make_journal
from pos_app.bootstrap.stores import OpenFolder, make_stores
from pos_app.domain.errors import NotEnrolled, Offline
from pos_app.domain.feed_names import FEEDS, LATER
from pos_app.settings import Settings
from pos_app.storage.clock import Boot, Clock
from pos_app.storage.download import Download, under_way
from pos_app.storage.feeds import FeedStore
from pos_app.storage.identity import Identity
from pos_app.storage.status import StatusStore
from ui import background
from ui.main_window import MainWindow
from ui.running import Done
from ui.scanner.wedge import Wedge
from ui.setup.presenter import SetupPresenter, SetupWays
from ui.setup.screen import SetupScreen, connect
from ui.widgets.strip_state import StripState

ROUNDS: Final = 5
"""Turns of the engine that a first download may take while feeds change under it."""


def is_set_up(opened: OpenFolder, clock: Clock) -> bool:
    """Enrolled, and every feed it decides by has come once: from then on it works without central."""
    if opened.identities.load() is None:
        return False
    feeds = FeedStore(opened.files, clock)
    return all(feeds.cursor(name) is not None for name in FEEDS if name not in LATER)


class SetUp:
    """Shows the set-up page; `finished` is told the identity once everything is here.

    `again`: a till that central wants enrolled under a new epoch; it keeps its files and its journal.
    """

    def __init__(
        self,
        app: QApplication,
        settings: Settings,
        opened: OpenFolder,
        clock: Clock,
        finished: Callable[[Identity], None],
        *,
        again: bool = False,
    ) -> None:
        self._app = app
        self._settings = settings
        self._opened = opened
        self._clock = clock
        self._finished = finished
        identity = opened.identities.load()
        url = settings.central_url or ("" if identity is None else identity.central_url)
        ways = SetupWays(
            run=_beside_the_screen,
            enrol=self._enrol,
            first_sync=self._first_sync,
            feeds_here=self._feeds_here,
            finished=self._go_on,
            progress=self._progress,
        )
        self._presenter = SetupPresenter(ways, url, is_enrolled=identity is not None and not again)
        self._look = Look(app, StatusStore(opened.files.drafts_database), settings)
        self._look.apply()
        self._look.changed = self._renew
        self._screen = SetupScreen()
        self.window = MainWindow([self._screen])
        self._connect()
        self._wedge = Wedge()
        self._wedge.scanned.connect(self.window.route_scan)

    def _connect(self) -> None:
        connect(self._screen, self._presenter)
        self._screen.language_chosen.connect(
            lambda name: self._look.choose(replace(self._look.now, language=name))
        )

    def _renew(self) -> None:
        """The same page in the language just chosen; what was typed stays."""
        self._screen = SetupScreen()
        self.window.renew([self._screen])
        self._connect()

    def start(self) -> None:
        self._wedge.install(self._app)
        self.window.show_strip(StripState(link="offline"))
        self.window.show()
        self.window.show_screen(self._screen.name)

    def close(self) -> None:
        """What was downloaded stays; the next start goes on from there."""
        self._app.removeEventFilter(self._wedge)
        self.window.allow_close()
        self.window.close()

    def _enrol(self, url: str, code: str) -> Identity:
        return enrol_till(self._opened, code, url, self._clock, self._settings.ca_file)

    def _first_sync(self) -> None:
        """Raises Offline while central does not answer; what has come stays."""
        identity = self._opened.identities.load()
        if identity is None:
            raise NotEnrolled(folder=str(self._opened.folder))
        boot = Boot.new(self._clock)
        stores = make_stores(self._opened, identity, self._clock, boot)
        engine = make_engine(stores, make_journal(stores, identity, boot), boot, self._settings.ca_file)
        for _ in range(ROUNDS):
            report = engine.run_once()
            if not report.is_online:
                raise Offline(reason=report.reason or "network", retry_after_s=None)
            if is_set_up(self._opened, self._clock):
                return
        raise Offline(reason="incomplete", retry_after_s=None)

    def _feeds_here(self) -> tuple[str, ...]:
        feeds = FeedStore(self._opened.files, self._clock)
        return tuple(name for name in FEEDS if feeds.cursor(name) is not None)

    def _progress(self) -> Download | None:
        return under_way(StatusStore(self._opened.files.drafts_database))

    def _go_on(self) -> None:
        identity = self._opened.identities.load()
        assert identity is not None, "the page goes on only after enrolment"
        self._finished(identity)


def _beside_the_screen(work: Callable[[], Any], done: Done) -> None:
    background.once(work, 0, done)
