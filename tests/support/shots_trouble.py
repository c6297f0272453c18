"""What a till says of itself: restricted, an uncertain date, asking central, a start that is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from pos_app.bootstrap.refused_start import RefusedStart
from pos_app.domain.errors import DatabaseTooNew, DatabaseUnreadable, KeysLost, NoSpareEpoch, PosError
from pos_app.storage.standing import Reason
from tests.support.counter import MANAGER
from tests.support.shots_attention import services
from tests.support.shots_kit import SHOP
from tests.support.shots_sell import OFFLINE, STRIP, offline_state, sell, sell_state
from tests.support.shots_shift import counter, kept
from tests.support.shots_sign_in import window_of
from tests.support.spoken_states import spoken
from ui.answers import Answer
from ui.attention import screen as attention_screen
from ui.attention.presenter import AttentionPresenter, AttentionWays
from ui.date_question.dialog import ask_date
from ui.menu.dialog import open_menu
from ui.menu.presenter import MenuPresenter, MenuWays
from ui.widgets.strip_state import StripState

RESTRICTED = replace(STRIP, notice="Chế độ hạn chế", attention=2)


def _refused(error: PosError) -> Callable[[], QWidget]:
    return lambda: RefusedStart(error)


def _menu(reason: Reason | None) -> QWidget:
    """A manager's menu."""
    made, folder = counter()
    made.enter(MANAGER)
    made.shifts.open({100_000: 10})
    if reason is not None:
        made.standing.restrict(reason, made.till.clock.now())
    window = sell(sell_state(), RESTRICTED if reason else STRIP)()
    open_menu(window, MenuPresenter(made.strip, made.reprints, MenuWays()))
    return kept(window, made, folder)


def _date() -> QWidget:
    made, folder = counter()
    made.enter()
    made.till.sell()  # the clock is known from now on
    made.till.clock.set_wall(made.till.clock.now() + timedelta(days=365))
    window = sell(sell_state(), replace(STRIP, notice="Kiểm ngày của máy"))()
    assert ask_date(window, made.clock_watch, made.session.policy.timezone, lambda: None) is not None
    return kept(window, made, folder)


def _attention(reason: Reason) -> QWidget:
    made, folder = counter()
    made.enter(MANAGER)
    made.standing.restrict(reason, made.till.clock.now())
    presenter = AttentionPresenter(services(made), AttentionWays())
    screen = attention_screen.AttentionScreen()
    attention_screen.connect(screen, presenter)
    strip = StripState(clock="14:40", notice="Chế độ hạn chế", attention=made.attention.count(), **SHOP)
    return kept(window_of(screen, spoken(strip)), made, folder)


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    asking = replace(sell_state(), answer=Answer("quiet", "", "Đang hỏi trung tâm… Cứ quét tiếp."))
    both = replace(OFFLINE, notice="Chế độ hạn chế", attention=2)
    return [
        ("18-asking", sell(asking)),
        ("18-restricted", sell(sell_state(), RESTRICTED)),
        ("18-restricted-offline", sell(offline_state(), both)),
        ("18-date", _date),
        ("18-menu-manager", lambda: _menu(None)),
        ("18-menu-forked", lambda: _menu("forked")),
        ("18-attention-forked", lambda: _attention("forked")),
        ("18-attention-restored", lambda: _attention("restored")),
        ("18-start-damaged", _refused(DatabaseUnreadable(file="till.db"))),
        ("18-start-keys", _refused(KeysLost(file="till.db"))),
        ("18-start-spare", _refused(NoSpareEpoch(file="till.db"))),
        ("18-start-newer", _refused(DatabaseTooNew(file="till.db", found="9999", known="0003"))),
    ]
