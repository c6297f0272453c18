"""The till locks itself when nobody is there; whoever comes back finds everything where it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt

from pos_app.storage.clock import SystemClock
from tests.support.journey import CASHIER, MANAGER, Till
from tests.support.pilot import Pilot


def auto_lock(till: Till, seconds: int) -> None:
    """The shop's policy comes with another limit, while the program runs."""
    with till.program.stores.files.store.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE item SET body = json_set(body, '$.auto_lock', ?) WHERE feed = key AND key = 'policy'",
            (seconds,),
        )
        connection.exec_driver_sql("UPDATE feed SET cursor = cursor || '+' WHERE name = 'policy'")


def wait_until_locked(till: Till) -> None:
    """Nobody touches anything for a second."""
    auto_lock(till, 1)
    around = till.program.counter.around
    around.idle.touched()
    around.idle.look()  # hears of the new limit now, not when the old one would have ended
    session = till.program.services.session
    till.hands.until("the till has locked itself", lambda: session.is_locked)
    auto_lock(till, 180)


def come_back(till: Till, staff: int = CASHIER) -> None:
    session = till.program.services.session
    till.hands.press(f"person_{staff}")
    till.hands.type(till.shop.chain.pins[staff])
    till.hands.key(Qt.Key.Key_Return)

    def is_back() -> bool:
        person = session.person
        return not session.is_locked and person is not None and person.no == staff

    till.hands.until(f"{staff} is back", is_back)
    till.hands.settle()


def test_the_cart_is_kept_and_the_page_asks_for_the_pin(till: Till) -> None:
    total = till.fill(2)
    wait_until_locked(till)
    assert till.screen == "sign_in"
    come_back(till)
    assert (till.screen, len(till.lines), till.total) == ("sell", 2, total)
    assert [one.content["kind"] for one in till.documents()][-2:] == ["lock", "sign_in"]


def test_a_pc_that_slept_for_three_days_in_a_sale_is_locked_and_knows_how_old_its_data_are(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault 57."""
    total = till.fill(2)
    session, asleep_s = till.program.services.session, 3 * 86_400
    till.program.stores.clock.heard(till.clock.now())
    till.clock.pass_time(asleep_s)
    real = SystemClock.mono_ms
    monkeypatch.setattr(SystemClock, "mono_ms", lambda clock: real(clock) + asleep_s * 1000)
    till.hands.key(Qt.Key.Key_F10)
    assert session.is_locked
    assert (till.screen, till.sales()) == ("sign_in", [])
    assert all(session.feed_age_s(feed) >= asleep_s for feed in ("catalogue", "orders", "customers"))
    come_back(till)
    assert (len(till.lines), till.total) == (2, total)
    assert till.program.services.clock_watch.trouble() == ""


def test_a_touch_keeps_it_open(till: Till) -> None:
    auto_lock(till, 180)
    around = till.program.counter.around
    around.idle.look()
    till.fill(1)
    around.idle.look()
    assert till.screen == "sell"
    assert not till.program.services.session.is_locked


def test_a_scan_while_locked_waits_for_the_pin(till: Till) -> None:
    wait_until_locked(till)
    code = till.goods()[0]
    till.hands.scan(code)
    assert (till.screen, till.lines) == ("sign_in", ())
    assert till.hands.sees("keptCart")
    come_back(till)
    assert (till.screen, len(till.lines)) == ("sell", 1)


def test_locking_a_locked_till_loses_no_scan(till: Till) -> None:
    wait_until_locked(till)
    till.hands.scan(till.goods()[0])
    till.program.counter.window.route_key("Ctrl+L")
    come_back(till)
    assert len(till.lines) == 1


def test_an_open_payment_locks_too_and_goes_on_where_it_was(till: Till) -> None:
    till.fill(1)
    till.hands.key(Qt.Key.Key_F9)
    assert till.screen == "pay"
    for digit in "500":
        till.hands.key(Qt.Key(ord(digit)), digit)
    wait_until_locked(till)
    assert till.screen == "sign_in"
    come_back(till)
    assert till.screen == "pay"
    assert till.program.counter.go.presenters.pay.state().typed == 500


def test_somebody_else_goes_on_with_the_payment(till: Till) -> None:
    total = till.fill(1)
    till.hands.key(Qt.Key.Key_F9)
    wait_until_locked(till)
    come_back(till, MANAGER)
    assert till.screen == "pay"
    till.hands.key(Qt.Key.Key_F10)
    sale = till.documents("sale")[-1].content
    assert (sale["staff"], sale["payload"]["total"]) == (MANAGER, total)


def test_another_person_takes_the_cart_over(till: Till) -> None:
    total = till.fill(2)
    till.program.counter.window.route_key("Ctrl+L")
    come_back(till, MANAGER)
    person = till.program.services.session.person
    assert person is not None
    assert (person.no, till.screen, till.total) == (MANAGER, "sell", total)
    assert [one.content["kind"] for one in till.documents()][-3:] == ["lock", "sign_out", "sign_in"]


def test_a_question_that_stood_open_is_not_left_over_the_pin_pad(till: Till) -> None:
    till.fill(1)
    till.hands.key(Qt.Key.Key_F5)
    assert till.program.counter.window.dialog() is not None
    wait_until_locked(till)
    assert till.program.counter.window.dialog() is None
    come_back(till)
    assert (till.screen, len(till.lines)) == ("sell", 1)


def test_the_count_of_a_shift_goes_on_for_who_was_counting(till: Till) -> None:
    till.program.counter.go.show("shift_close")
    wait_until_locked(till)
    come_back(till)
    assert till.screen == "shift_close"
    wait_until_locked(till)
    come_back(till, MANAGER)
    assert till.screen == "sell"


# --- wrong PINs -------------------------------------------------------------------------------
@pytest.fixture
def locked_out(open_window: Callable[..., Till]) -> Till:
    """Somebody has typed five wrong PINs for the cashier."""
    till = open_window()
    till.hands.press(f"person_{CASHIER}")
    presenter = till.program.counter.go.presenters.sign_in
    for _try in range(5):
        presenter.enter("000000")
        till.hands.until("the PIN is checked", lambda: not presenter.state().is_checking)
    return till


def test_a_lock_out_survives_a_restart(locked_out: Till, open_window: Callable[..., Till]) -> None:
    assert not locked_out.hands.widget("signInEnter").isEnabled()
    locked_out.close()
    again = open_window()
    again.hands.press(f"person_{CASHIER}")
    state = again.program.counter.go.presenters.sign_in.state()
    assert state.message.startswith("Nhập sai nhiều lần.")
    assert not state.takes_digits
    assert not again.hands.widget("signInEnter").isEnabled()


def test_nobody_else_is_locked_out_with_them(locked_out: Till) -> None:
    locked_out.sign_in(MANAGER)
    assert locked_out.screen == "sell"


def test_a_lock_out_ends_by_itself(locked_out: Till) -> None:
    locked_out.clock.pass_time(61)
    locked_out.sign_in(CASHIER)
    assert locked_out.screen == "sell"


# --- ready to open? ---------------------------------------------------------------------------
def ready(till: Till) -> Any:
    presenter = till.program.counter.go.presenters.ready
    till.hands.until("everything was looked at", lambda: bool(presenter.state().data))
    return presenter.state()


def test_the_sign_in_page_leads_to_it_and_back(open_window: Callable[..., Till]) -> None:
    till = open_window()
    till.hands.press("readyButton")
    assert till.screen == "ready"
    state = ready(till)
    assert state.main_reason == "Đăng nhập trước"
    assert next(line for line in state.data if line.name == "catalogue").kind == "ok"
    assert not till.hands.widget("readyGoOn").isEnabled()
    till.hands.key(Qt.Key.Key_Escape)
    assert till.screen == "sign_in"


def test_the_menu_leads_to_it_and_f12_goes_on_selling(till: Till) -> None:
    till.fill(1)
    till.program.counter.menus.open_menu()
    till.hands.press("menu_ready")
    assert till.screen == "ready"
    assert ready(till).main.startswith("Bán tiếp ca")
    till.hands.key(Qt.Key.Key_F12)
    assert (till.screen, len(till.lines)) == ("sell", 1)


def test_before_a_shift_is_opened_it_is_one_press_away(till: Till) -> None:
    services = till.program.services
    expected = services.shifts.begin_count().float_amount
    services.shifts.close({1_000: expected // 1_000}, "đếm lại")
    till.program.counter.go.show("shift_open")
    till.hands.press("readyButton")
    assert ready(till).main == f"Mở ca {services.shifts.next_number}"
    till.hands.key(Qt.Key.Key_F12)
    assert till.screen == "shift_open"
    till.hands.press("readyButton")
    till.hands.key(Qt.Key.Key_Escape)
    assert till.screen == "shift_open"


def test_a_scan_proves_the_scanner(till: Till) -> None:
    till.program.counter.go.show("ready")
    devices = {line.name: line for line in ready(till).devices}
    assert devices["scanner"].kind == "quiet"
    Pilot.scan(till.hands, till.goods()[0])  # key by key, through the filter
    devices = {line.name: line for line in ready(till).devices}
    assert (devices["scanner"].kind, till.lines) == ("ok", ())
