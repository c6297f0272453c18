"""Another language or other colours in the middle of work: nothing is lost, nothing stays in the old one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from pos_app import text
from pos_app.bootstrap.set_up import SetUp
from pos_app.bootstrap.stores import open_folder
from pos_app.settings import Settings
from tests.support.clocks import StillClock
from tests.support.journey import Till
from tests.support.spoken_texts import left_over
from ui import theme
from ui.menu.look_dialog import LookDialog
from ui.sell.screen import SellScreen
from ui.setup.screen import SetupScreen


@pytest.fixture(autouse=True)
def as_it_was(qapp: QApplication) -> Iterator[None]:
    yield
    text.use_language("vi")
    theme.apply(qapp, "light", reduced_motion=True)


def choose(till: Till, language: str = "", mode: str = "", size: str = "") -> None:
    """By the gear of the strip (signed in) or the language beside the clock (signed out)."""
    window = till.program.counter.window
    if till.screen == "sign_in":
        till.hands.press("stripLanguage")
    else:
        window.strip.settings_pressed.emit()
        till.hands.press("menu_look")
    dialog = window.dialog()
    assert isinstance(dialog, LookDialog)
    segments = dialog.languages if language else dialog.themes if mode else dialog.sizes
    names = {"vi": 0, "en": 1, "light": 0, "dark": 1, "system": 2, "100": 0, "115": 1, "130": 2}
    steps = names[language or mode or size] - names[segments.current()]
    segments.setFocus()
    till.hands.key(Qt.Key.Key_Right if steps > 0 else Qt.Key.Key_Left)
    till.hands.settle()


def words_of(till: Till, name: str) -> str:
    widget = till.program.counter.window.findChild(object, name)
    assert widget is not None
    return str(widget.accessibleName())  # type: ignore[attr-defined]


def test_the_cart_the_person_and_the_screen_stay(till: Till) -> None:
    total = till.fill(2)
    choose(till, "en")
    session = till.program.services.session
    assert (till.screen, len(till.lines), till.total) == ("sell", 2, total)
    assert session.person is not None
    assert words_of(till, "payButton").startswith("Pay")
    assert left_over(till.program.counter.window) == []
    till.sells_on()


def test_an_amount_that_was_typed_stays_on_the_pay_screen(till: Till) -> None:
    till.fill()
    till.hands.key(Qt.Key.Key_F9)
    till.hands.type("900")
    before = till.program.counter.go.presenters.pay.state()
    choose(till, "en")
    after = till.program.counter.go.presenters.pay.state()
    assert till.screen == "pay"
    assert (after.typed, after.due) == (before.typed, before.due)
    assert left_over(till.program.counter.window) == []


def test_notes_that_were_counted_stay_when_colours_change(till: Till) -> None:
    till.program.counter.go.show("shift_close")
    till.hands.type("7")
    counted = till.program.counter.go.presenters.shift_close.state()
    choose(till, mode="dark")
    assert till.screen == "shift_close"
    assert till.program.counter.go.presenters.shift_close.state() == counted
    assert theme.is_dark()


def test_who_signs_in_can_choose_the_language_first(till: Till) -> None:
    till.program.counter.go.lock()
    choose(till, "en")
    assert till.screen == "sign_in"
    assert left_over(till.program.counter.window) == []


def test_the_language_is_reached_and_changed_by_keyboard_alone(till: Till, qapp: QApplication) -> None:
    till.program.counter.go.lock()
    language = till.program.counter.window.strip.language
    for _key in range(30):
        if qapp.focusWidget() is language:
            break
        till.hands.key(Qt.Key.Key_Tab)
    assert qapp.focusWidget() is language
    unseen = language.grab().toImage()
    language.clearFocus()
    assert language.grab().toImage() != unseen, "the focus is to be seen"
    language.setFocus()
    till.hands.key(Qt.Key.Key_Space, " ")
    assert isinstance(till.program.counter.window.dialog(), LookDialog)
    till.hands.key(Qt.Key.Key_Right)
    assert text.language() == "en"
    assert left_over(till.program.counter.window) == []


def test_larger_type_comes_at_once_and_the_cart_stays(till: Till) -> None:
    total = till.fill(2)
    choose(till, size="115")
    assert (theme.active().scale, till.screen, till.total) == (115, "sell", total)
    till.sells_on()


def test_the_type_size_outlives_the_program_and_yields_to_new_settings(
    open_window: Callable[..., Till],
) -> None:
    first = open_window().enter()
    choose(first, size="115")
    first.close()
    open_window().close()
    assert theme.active().scale == 115
    open_window(text_size=130)
    assert theme.active().scale == 130


def test_the_choice_outlives_the_program(open_window: Callable[..., Till]) -> None:
    first = open_window().enter()
    choose(first, "en")
    choose(first, mode="dark")
    first.close()
    second = open_window()
    assert (text.language(), theme.active().mode) == ("en", "dark")
    assert left_over(second.program.counter.window) == []


def test_new_settings_beat_an_old_choice(open_window: Callable[..., Till]) -> None:
    first = open_window().enter()
    choose(first, "en")
    first.close()
    open_window(language="en").close()
    text.use_language("vi")
    open_window(theme="dark")
    assert text.language() == "en"


@pytest.mark.parametrize("screen", ["search", "customer", "pickup", "return", "shift_menu", "attention"])
def test_every_screen_speaks_english_at_once(till: Till, screen: str) -> None:
    go = till.program.counter.go
    ways: dict[str, Callable[[], None]] = {
        "search": lambda: go.to_search(""),
        "customer": lambda: go.to_customer("", ()),
        "pickup": lambda: go.to_pickup(""),
        "return": lambda: go.to_return(""),
    }
    ways.get(screen, lambda: go.show(screen))()
    choose(till, "en")
    assert till.screen == screen
    assert left_over(till.program.counter.window) == []


def test_a_new_machine_is_set_up_in_the_language_chosen_there(qapp: QApplication, tmp_path: Path) -> None:
    opened = open_folder(tmp_path, allow_system_keys=False)
    clock = StillClock(datetime(2026, 11, 14, 2, tzinfo=UTC))
    page = SetUp(qapp, Settings(data_dir=tmp_path), opened, clock, lambda _identity: None)
    page.start()
    screen = page.window.current()
    assert isinstance(screen, SetupScreen)
    screen.url_written.emit("https://trung-tam.example")
    screen.language_chosen.emit("en")
    fresh = page.window.current()
    assert isinstance(fresh, SetupScreen)
    assert fresh is not screen
    assert fresh.url.text() == "https://trung-tam.example"
    assert left_over(page.window) == []
    page.close()
    opened.close()


def test_the_former_screens_are_gone_for_good(till: Till, qapp: QApplication) -> None:
    for language in ("en", "vi", "en"):
        choose(till, language)
    till.hands.settle()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len([one for one in qapp.allWidgets() if isinstance(one, SellScreen)]) == 1
    till.fill()
