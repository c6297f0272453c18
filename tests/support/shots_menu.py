"""The menu of the strip, the page of keys, the question before quitting, and the page of the connection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from pos_app.storage.document_states import DocumentStates
from pos_app.storage.download import Download, tell
from pos_app.storage.feeds import FeedStore
from pos_app.text import language
from tests.support.counter import Counter
from tests.support.shots_attention import busy
from tests.support.shots_kit import SHOP
from tests.support.shots_shift import counter, kept
from tests.support.shots_sign_in import READY, window_of
from tests.support.spoken_states import spoken
from ui import theme
from ui.main_window import MainWindow
from ui.menu.dialog import ask_first, open_help, open_menu
from ui.menu.keys import keys
from ui.menu.look_dialog import LookChoice, open_look
from ui.menu.presenter import MenuPresenter, MenuWays
from ui.menu.state import MenuQuestion
from ui.sign_in.screen import SignInScreen
from ui.sync_details.dialog import open_sync_details
from ui.sync_details.presenter import SyncDetailsPresenter, SyncFacts
from ui.widgets.strip_state import StripState

STRIP = StripState(clock="14:40", **SHOP)
UNTRUSTED = StripState(
    link="offline",
    since="08:07",
    is_untrusted=True,
    works=("bán", "trả hàng", "giao đơn"),
    ages=(("Giá", "06:10"), ("Đơn", "08:05"), ("Voucher", "08:00")),
    waiting=14,
    attention=2,
    clock="14:40",
    **SHOP,
)


def _ground() -> MainWindow:
    screen = SignInScreen()
    window = window_of(screen, STRIP)
    screen.show_state(spoken(replace(READY, may_enter=False)))
    return window


def _menu(*, signed_in: bool) -> QWidget:
    made = busy() if signed_in else counter()[0]
    presenter = MenuPresenter(made.strip, made.reprints, MenuWays())
    window = _ground()
    open_menu(window, presenter)
    return kept(window, made, made.till.files.folder)


def _help() -> QWidget:
    window = _ground()
    open_help(window, keys())
    return window


def _quit() -> QWidget:
    made = busy()
    question = MenuPresenter(made.strip, made.reprints, MenuWays(cart_lines=lambda: 6)).quit_question()
    assert question is not None
    window = _ground()
    ask_first(window, question, lambda: None)
    return kept(window, made, made.till.files.folder)


def _change_keys() -> QWidget:
    made, folder = counter()
    window = _ground()

    def ask(question: MenuQuestion, accepted: Callable[[], None]) -> None:
        ask_first(window, question, accepted)

    MenuPresenter(made.strip, made.reprints, MenuWays(ask_first=ask)).press("change_keys")
    return kept(window, made, folder)


def facts(made: Counter) -> SyncFacts:
    feeds = FeedStore(made.till.files, made.till.clock)
    return SyncFacts(
        age=feeds.age,
        oldest=lambda: made.outbox.counts().oldest_wall,
        version=lambda _feed: 12_345,
        states=DocumentStates(made.till.files.till).counts,
    )


def _sync(state: str) -> QWidget:
    made = busy()
    since = (made.till.clock.now() - timedelta(minutes=53)).isoformat()
    made.status.set("link", {"state": state, "since": since, "done": 9, "total": 14})
    made.till.clock.pass_time(40 * 60)
    given = facts(made)
    if state == "offline":
        given = replace(given, need=lambda: "update")
    if state == "untrusted":
        made.status.set("link", {"state": "offline", "since": since})
        made.status.set("sync", {"reason": "certificate", "reason_since": since})
    if state == "online":
        tell(made.status, Download("catalogue", 240_000, 1_000_000, 9, 11, 190))
    presenter = SyncDetailsPresenter(made.session, made.strip, given)
    window = _ground()
    if state == "untrusted":
        window.show_strip(spoken(replace(UNTRUSTED, **SHOP)))
    open_sync_details(window, presenter)
    return kept(window, made, made.till.files.folder)


def _look() -> QWidget:
    window = _ground()
    active = theme.active()
    open_look(window, LookChoice(language(), active.mode, active.scale), lambda _now: None)
    return window


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    return [
        ("17-menu", lambda: _menu(signed_in=True)),
        ("17-menu-nobody", lambda: _menu(signed_in=False)),
        ("17-help", _help),
        ("17-look", _look),
        ("17-quit", _quit),
        ("17-change-keys", _change_keys),
        ("17-sync-online", lambda: _sync("online")),
        ("17-sync-offline", lambda: _sync("offline")),
        ("17-sync-sending", lambda: _sync("sending")),
        ("17-sync-untrusted", lambda: _sync("untrusted")),
    ]
