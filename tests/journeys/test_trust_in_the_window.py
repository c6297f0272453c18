"""The window of a till whose date is not certain, or that is restricted: calm words and one way on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos_app.bootstrap.network import enrol_till
from pos_app.bootstrap.program import Running
from pos_app.bootstrap.stores import open_folder
from pos_app.settings import Settings
from tests.support.journey import MANAGER, Till
from ui.dialogs import Question

OpenWindow = Callable[..., Till]


def question(till: Till) -> Question:
    dialog = till.program.counter.window.dialog()
    assert isinstance(dialog, Question)
    return dialog


def close_shift(till: Till) -> None:
    row = till.program.services.session.shift
    if row is not None:
        cash = till.program.stores.shifts.expected_cash(row.number)
        till.program.services.shifts.close({1000: cash // 1000})


def strip(till: Till) -> str:
    till.program.counter.show_strip()
    return till.program.counter.window.strip.accessibleName()


def test_a_far_ahead_date_is_asked_when_the_shift_opens(open_window: OpenWindow) -> None:
    till = open_window()
    till.enter(MANAGER)
    close_shift(till)
    till.program.stores.clock.heard(till.clock.now())
    till.clock.set_wall(till.clock.now() + timedelta(days=365))
    assert "Kiểm ngày của máy" in strip(till)
    till.program.counter.go.show("shift_open")
    till.program.counter.go.presenters.shift_open.open()
    till.hands.settle()
    assert question(till).title.text() == "Hôm nay là ngày nào?"
    till.hands.key(Qt.Key.Key_F9)
    assert till.program.services.session.shift is not None
    assert "Kiểm ngày" not in strip(till)
    told = [one.content["payload"].get("answer") for one in till.documents("clock_anomaly")]
    assert told == [None, "wall"]


def test_esc_leaves_the_date_open_and_the_keyboard_reaches_no(open_window: OpenWindow) -> None:
    till = open_window()
    till.enter(MANAGER)
    till.program.stores.clock.heard(till.clock.now())
    till.clock.set_wall(till.clock.now() + timedelta(days=365))
    attention = till.program.counter.go.presenters.attention

    def answers() -> list[object]:
        return [one.content["payload"].get("answer") for one in till.documents("clock_anomaly")]

    till.program.counter.go.show("attention")
    attention.act()
    till.hands.key(Qt.Key.Key_Escape)
    assert till.program.counter.window.dialog() is None
    assert answers() == [None]
    attention.act()
    till.hands.key(Qt.Key.Key_Tab)
    assert question(till).refuse.hasFocus()
    till.hands.key(Qt.Key.Key_Space)
    assert answers() == [None, "refused"]


def test_restricted_mode_is_one_calm_sentence_and_a_thing_to_attend_to(open_window: OpenWindow) -> None:
    till = open_window()
    till.program.stores.standing.restrict("anchor_newer", till.clock.now())
    till.enter(MANAGER)
    assert "Chế độ hạn chế" in strip(till)
    till.program.counter.go.show("attention")
    rows = till.program.counter.go.presenters.attention.state().rows
    assert [row.title for row in rows] == ["Máy đang ở chế độ hạn chế"]


def test_the_menu_and_the_attention_page_lead_to_a_new_enrolment(open_window: OpenWindow) -> None:
    till = open_window()
    asked: list[str] = []
    till.program.counter.menus.enrol_again_asked = lambda: asked.append("again")
    till.enter(MANAGER)
    till.program.stores.standing.restrict("epoch_retired", till.clock.now())
    till.program.counter.menus.open_menu()
    till.hands.press("menu_enrol_again")
    presenter = till.program.counter.go.presenters.attention
    presenter.refresh()
    presenter.act()
    assert asked == ["again", "again"]


def test_the_set_up_page_enrols_the_same_till_again_and_leads_back_to_selling(
    qapp: QApplication, open_window: OpenWindow
) -> None:
    before = open_window()
    close_shift(before.enter(MANAGER))
    before.close()
    settings = Settings(data_dir=before.folder, central_url=before.shop.server.url)
    opened = open_folder(before.folder, allow_system_keys=False)
    former = opened.identities.load()
    assert former is not None
    running = Running(qapp, settings, opened, before.clock)
    running.begin()
    first = running.window()
    running.enrol_again()
    page = running.window()
    assert page is not None
    assert page is not first
    shown = page.current()
    assert shown is not None
    assert shown.name == "setup"
    code = before.shop.server.new_code(former.store, former.till_number)
    identity = enrol_till(opened, code, settings.central_url, before.clock)
    assert (identity.till, identity.epoch) == (former.till, 3)
    running.set_up(identity)
    assert running.window() is not page
    running.close()
