"""The menu of the strip and the page of the connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos_app.domain.staff import Role
from pos_app.storage.download import Download, tell
from tests.support.counter import Counter, make_counter
from ui.answers import Answer
from ui.main_window import MainWindow
from ui.menu.dialog import open_menu
from ui.menu.keys import keys
from ui.menu.presenter import MenuPresenter, MenuWays
from ui.menu.state import MenuQuestion
from ui.sync_details.dialog import open_sync_details
from ui.sync_details.presenter import SyncDetailsPresenter, SyncFacts


@dataclass
class Led:
    """Where the menu led."""

    names: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    questions: list[MenuQuestion] = field(default_factory=list)

    def ways(self, lines: int = 0) -> MenuWays:
        def ask(question: MenuQuestion, yes: Callable[[], None]) -> None:
            self.questions.append(question)
            yes()

        calls = {
            name: (lambda name=name: self.names.append(name))
            for name in (
                *("sync_now", "sync_details", "attention", "shift", "lock", "sign_out", "help", "quit"),
                *("change_keys", "goodwill"),
            )
        }
        return MenuWays(
            cart_lines=lambda: lines,
            **calls,
            ask_first=ask,
            say=self.answers.append,
            printed=lambda: self.names.append("printed"),
        )


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = make_counter(tmp_path)
    yield made
    made.till.files.dispose()


@pytest.fixture
def led() -> Led:
    return Led()


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow()
    made.allow_close()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def menu(counter: Counter, led: Led, lines: int = 0) -> MenuPresenter:
    return MenuPresenter(counter.strip, counter.reprints, led.ways(lines))


def test_the_menu_names_who_is_here(counter: Counter, led: Led) -> None:
    counter.open()
    state = menu(counter, led).state()
    assert (state.person, state.shift) == ("Lê Thị Lan", "Ca 1 đang mở")


def test_what_needs_a_person_waits_for_one(counter: Counter, led: Led) -> None:
    reasons = {one.name: one.reason for one in menu(counter, led).state().entries}
    assert reasons["reprint"] == reasons["shift"] == "Đăng nhập trước"
    assert reasons["quit"] == reasons["help"] == reasons["sync_now"] == ""


def test_reprint_last_prints_a_copy_and_says_so(counter: Counter, led: Led) -> None:
    counter.open()
    counter.till.sell()
    menu(counter, led).press("reprint")
    assert led.names == ["printed"]
    assert led.answers[0].title == "Đang in lại NT02-000001"


def test_reprint_without_any_receipt_is_told_in_words(counter: Counter, led: Led) -> None:
    counter.open()
    menu(counter, led).reprint_last()
    assert led.answers[0].kind in ("needs", "refused", "unknown")
    assert led.names == []


def test_quitting_with_an_open_cart_asks_first(counter: Counter, led: Led) -> None:
    menu(counter, led, lines=6).quit()
    assert led.questions[0].line == "Giỏ đang có 6 dòng. Giỏ được giữ, mở lại vẫn còn."
    assert led.names == ["quit"]


def test_quitting_with_unsent_documents_asks_first(counter: Counter, led: Led) -> None:
    counter.open()
    menu(counter, led).quit()
    assert led.questions[0].title == "Thoát khi chưa gửi hết?"


def test_quitting_with_nothing_in_the_way_just_quits(counter: Counter, led: Led) -> None:
    menu(counter, led).quit()
    assert led.questions == []
    assert led.names == ["quit"]


def test_the_menu_works_by_keyboard_alone(
    counter: Counter, led: Led, window: MainWindow, qtbot: QtBot
) -> None:
    counter.open()
    presenter = menu(counter, led)
    dialog = open_menu(window, presenter)
    qtbot.keyClick(dialog, Qt.Key.Key_Down)
    qtbot.keyClick(dialog, Qt.Key.Key_Down)
    qtbot.keyClick(dialog, Qt.Key.Key_Down)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert led.names == ["attention"]
    assert window.dialog() is None


def test_a_manager_may_have_the_keys_changed_and_nobody_else(counter: Counter, led: Led) -> None:
    menu = MenuPresenter(counter.strip, counter.reprints, led.ways())
    counter.enter()
    assert "change_keys" not in [one.name for one in menu.state().entries]
    counter.enter(next(one.no for one in counter.staff.everyone() if one.role is Role.MANAGER))
    assert "change_keys" in [one.name for one in menu.state().entries]
    menu.press("change_keys")
    assert led.names == ["change_keys"]
    assert led.answers[0].kind == "accepted"
    assert led.questions[0].title == "Đổi khóa của quầy?"


def test_the_keys_stay_when_the_question_is_refused(counter: Counter, led: Led) -> None:
    asked: list[MenuQuestion] = []
    ways = replace(led.ways(), ask_first=lambda question, _yes: asked.append(question))
    MenuPresenter(counter.strip, counter.reprints, ways).press("change_keys")
    assert (len(asked), led.names) == (1, [])


def test_a_manager_may_give_a_voucher_and_nobody_else(counter: Counter, led: Led) -> None:
    menu = MenuPresenter(counter.strip, counter.reprints, led.ways())
    counter.enter()
    assert "goodwill" not in [one.name for one in menu.state().entries]
    counter.enter(next(one.no for one in counter.staff.everyone() if one.role is Role.MANAGER))
    assert "goodwill" in [one.name for one in menu.state().entries]
    menu.press("goodwill")
    assert led.names == ["goodwill"]


def test_every_key_of_the_counter_stands_on_the_page_of_keys() -> None:
    listed = {key for key, _words in keys()}
    assert {f"F{number}" for number in range(1, 13)} - {"F3"} <= listed
    assert {"Esc", "Del", "*", "Ctrl+Z", "Ctrl+L", "Ctrl+P"} <= listed


# --- the connection ---------------------------------------------------------------------------
def details(counter: Counter, sent: list[str], **more: object) -> SyncDetailsPresenter:
    facts = SyncFacts(
        age=counter.till.feeds.age,
        oldest=lambda: counter.outbox.counts().oldest_wall,
        send_now=lambda: sent.append("sent"),
    )
    return SyncDetailsPresenter(counter.session, counter.strip, replace(facts, **more))  # type: ignore[arg-type]


def test_offline_says_since_when_and_that_selling_goes_on(counter: Counter) -> None:
    since = counter.till.clock.now() - timedelta(minutes=53)
    counter.status.set("link", {"state": "offline", "since": since.isoformat()})
    state = details(counter, []).state()
    assert (state.kind, state.title) == ("off", "Mất kết nối từ 08:07")
    assert state.line == "Bán hàng vẫn chạy. Máy tự nối lại, không phải làm gì."


def test_a_certificate_that_is_not_accepted_is_named_with_what_to_do(counter: Counter) -> None:
    since = counter.till.clock.now() - timedelta(minutes=53)
    counter.status.set("link", {"state": "offline", "since": since.isoformat()})
    counter.status.set("sync", {"reason": "certificate", "reason_since": since.isoformat()})
    state = details(counter, []).state()
    assert state.title == "Không nhận chứng thư của trung tâm"
    assert state.line.startswith("Từ 08:07.")
    assert state.trouble.startswith("Kiểm ngày giờ của máy.")


def test_data_older_than_a_day_are_told_with_their_day(counter: Counter) -> None:
    counter.till.clock.pass_time(25 * 3600)
    feed = details(counter, []).state().feeds[0]
    assert (feed.title, feed.age, feed.is_old) == ("Hàng và giá", "14/11 09:00", True)


def test_unsent_documents_are_counted_with_the_age_of_the_oldest(counter: Counter) -> None:
    counter.open()
    counter.till.clock.pass_time(40 * 60)
    state = details(counter, []).state()
    assert state.unsent == 2
    assert state.unsent_line == "Cũ nhất 40 phút trước. Tắt máy cũng không mất."


def test_what_keeps_the_till_from_syncing_is_told_in_words(counter: Counter) -> None:
    assert "cập nhật Quầy" in details(counter, [], need=lambda: "update").state().trouble


def test_a_download_says_what_how_much_and_how_long_still(counter: Counter) -> None:
    counter.status.set("link", {"state": "online", "since": "2026-11-14T02:00:00+00:00"})
    tell(counter.status, Download("catalogue", 240_000, 1_000_000, 9, 11, 190))
    state = details(counter, []).state()
    assert (state.title, state.line) == (
        "Đang tải Hàng và giá 24 %", "Hàng và giá 240.000 / 1.000.000 · còn 3 phút",
    )  # fmt: skip
    tell(counter.status, Download("catalogue", 1_000_000, 1_000_000, 9, 11, 0, is_building=True))
    assert details(counter, []).state().line == "Hàng và giá đã về, đang sắp xếp"


def test_feeds_that_do_not_add_up_are_told(counter: Counter) -> None:
    facts = replace(SyncFacts(age=lambda _feed: None), mismatched=lambda: ("catalogue",))
    assert "Hàng và giá" in SyncDetailsPresenter(counter.session, counter.strip, facts).state().trouble


def test_send_now_wakes_the_loop_from_the_keyboard(
    counter: Counter, window: MainWindow, qtbot: QtBot
) -> None:
    counter.open()
    sent: list[str] = []
    dialog = open_sync_details(window, details(counter, sent))
    qtbot.keyClick(dialog, Qt.Key.Key_F9)
    assert sent == ["sent"]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.dialog() is None
