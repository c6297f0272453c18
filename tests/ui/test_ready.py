"""The page that says what would work without central, over a real till folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos_app.services.readiness import Readiness, ReadinessStores, ReadyCheck
from pos_app.storage.catalogue import CatalogueStore
from pos_app.storage.clock import Boot
from pos_app.storage.customers import CustomerStore
from pos_app.storage.keyring import KeyringStore
from pos_app.storage.keys import FileKeyStore
from pos_app.storage.orders import OrderStore
from pos_app.storage.vouchers import VoucherStore
from tests.support.counter import CASHIER, Counter, make_counter
from tests.support.on_the_spot import Later, at_once
from ui.main_window import MainWindow
from ui.ready.presenter import ReadyFacts, ReadyPresenter, ReadyWays
from ui.ready.screen import ReadyScreen, connect
from ui.ready.state import CheckLine, ReadyState, RuleLine
from ui.running import Run


@dataclass
class Opened:
    """The page over a till; `went` is where it led."""

    counter: Counter
    run: Run = at_once
    second: str = ""
    scanned: datetime | None = None
    went: list[str] = field(default_factory=list)

    def check(self) -> Readiness:
        till = self.counter.till
        files = till.files
        stores = ReadinessStores(
            CatalogueStore(files.catalogue), OrderStore(files), VoucherStore(files), CustomerStore(files),
            KeyringStore(files), self.counter.staff, till.feeds, self.counter.outbox,
            self.counter.print_jobs, self.counter.status, FileKeyStore(files.folder), files.folder,
            till.clock,
        )  # fmt: skip
        return ReadyCheck(self.counter.session, stores, Boot("run")).check()

    def presenter(self) -> ReadyPresenter:
        facts = ReadyFacts(
            session=self.counter.session,
            check=self.check,
            next_shift=lambda: self.counter.shifts.next_number,
            second_screen=lambda: self.second,
            last_scan=lambda: self.scanned,
        )
        ways = ReadyWays(self.run, lambda: self.went.append("leave"), lambda: self.went.append("go_on"))
        return ReadyPresenter(facts, ways)

    def state(self) -> ReadyState:
        presenter = self.presenter()
        presenter.begin()
        return presenter.state()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    made = Opened(make_counter(tmp_path))
    yield made
    made.counter.till.files.dispose()


def line(lines: tuple[Any, ...], name: str) -> Any:
    return next(one for one in lines if one.name == name)


def test_the_verdict_comes_first_in_one_sentence(opened: Opened) -> None:
    opened.counter.status.set("printer", {"state": "ready", "reason": ""})
    state = opened.state()
    assert state.verdict == "Mất mạng lúc này vẫn bán được cả ngày"
    assert state.verdict_line == "Kiểm tra lúc 09:00 · còn 4 việc nên làm"
    assert (state.kind, state.date) == ("ok", "Thứ Bảy, 14/11/2026")


def test_old_data_turn_the_verdict_amber(opened: Opened) -> None:
    opened.counter.till.clock.pass_time(5 * 3600)
    state = opened.state()
    assert (state.kind, state.verdict) == ("need", "Mất mạng lúc này chỉ làm được một phần")
    orders = line(state.data, "orders")
    assert orders.kind == "need"
    assert orders.line.endswith(" · đã cũ")


def test_data_that_are_not_from_today_show_their_day(opened: Opened) -> None:
    opened.counter.till.clock.pass_time(30 * 3600)
    assert line(opened.state().data, "catalogue").value == "14/11"


def test_without_goods_the_till_cannot_sell(opened: Opened) -> None:
    opened.counter.till.feeds.drop("catalogue")
    state = opened.state()
    assert (state.kind, state.verdict) == ("stop", "Mất mạng lúc này thì chưa bán được")
    assert line(state.data, "catalogue") == CheckLine(
        "catalogue", "Hàng và giá", "Chưa tải về lần nào", "–", "stop"
    )
    assert state.rules[0] == RuleLine("sale", "Bán hàng, tích điểm", "Chưa tải dữ liệu về máy", "stop")


def test_a_sick_printer_says_why_and_what_waits(opened: Opened) -> None:
    opened.counter.status.set("printer", {"state": "trouble", "reason": "paper_out"})
    state = opened.state()
    assert line(state.devices, "printer").line == "Máy in hết giấy"
    assert line(state.devices, "drawer").value == "Không tự mở"


def test_scanner_and_second_screen_are_asked_of_this_run(opened: Opened) -> None:
    nothing = opened.state().devices
    assert (line(nothing, "scanner").kind, line(nothing, "display").kind) == ("quiet", "quiet")
    opened.second, opened.scanned = "1024 × 600", opened.counter.session.now
    found = opened.state().devices
    assert line(found, "scanner").line == "Quét gần nhất 09:00"
    assert line(found, "display") == CheckLine("display", "Màn hình khách", "1024 × 600", "Sẵn sàng")


def test_a_lost_scanner_says_why_and_is_something_to_do(opened: Opened) -> None:
    opened.scanned = opened.counter.session.now
    before = opened.check().to_do
    opened.counter.status.set("scanner", {"state": "trouble", "reason": "connection_lost"})
    scanner = line(opened.state().devices, "scanner")
    assert (scanner.line, scanner.value, scanner.kind) == ("Máy quét mất kết nối", "Có sự cố", "need")
    assert opened.check().to_do == before + 1


def test_what_is_missing_in_this_version_is_said(opened: Opened) -> None:
    state = opened.state()
    assert line(state.devices, "backup").kind == "need"
    assert line(state.rules, "gift_card") == RuleLine("gift_card", "Thẻ quà tặng", "Chờ có mạng", "stop")


def test_the_limits_at_the_right_are_the_shops(opened: Opened) -> None:
    opened.counter.till.feed("policy", {"policy": {"voucher_value_soft": 70_000, "voucher_per_shift": 4}})
    assert line(opened.state().rules, "voucher").line == "Đến 70.000đ, còn 4 lượt"


def test_nobody_signed_in_may_look_but_not_open(opened: Opened) -> None:
    presenter = opened.presenter()
    presenter.begin()
    presenter.go_on()
    assert presenter.state().main_reason == "Đăng nhập trước"
    assert opened.went == []


def test_the_main_button_opens_the_next_shift(opened: Opened) -> None:
    opened.counter.enter(CASHIER)
    presenter = opened.presenter()
    assert presenter.state().main == "Mở ca 1"
    presenter.go_on()
    assert opened.went == ["go_on"]


def test_with_a_shift_open_it_goes_on_selling(opened: Opened) -> None:
    opened.counter.open()
    assert opened.state().main == "Bán tiếp ca 1"


def test_what_was_found_stays_while_it_looks_again(opened: Opened) -> None:
    later = Later()
    opened.run = later
    presenter = opened.presenter()
    presenter.begin()
    assert (presenter.state().verdict, presenter.state().data) == ("Đang kiểm tra…", ())
    later.finish()
    presenter.begin()
    assert presenter.state().verdict_line == "Đang kiểm tra…"
    assert presenter.state().data
    later.finish()
    assert not presenter.state().is_checking


def test_asking_twice_looks_once(opened: Opened) -> None:
    later = Later()
    opened.run = later
    presenter = opened.presenter()
    presenter.begin()
    presenter.begin()
    later.finish()
    with pytest.raises(IndexError):
        later.finish()


def test_the_keys_of_the_page(opened: Opened, qtbot: QtBot) -> None:
    opened.counter.enter(CASHIER)
    screen = ReadyScreen()
    presenter = opened.presenter()
    connect(screen, presenter)
    window = MainWindow([screen])
    qtbot.addWidget(window)
    window.show()
    window.show_screen("ready")
    qtbot.keyClick(window, Qt.Key.Key_F12)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    window.allow_close()
    assert opened.went == ["go_on", "leave"]
    assert screen.data.isVisible()
    assert not screen.practise.isEnabled()


def test_a_scan_here_is_a_test_of_the_scanner(opened: Opened, qtbot: QtBot) -> None:
    screen = ReadyScreen()
    presenter = opened.presenter()
    connect(screen, presenter)
    qtbot.addWidget(screen)
    opened.scanned = opened.counter.session.now
    screen.scanned("8935001234567")
    assert line(presenter.state().devices, "scanner").value == "Sẵn sàng"
