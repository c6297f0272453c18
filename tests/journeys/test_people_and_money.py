"""Wrong PIN, auditor, second person, too little cash, carts of next to nothing, the day after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.support.journey import AUDITOR, CASHIER, MANAGER, THIRTY_PERCENT, Shop, Till

OpenWindow = Callable[..., Till]


def ask_manager(till: Till, pin: str) -> None:
    """The manager comes to the open approval dialog."""
    till.hands.type(pin)
    till.hands.key_return()


# --- who --------------------------------------------------------------------------------------
def test_a_wrong_pin_tells_the_tries_left_and_the_right_one_still_works(open_window: OpenWindow) -> None:
    till = open_window()
    wrong = "000000"
    till.hands.press(f"person_{CASHIER}")
    till.hands.type(wrong)
    till.hands.key_return()
    till.hands.until("it is refused", lambda: "PIN chưa đúng" in till.text_of("signInMessage"))
    assert "Còn 4 lần" in till.text_of("signInMessage")
    assert till.program.services.session.person is None
    till.sign_in()
    assert till.screen == "sell"
    till.sells_on()


def test_a_wrong_pin_while_locked_keeps_the_cart(till: Till) -> None:
    total = till.fill(2)
    till.program.counter.window.route_key("Ctrl+L")
    till.hands.settle()
    assert till.screen == "sign_in"
    till.hands.press(f"person_{CASHIER}")
    till.hands.type("000000")
    till.hands.key_return()
    till.hands.until("it is refused", lambda: "PIN chưa đúng" in till.text_of("signInMessage"))
    till.hands.type(till.shop.chain.pins[CASHIER])
    till.hands.key_return()
    till.hands.until("the till is open again", lambda: till.screen == "sell")
    assert (len(till.lines), till.total) == (2, total)
    till.sells_on()


def test_an_auditor_is_told_at_once_and_sells_nothing(open_window: OpenWindow) -> None:
    till = open_window()
    till.sign_in(AUDITOR)
    assert (till.answer.kind, till.answer.title) == ("needs", "Người kiểm tra chỉ được xem")
    till.hands.scan(till.goods()[0])
    assert till.answer.title == "Người kiểm tra chỉ được xem"
    assert till.lines == ()
    till.hands.press("toastAction")
    assert till.screen == "sign_in"


def test_an_auditor_leaves_the_kept_cart_as_it_is(till: Till) -> None:
    total = till.fill(2)
    till.enter(AUDITOR)
    till.hands.key(Qt.Key.Key_Delete)
    till.hands.key(Qt.Key.Key_F10)
    assert (len(till.lines), till.total) == (2, total)
    assert till.sales() == []
    till.enter(CASHIER)
    till.sells_on()


# --- a second person --------------------------------------------------------------------------
def test_a_large_discount_is_given_after_the_managers_pin(till: Till) -> None:
    full = till.fill()
    till.hands.key(Qt.Key.Key_F5)
    till.hands.type("15")
    till.hands.choose("discountReason")
    till.hands.key_return()
    till.hands.until("the approval dialog is open", lambda: till.hands.sees("approval"))
    assert till.total == full
    ask_manager(till, "000000")
    till.hands.until("the PIN is refused", lambda: "PIN chưa đúng" in till.text_of("approvalHint"))
    ask_manager(till, till.shop.chain.pins[MANAGER])
    till.hands.until("the discount is given", lambda: till.total < full)
    assert till.answer.title == "Đã giảm 15%"
    till.sells_on()
    sold = till.documents("sale")[0].content
    assert sold["approver"] == MANAGER
    assert [one["by"] for one in sold["payload"]["approvals"]] == [MANAGER]


@pytest.mark.parametrize("key", [Qt.Key.Key_F9, Qt.Key.Key_F10])
def test_a_voucher_that_grew_over_the_limit_is_approved_at_pay(till: Till, shop: Shop, key: Qt.Key) -> None:
    till.fill()
    code = shop.voucher(9100, campaign=THIRTY_PERCENT, kind="percent", value=3000)
    till.hands.scan(code)
    assert till.answer.kind == "accepted"
    while -till.program.services.checkout.priced().vouchers[0].amount <= 200_000 and len(till.lines) < 9:
        till.hands.scan(till.goods(count=9)[len(till.lines)])
        if till.program.services.checkout.priced().vouchers[0].amount > 200_000:
            break
    total = till.total
    till.hands.key(key)
    assert (till.screen, till.answer.title) == ("sell", "Cần quản lý duyệt")
    assert till.sales() == []
    till.hands.press("toastAction")
    till.hands.until("the approval dialog is open", lambda: till.hands.sees("approval"))
    ask_manager(till, shop.chain.pins[MANAGER])
    if key == Qt.Key.Key_F9:
        till.hands.until("paying goes on", lambda: till.screen == "pay")
        till.hands.key(Qt.Key.Key_F10)
    till.hands.until("it is sold", lambda: bool(till.sales()))
    sold = till.documents("sale")[0].content
    assert sold["payload"]["total"] == total
    assert sold["payload"]["vouchers"][0]["allowed_by"] == "manager"
    assert sold["approver"] == MANAGER


def test_a_voucher_over_the_limit_is_taken_after_the_managers_pin(till: Till, shop: Shop) -> None:
    till.fill(2)
    till.hands.scan(shop.voucher(9101))
    assert (till.answer.kind, till.answer.title) == ("needs", "Cần quản lý duyệt")
    till.hands.press("toastAction")
    till.hands.until("the approval dialog is open", lambda: till.hands.sees("approval"))
    ask_manager(till, shop.chain.pins[MANAGER])
    till.hands.until("it is taken", lambda: len(till.program.services.checkout.cart.vouchers) == 1)
    till.sells_on()


# --- money ------------------------------------------------------------------------------------
def test_too_little_cash_says_what_is_missing_and_commits_nothing(till: Till) -> None:
    total = till.fill()
    till.hands.key(Qt.Key.Key_F9)
    till.hands.type("5000")
    till.hands.key_return()
    assert till.screen == "pay"
    button = till.hands.widget("payCompleteButton")
    assert "Còn thiếu" in button.accessibleName() or "Còn thiếu" in button.accessibleDescription()
    assert till.sales() == []
    till.hands.key_escape()
    assert (till.screen, till.total) == ("sell", total)
    till.sells_on()


@pytest.mark.parametrize("key", [Qt.Key.Key_F9, Qt.Key.Key_F10])
def test_a_cart_that_rounds_to_nothing_is_sold_without_the_drawer(till: Till, key: Qt.Key) -> None:
    till.sell_uncoded(700)
    till.hands.key(key)
    if key == Qt.Key.Key_F9:
        assert till.screen == "pay"
        till.hands.key_return()
    (sold,) = till.sales()
    (cash,) = sold["tenders"]
    assert (cash["kind"], cash["amount"], sold["rounding"], sold["total"]) == ("cash", 0, -700, 700)
    job = till.program.stores.print_jobs.pending(till.clock.now())
    assert job is not None
    assert (job.template, job.drawer) == ("receipt", False)
    assert till.program.services.journal.verify().is_whole


def test_a_cart_of_nothing_has_no_tender_and_no_drawer_but_a_receipt(till: Till, shop: Shop) -> None:
    till.sell_uncoded(15_000)
    till.hands.scan(shop.voucher(9102, value=20_000))
    assert (till.answer.kind, till.total) == ("accepted", 0)
    till.hands.key(Qt.Key.Key_F10)
    (sold,) = till.sales()
    assert (sold["total"], sold["tenders"], sold["rounding"]) == (0, [], 0)
    job = till.program.stores.print_jobs.pending(till.clock.now())
    assert job is not None
    assert (job.template, job.drawer) == ("receipt", False)


# --- the day after ----------------------------------------------------------------------------
def test_after_the_days_end_a_new_cart_waits_for_the_closing(till: Till) -> None:
    till.clock.pass_time(20 * 3600)
    till.hands.scan(till.goods()[0])
    assert till.answer.kind == "needs"
    assert till.answer.title == "Ca 1 của ngày 22/11/2026 chưa kết"
    assert till.lines == ()
    till.hands.press("toastAction")
    assert till.screen == "shift_menu"


def test_a_cart_begun_before_the_days_end_is_finished_in_its_shift(till: Till) -> None:
    till.fill()
    till.clock.pass_time(timedelta(hours=20).total_seconds())
    till.hands.scan(till.goods(count=2)[1])
    assert len(till.lines) == 2
    till.sells_on()
    assert till.sales()[0]["business_date"] == "2026-11-22"


# --- money on the counter -----------------------------------------------------------------------
@pytest.mark.parametrize("key", [Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F11, Qt.Key.Key_F12])
def test_no_key_leaves_a_payment_with_money_in_it(till: Till, key: Qt.Key) -> None:
    till.fill(2)
    till.hands.key(Qt.Key.Key_F9)
    pay = till.program.counter.go.presenters.pay
    pay.type_amount(100_000)
    pay.choose("store_credit")  # what is on the counter already is a part
    till.hands.key(key)
    assert till.screen == "pay"
    assert till.answer.title == "Đã nhận tiền, chưa rời thanh toán được"
    till.program.counter.go.show("attention")
    assert till.screen == "pay"
    pay.give_back(1)
    till.hands.key(key)
    assert till.screen != "pay"
    till.hands.key_escape()
    till.program.counter.go.to_sell()
    till.sells_on()
