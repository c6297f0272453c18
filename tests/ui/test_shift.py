"""Opening, counting, closing and verifying a shift, and cash in between, on a real till folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos_app.services.approvals import ApprovalNeed, Granted
from pos_app.storage.shifts import ShiftStore
from tests.support.counter import CASHIER, MANAGER, PINS, Counter, badge_code, make_counter
from tests.support.on_the_spot import Later, at_once
from ui.main_window import MainWindow
from ui.shift import close_screen
from ui.shift.close_presenter import ShiftClosePresenter
from ui.shift.close_screen import ShiftCloseScreen
from ui.shift.counting import NoteCount
from ui.shift.facts import ShiftFacts, ShiftWays, former_float
from ui.shift.menu_presenter import ShiftMenuPresenter, ShiftServices
from ui.shift.open_presenter import ShiftOpenPresenter
from ui.shift.verify import VerifyPresenter, VerifyServices, VerifyState, VerifyWays


@dataclass
class Asked:
    """Where the pages led."""

    gone: list[str] = field(default_factory=list)
    verify: list[str] = field(default_factory=list)
    approvals: list[tuple[ApprovalNeed, str, Callable[[Granted], None]]] = field(default_factory=list)

    def ways(self) -> ShiftWays:
        names = ("leave", "opened", "closed", "moved", "count", "open_new")
        calls = {name: (lambda name=name: self.gone.append(name)) for name in names}
        return ShiftWays(
            **calls,
            verify=self.verify.append,
            ask_approval=lambda *given: self.approvals.append(given),
        )


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = make_counter(tmp_path)
    yield made
    made.till.files.dispose()


@pytest.fixture
def asked() -> Asked:
    return Asked()


def facts(counter: Counter, printer: str = "ready") -> ShiftFacts:
    store = ShiftStore(counter.till.files.till, counter.till.identity)
    names = {person.no: person.name for person in counter.sign_in.people()}
    return ShiftFacts(
        lambda: printer,
        lambda: counter.outbox.counts().unsent,
        lambda no: names.get(no, ""),
        lambda: former_float(store),
    )


def opening(counter: Counter, asked: Asked) -> ShiftOpenPresenter:
    return ShiftOpenPresenter(counter.session, counter.shifts, facts(counter), asked.ways())


def closing(counter: Counter, asked: Asked, printer: str = "ready") -> ShiftClosePresenter:
    presenter = ShiftClosePresenter(counter.session, counter.shifts, facts(counter, printer), asked.ways())
    presenter.begin()
    return presenter


def count(presenter: ShiftClosePresenter | ShiftOpenPresenter, notes: dict[int, int]) -> None:
    for note, pieces in notes.items():
        presenter.choose(note)
        for digit in str(pieces):
            presenter.press(digit)


# --- counting ---------------------------------------------------------------------------------
def test_digits_make_the_pieces_of_the_row() -> None:
    counted = NoteCount()
    for key in "12":
        counted.press(key)
    assert counted.counts == {500_000: 12}
    assert counted.total == 6_000_000


def test_enter_goes_down_to_the_next_note() -> None:
    counted = NoteCount()
    counted.press("down")
    counted.press("3")
    assert counted.counts == {200_000: 3}


def test_the_first_digit_in_a_row_replaces_what_stood_there() -> None:
    counted = NoteCount({200_000: 8})
    counted.choose(200_000)
    counted.press("5")
    assert counted.counts == {200_000: 5}


def test_back_takes_the_last_digit_away() -> None:
    counted = NoteCount()
    for key in ("1", "2", "back"):
        counted.press(key)
    assert counted.counts == {500_000: 1}


def test_a_typed_zero_counts_as_counted() -> None:
    counted = NoteCount()
    assert not counted.is_begun
    counted.press("0")
    assert counted.is_begun
    assert counted.total == 0


# --- opening ----------------------------------------------------------------------------------
def test_a_shift_opens_with_the_counted_float(counter: Counter, asked: Asked) -> None:
    counter.enter()
    presenter = opening(counter, asked)
    count(presenter, {100_000: 6, 50_000: 8})
    presenter.open()
    shift = counter.shifts.current()
    assert shift is not None
    assert shift.opening_float == {100_000: 6, 50_000: 8}
    assert asked.gone == ["opened"]


def test_the_float_of_the_shift_before_is_one_press_away(counter: Counter, asked: Asked) -> None:
    counter.open()
    counter.shifts.close({100_000: 5})
    presenter = opening(counter, asked)
    assert presenter.state().former == "Như ca trước · 500.000đ"
    presenter.take_former()
    assert presenter.state().count.total == 500_000


def test_the_first_shift_knows_no_former_float(counter: Counter, asked: Asked) -> None:
    counter.enter()
    assert opening(counter, asked).state().former == ""


def test_opening_twice_is_refused_in_words(counter: Counter, asked: Asked) -> None:
    counter.open()
    presenter = opening(counter, asked)
    presenter.open()
    assert presenter.state().message == "Ca 1 đang mở. Đóng ca này rồi mở ca mới."
    assert asked.gone == []


# --- closing ----------------------------------------------------------------------------------
def words_of(value: object) -> str:
    """Every text and figure of a state."""
    if is_dataclass(value) and not isinstance(value, type):
        return " ".join(words_of(getattr(value, one.name)) for one in fields(value))
    if isinstance(value, tuple):
        return " ".join(words_of(one) for one in value)
    return str(value)


def test_nothing_tells_the_expected_cash_before_the_count_is_fixed(counter: Counter, asked: Asked) -> None:
    counter.open()
    counter.drawer.cash_in(123_000, "Nhận tiền lẻ")
    presenter = closing(counter, asked)
    count(presenter, {100_000: 6})
    shown = words_of(presenter.state())
    assert "623.000" not in shown
    assert "623000" not in shown
    assert presenter.state().difference is None


def test_an_even_count_closes_at_once(counter: Counter, asked: Asked) -> None:
    counter.open()
    presenter = closing(counter, asked)
    count(presenter, {100_000: 5})
    presenter.go_on()
    state = presenter.state()
    assert state.stage == "closed"
    assert state.closed is not None
    assert state.closed.title == "Đã đóng ca 1 · Z số 1"
    assert state.closed.line == "Khớp, không lệch"
    assert asked.gone == ["closed"]


def test_a_difference_shows_both_figures_and_asks_why(counter: Counter, asked: Asked) -> None:
    counter.open()
    presenter = closing(counter, asked)
    count(presenter, {100_000: 4, 50_000: 1})
    presenter.go_on()
    state = presenter.state()
    assert state.difference is not None
    assert (state.difference.counted, state.difference.expected) == (450_000, 500_000)
    assert state.difference.verdict == "Thiếu 50.000đ"
    assert state.difference.notice == ""
    assert state.main_reason == "Cần lý do chênh lệch"


def test_above_the_limit_the_page_says_that_a_manager_must_verify(counter: Counter, asked: Asked) -> None:
    counter.open()
    presenter = closing(counter, asked)
    count(presenter, {100_000: 4})
    presenter.go_on()
    difference = presenter.state().difference
    assert difference is not None
    assert difference.notice == "Lệch trên 50.000đ: ca vẫn đóng, ở trạng thái cần quản lý xác nhận."


def test_the_reason_and_own_words_stand_in_the_document(counter: Counter, asked: Asked) -> None:
    counter.open()
    presenter = closing(counter, asked)
    count(presenter, {100_000: 4})
    presenter.go_on()
    presenter.choose_reason("change")
    presenter.write_note("khách quen trả sau")
    presenter.go_on()
    row = counter.shifts.to_verify()[0]
    payload = counter.payload(row.closed_doc_id or "")
    assert payload["reason"] == "Thối nhầm tiền cho khách · khách quen trả sau"
    assert payload["to_verify"] is True


def test_another_reason_needs_own_words(counter: Counter, asked: Asked) -> None:
    counter.open()
    presenter = closing(counter, asked)
    count(presenter, {100_000: 4})
    presenter.go_on()
    presenter.choose_reason("other")
    assert presenter.state().main_reason == "Cần lý do chênh lệch"
    presenter.write_note("két bị kẹt tiền")
    assert presenter.state().main_reason == ""


def test_a_fixed_count_stays_fixed_after_a_restart(counter: Counter, asked: Asked) -> None:
    counter.open()
    first = closing(counter, asked)
    count(first, {100_000: 4})
    first.go_on()
    again = closing(counter, asked)
    assert again.state().stage == "difference"
    assert again.state().count.total == 400_000


def test_a_count_not_fixed_yet_is_kept_when_one_looks_elsewhere(counter: Counter, asked: Asked) -> None:
    counter.open()
    presenter = closing(counter, asked)
    count(presenter, {100_000: 4})
    presenter.leave()
    presenter.begin()
    assert presenter.state().count.total == 400_000


def test_nothing_counted_cannot_be_fixed_by_a_stray_key(counter: Counter, asked: Asked) -> None:
    counter.open()
    presenter = closing(counter, asked)
    presenter.go_on()
    assert presenter.state().main_reason == "Chưa đếm tờ nào"
    assert counter.shifts.current() is not None


def test_an_open_cart_must_be_finished_or_held_first(counter: Counter, asked: Asked) -> None:
    counter.open()
    counter.drafts.save_current({"cart": {}})
    presenter = closing(counter, asked)
    count(presenter, {100_000: 5})
    presenter.go_on()
    assert presenter.state().main_reason == "Giỏ đang bán dở: bán xong hoặc treo lại"
    assert counter.shifts.current() is not None


@pytest.mark.parametrize(
    ("printer", "words"),
    [("ready", "Báo cáo Z đang in"), ("trouble", "Báo cáo Z chờ in"), ("none", "Máy này chưa có máy in")],
)
def test_the_closed_shift_says_what_becomes_of_its_paper(
    counter: Counter, asked: Asked, printer: str, words: str
) -> None:
    counter.open()
    presenter = closing(counter, asked, printer)
    count(presenter, {100_000: 5})
    presenter.go_on()
    closed = presenter.state().closed
    assert closed is not None
    assert closed.facts[0].title == words
    assert closed.facts[1].title == "3 chứng từ chờ gửi"


# --- the second person ------------------------------------------------------------------------
@dataclass
class Second:
    """The dialog of a closed shift, without its window."""

    presenter: VerifyPresenter
    states: list[VerifyState]
    verified: list[str]


def second(counter: Counter) -> Second:
    services = VerifyServices(counter.session, counter.shifts, counter.sign_in, counter.till.journal.body)
    states: list[VerifyState] = []
    verified: list[str] = []
    ways = VerifyWays(states.append, verified.append, lambda: None, at_once)
    row = counter.shifts.to_verify()[0]
    return Second(VerifyPresenter(services, row, ways), states, verified)


def short_by(counter: Counter, amount_in_hundred_thousands: int) -> None:
    counter.open()
    counter.shifts.close({100_000: 5 - amount_in_hundred_thousands}, "Thối nhầm")


def test_only_who_may_is_offered_as_second_person(counter: Counter) -> None:
    short_by(counter, 1)
    assert [one.name for one in second(counter).presenter.state.people] == ["Trần Minh"]


def test_a_small_difference_may_be_verified_by_a_senior_too(counter: Counter) -> None:
    short_by(counter, 0)
    names = [one.name for one in second(counter).presenter.state.people]
    assert names == ["Phạm Gia Hân", "Trần Minh"]


def test_the_second_persons_pin_verifies_the_shift(counter: Counter) -> None:
    short_by(counter, 1)
    made = second(counter)
    made.presenter.typed(6)
    made.presenter.accept(PINS[MANAGER])
    assert made.verified == ["Trần Minh"]
    assert counter.shifts.to_verify() == []


def test_a_wrong_pin_of_the_second_person_stays_in_words(counter: Counter) -> None:
    short_by(counter, 1)
    made = second(counter)
    made.presenter.typed(6)
    made.presenter.accept("000000")
    assert made.states[-1].message == "Mã PIN chưa đúng. Còn 4 lần thử."
    assert counter.shifts.to_verify() != []


def test_a_badge_of_somebody_who_may_not_is_told_so(counter: Counter) -> None:
    short_by(counter, 1)
    made = second(counter)
    made.presenter.scanned(badge_code(CASHIER))
    assert made.states[-1].message == "Lê Thị Lan không xác nhận được ca này. Cần người khác."


# --- the open shift ---------------------------------------------------------------------------
def menu(counter: Counter, asked: Asked) -> ShiftMenuPresenter:
    services = ShiftServices(counter.session, counter.shifts, counter.drawer, counter.approvals)
    presenter = ShiftMenuPresenter(services, facts(counter), asked.ways())
    presenter.begin()
    return presenter


def write(presenter: ShiftMenuPresenter, form: str, amount: str, reason: str) -> None:
    presenter.choose(form)
    for digit in amount:
        presenter.press(digit)
    presenter.choose_reason(reason)


def test_cash_in_is_recorded_with_its_reason(counter: Counter, asked: Asked) -> None:
    counter.open()
    presenter = menu(counter, asked)
    write(presenter, "cash_in", "200000", "change")
    presenter.act()
    assert counter.kinds()[-1] == "cash_in"
    assert presenter.state().answer.title == "Đã ghi 200.000đ vào ngăn kéo"
    assert asked.gone == ["moved"]


def test_after_it_was_recorded_the_form_is_empty_again(counter: Counter, asked: Asked) -> None:
    counter.open()
    presenter = menu(counter, asked)
    write(presenter, "cash_in", "200000", "change")
    presenter.act()
    presenter.act()
    form = presenter.state().form
    assert form is not None
    assert form.amount == "0"
    assert counter.kinds().count("cash_in") == 1


def test_an_amount_without_a_reason_waits(counter: Counter, asked: Asked) -> None:
    counter.open()
    presenter = menu(counter, asked)
    presenter.choose("cash_out")
    presenter.press("5")
    presenter.press("000")
    assert presenter.state().act_reason == "Cần chọn hoặc ghi lý do"


def test_above_ones_own_limit_a_second_person_is_asked(counter: Counter, asked: Asked) -> None:
    counter.open()
    presenter = menu(counter, asked)
    write(presenter, "cash_out", "600000", "safe")
    presenter.act()
    need, draft, granted = asked.approvals[0]
    assert need.right == "cash.in_out"
    granted(counter.allow(need, draft))
    assert counter.kinds()[-1] == "cash_out"


def test_opening_the_drawer_is_recorded_with_its_reason(counter: Counter, asked: Asked) -> None:
    counter.open()
    presenter = menu(counter, asked)
    presenter.begin("drawer")
    presenter.choose_reason("change")
    presenter.act()
    assert counter.kinds()[-1] == "drawer_open"


def test_opening_it_too_often_needs_a_second_person(counter: Counter, asked: Asked) -> None:
    counter.open()
    presenter = menu(counter, asked)
    for _at in range(4):
        presenter.choose("drawer")
        presenter.choose_reason("change")
        presenter.act()
    assert counter.kinds().count("drawer_open") == 3
    assert asked.approvals[0][0].right == "drawer.open"
    form = presenter.state().form
    assert form is not None
    assert form.line == "Lần mở này cần người thứ hai duyệt."


def test_the_report_on_the_screen_leaves_cash_out(counter: Counter, asked: Asked) -> None:
    counter.open()
    counter.till.sell()
    labels = [one.label for part in menu(counter, asked).state().report for one in part.figures]
    assert "Bán hàng · 1 phiếu" in labels
    assert not any("iền mặt" in label for label in labels)


def test_the_report_is_added_up_beside_the_screen(counter: Counter, asked: Asked) -> None:
    counter.open()
    later = Later()
    services = ShiftServices(counter.session, counter.shifts, counter.drawer, counter.approvals)
    presenter = ShiftMenuPresenter(services, facts(counter), replace(asked.ways(), run=later))
    presenter.begin()
    assert (presenter.state().report, presenter.state().report_note) == ((), "Đang cộng sổ của ca…")
    later.finish()
    assert presenter.state().report


def test_the_x_report_goes_to_the_printer(counter: Counter, asked: Asked) -> None:
    counter.open()
    presenter = menu(counter, asked)
    presenter.act()
    job = counter.print_jobs.pending(counter.till.clock.now())
    assert job is not None
    assert job.template == "x_report"


def test_without_a_shift_the_page_leads_to_opening_one(counter: Counter, asked: Asked) -> None:
    counter.enter()
    presenter = menu(counter, asked)
    assert presenter.state().close_text == "Mở ca"
    presenter.close_shift()
    assert asked.gone == ["open_new"]


# --- the page ---------------------------------------------------------------------------------
def test_the_keyboard_alone_counts_and_closes(counter: Counter, asked: Asked, qtbot: QtBot) -> None:
    counter.open()
    presenter = closing(counter, asked)
    screen = ShiftCloseScreen()
    close_screen.connect(screen, presenter)
    window = MainWindow([screen])
    window.allow_close()
    qtbot.addWidget(window)
    window.show()
    window.show_screen("shift_close")
    table = screen.count.table
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Return):
        qtbot.keyClick(table, key)
    qtbot.keyClicks(table, "5")
    assert screen.total.amount() == 500_000
    qtbot.keyClick(table, Qt.Key.Key_F12)
    assert presenter.state().stage == "closed"
