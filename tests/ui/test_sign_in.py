"""Signing in, unlocking and changing over, with real PINs on a real till folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos_app.domain.staff import StaffMember
from tests.support.counter import AUDITOR, CASHIER, MANAGER, PINS, Counter, badge_code, make_counter
from tests.support.on_the_spot import Later, at_once
from ui.main_window import MainWindow
from ui.running import Run
from ui.sign_in.presenter import KeptCart, SignInFacts, SignInPresenter, SignInWays
from ui.sign_in.screen import SignInScreen, connect


@dataclass
class Seen:
    """Where the page led."""

    people: list[StaffMember] = field(default_factory=list)
    scans: list[str] = field(default_factory=list)

    def ways(self, run: Run = at_once) -> SignInWays:
        return SignInWays(run, self.people.append, self.scans.append)


PLAIN = SignInFacts()


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = make_counter(tmp_path)
    yield made
    made.till.files.dispose()


@pytest.fixture
def seen() -> Seen:
    return Seen()


def page(counter: Counter, seen: Seen, facts: SignInFacts = PLAIN) -> SignInPresenter:
    return SignInPresenter(counter.session, counter.sign_in, facts, seen.ways())


def test_the_faces_are_the_people_of_the_store(counter: Counter, seen: Seen) -> None:
    shown = page(counter, seen).state().people
    assert [one.name for one in shown] == ["Lê Thị Lan", "Phạm Gia Hân", "Trần Minh", "Lý Minh Khang"]


def test_the_right_pin_signs_in_and_leads_on(counter: Counter, seen: Seen) -> None:
    presenter = page(counter, seen)
    presenter.choose(CASHIER)
    presenter.enter(PINS[CASHIER])
    assert [person.no for person in seen.people] == [CASHIER]
    assert counter.session.person is not None
    assert counter.kinds() == ["sign_in"]


def test_a_wrong_pin_says_how_many_tries_are_left(counter: Counter, seen: Seen) -> None:
    presenter = page(counter, seen)
    presenter.choose(CASHIER)
    before = presenter.state().try_no
    presenter.enter("000000")
    assert presenter.state().message == "Mã PIN chưa đúng. Còn 4 lần thử."
    assert presenter.state().try_no > before
    assert seen.people == []


def test_who_is_locked_out_sees_until_when_on_the_card(counter: Counter, seen: Seen) -> None:
    presenter = page(counter, seen)
    presenter.choose(CASHIER)
    for _at in range(5):
        presenter.enter("000000")
    state = presenter.state()
    assert state.people[0].note == "Tạm khóa đến 09:01"
    assert "Thử lại sau 09:01" in state.message
    assert not state.takes_digits


def test_after_the_lock_out_digits_are_taken_again(counter: Counter, seen: Seen) -> None:
    presenter = page(counter, seen)
    presenter.choose(CASHIER)
    for _at in range(5):
        presenter.enter("000000")
    counter.till.clock.pass_time(61)
    presenter.refresh()
    assert presenter.state().takes_digits
    assert presenter.state().people[0].note == ""


def test_enter_waits_for_all_six_digits(counter: Counter, seen: Seen) -> None:
    presenter = page(counter, seen)
    presenter.choose(CASHIER)
    presenter.typed(5)
    assert not presenter.state().may_enter
    presenter.typed(6)
    assert presenter.state().may_enter


def test_a_badge_chooses_its_owner_and_the_pin_is_still_asked(counter: Counter, seen: Seen) -> None:
    presenter = page(counter, seen)
    presenter.scanned(badge_code(MANAGER))
    assert presenter.state().chosen == MANAGER
    assert seen.people == []
    presenter.enter(PINS[MANAGER])
    assert [person.no for person in seen.people] == [MANAGER]


def test_a_badge_past_its_day_is_told_so(counter: Counter, seen: Seen) -> None:
    presenter = page(counter, seen)
    presenter.scanned(badge_code(MANAGER, until=date(2026, 11, 1)))
    assert presenter.state().message == "Thẻ đã hết hạn. Chạm tên mình và nhập PIN."


def test_a_scan_while_locked_is_used_after_the_pin(counter: Counter, seen: Seen) -> None:
    counter.open()
    counter.sign_in.lock()
    presenter = page(counter, seen)
    presenter.scanned("8930000000019")
    kept = presenter.state().kept
    assert kept is not None
    assert kept.title == "Đã giữ mã vừa quét"
    presenter.enter(PINS[CASHIER])
    assert seen.scans == ["8930000000019"]


def test_a_scan_before_anybody_signed_in_is_not_kept(counter: Counter, seen: Seen) -> None:
    presenter = page(counter, seen)
    presenter.scanned("8930000000019")
    assert presenter.state().message == "Chưa ai đứng quầy. Đăng nhập rồi quét lại mã này."
    presenter.choose(CASHIER)
    presenter.enter(PINS[CASHIER])
    assert seen.scans == []


def test_a_locked_till_names_who_locked_it(counter: Counter, seen: Seen) -> None:
    counter.open()
    counter.sign_in.lock()
    state = page(counter, seen).state()
    assert state.title == "Quầy đang khóa · Lan"
    assert (state.chosen, state.enter_text) == (CASHIER, "Mở khóa")


def test_another_person_may_take_over_a_locked_till(counter: Counter, seen: Seen) -> None:
    counter.open()
    counter.sign_in.lock()
    presenter = page(counter, seen)
    presenter.choose(MANAGER)
    assert presenter.state().enter_text == "Vào bán hàng"
    presenter.enter(PINS[MANAGER])
    assert counter.session.person is not None
    assert counter.session.person.no == MANAGER
    assert not counter.session.is_locked


def test_the_kept_cart_is_named_so_that_nobody_fears_for_it(counter: Counter, seen: Seen) -> None:
    counter.open()
    facts = SignInFacts(kept=lambda: KeptCart("Nguyễn Thị Lan", 6, 1_761_200))
    kept = page(counter, seen, facts).state().kept
    assert kept is not None
    assert kept.title == "Giỏ của Lan vẫn giữ: 6 dòng, 1.761.200đ"
    assert kept.line == "Người vào sau bán tiếp giỏ này hoặc treo lại. Ca 1 vẫn mở."


def test_a_demonstration_shows_the_pins(counter: Counter, seen: Seen) -> None:
    notes = [one.note for one in page(counter, seen, SignInFacts(demo_pins=PINS)).state().people]
    assert notes == ["PIN 123456", "PIN 222222", "PIN 987654", "PIN 333333"]


def test_without_a_demonstration_no_pin_is_shown(counter: Counter, seen: Seen) -> None:
    assert [one.note for one in page(counter, seen).state().people] == [""] * 4


def test_nothing_else_is_taken_while_a_pin_is_being_checked(counter: Counter, seen: Seen) -> None:
    later = Later()
    presenter = SignInPresenter(counter.session, counter.sign_in, SignInFacts(), seen.ways(later))
    presenter.choose(CASHIER)
    presenter.enter(PINS[CASHIER])
    presenter.choose(AUDITOR)
    assert presenter.state().chosen == CASHIER
    assert presenter.state().enter_text == "Đang kiểm…"
    later.finish()
    assert [person.no for person in seen.people] == [CASHIER]


@pytest.fixture
def window(counter: Counter, seen: Seen, qtbot: QtBot) -> tuple[MainWindow, SignInScreen, SignInPresenter]:
    presenter = page(counter, seen)
    screen = SignInScreen()
    connect(screen, presenter)
    made = MainWindow([screen])
    made.allow_close()
    qtbot.addWidget(made)
    made.show()
    made.show_screen("sign_in")
    return made, screen, presenter


def test_the_keyboard_alone_signs_in(
    window: tuple[MainWindow, SignInScreen, SignInPresenter], seen: Seen, qtbot: QtBot
) -> None:
    _made, screen, _presenter = window
    qtbot.keyClick(screen, Qt.Key.Key_Right)
    qtbot.keyClicks(screen, PINS[CASHIER])
    qtbot.keyClick(screen, Qt.Key.Key_Return)
    assert [person.no for person in seen.people] == [CASHIER]


def test_a_wrong_pin_empties_the_dots(
    window: tuple[MainWindow, SignInScreen, SignInPresenter], qtbot: QtBot
) -> None:
    _made, screen, presenter = window
    presenter.choose(CASHIER)
    qtbot.keyClicks(screen.dots, "000000")
    screen.enter.click()
    assert screen.dots.text() == ""


def test_the_next_page_to_come_shows_no_digits(
    window: tuple[MainWindow, SignInScreen, SignInPresenter],
) -> None:
    _made, screen, presenter = window
    presenter.choose(CASHIER)
    screen.dots.press("1")
    screen.left()
    assert screen.dots.text() == ""
    assert replace(presenter.state(), try_no=0).takes_digits
