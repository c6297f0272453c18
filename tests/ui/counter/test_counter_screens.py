"""The screens themselves: keys, presses and dialogs reach the presenter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from pos_app.services.approvals import ApprovalNeed, Granted
from tests.support import till_files
from tests.support.counter import CASHIER, MANAGER, PICKUP_PIN, PINS, Counter, badge_code, pickup_code, pin_of
from tests.support.desks import PickupDesk, ReturnDesk, pickup_desk, return_desk
from ui.approval.screen import ApprovalDialog, open_approval
from ui.approval.words import request
from ui.main_window import MainWindow
from ui.pickup.dialogs import CollectorDialog, PinDialog, RefuseDialog
from ui.pickup.pin_boxes import PinBoxes
from ui.pickup.rows import LineList
from ui.pickup.screen import PickupScreen
from ui.pickup.screen import connect as connect_pickup
from ui.returns.screen import ReturnScreen
from ui.returns.screen import connect as connect_return

SECOND = "8930000000026"
NEED = ApprovalNeed("return.over_limit", "return_cash", 903_000, 500_000, CASHIER)


@pytest.fixture
def pickup(qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow([PickupScreen()])
    yield from _shown(window, "pickup")


@pytest.fixture
def returns(qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow([ReturnScreen()])
    yield from _shown(window, "return")


def _shown(window: MainWindow, name: str) -> Iterator[MainWindow]:
    window.resize(1366, 768)
    window.show_screen(name)
    window.show()
    QTest.qWaitForWindowExposed(window)
    yield window
    window.allow_close()
    window.close()
    window.deleteLater()


def pickup_of(window: MainWindow, counter: Counter, **changes: object) -> PickupDesk:
    if changes:
        counter.till.feed("orders", {"48207": till_files.order(**changes)})
    desk = pickup_desk(counter)
    screen = window.page("pickup")
    assert isinstance(screen, PickupScreen)
    connect_pickup(screen, desk.presenter)

    def both(state: object) -> None:
        screen.show_state(state)  # type: ignore[arg-type]
        desk.keep(state)  # type: ignore[arg-type]

    desk.presenter.shown_by(both)
    desk.presenter.open(pickup_code())
    return desk


def return_of(window: MainWindow, counter: Counter) -> ReturnDesk:
    desk = return_desk(counter)
    screen = window.page("return")
    assert isinstance(screen, ReturnScreen)
    connect_return(screen, desk.presenter)

    def both(state: object) -> None:
        screen.show_state(state)  # type: ignore[arg-type]
        desk.keep(state)  # type: ignore[arg-type]

    desk.presenter.shown_by(both)
    desk.presenter.open(str(counter.till.sell().receipt_no))
    return desk


def child(window: QWidget, name: str) -> QAbstractButton:
    found = window.findChild(QAbstractButton, name)
    assert found is not None
    return found


# --- pick-up ----------------------------------------------------------------------------------
def test_a_scan_ticks_and_ctrl_z_unticks(pickup: MainWindow, counter: Counter) -> None:
    desk = pickup_of(pickup, counter)
    pickup.route_scan(SECOND)
    assert desk.marks() == ["open", "ticked"]
    assert pickup.route_key("Ctrl+Z")
    assert desk.marks() == ["open", "open"]


def test_f9_does_nothing_while_something_is_missing(pickup: MainWindow, counter: Counter) -> None:
    desk = pickup_of(pickup, counter)
    before = desk.state.answer
    assert pickup.route_key("F9")
    assert desk.state.answer == before
    assert not child(pickup, "pickupHandOver").isEnabled()


def test_pressing_the_ring_ticks_by_hand(pickup: MainWindow, counter: Counter) -> None:
    desk = pickup_of(pickup, counter)
    rows = pickup.findChild(LineList)
    assert rows is not None
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(36, 84 + 40))
    assert desk.marks() == ["open", "ticked"]


def test_arrows_choose_a_line_and_space_ticks_it(pickup: MainWindow, counter: Counter) -> None:
    desk = pickup_of(pickup, counter)
    box = pickup.page("pickup").scan_box
    assert box is not None
    QTest.keyClick(box, Qt.Key.Key_Down)
    rows = pickup.findChild(LineList)
    assert rows is not None
    assert rows.current_key() == "1"
    QTest.keyClick(rows, Qt.Key.Key_Space)
    assert desk.marks() == ["part", "open"]


def test_the_pin_is_typed_into_its_boxes(pickup: MainWindow, counter: Counter) -> None:
    desk = pickup_of(pickup, counter, pin=pin_of())
    boxes = pickup.findChild(PinBoxes, "pinBoxes")
    assert boxes is not None
    QTest.keyClicks(boxes, PICKUP_PIN)
    assert desk.state.column.pin is not None
    assert desk.state.column.pin.status == "ok"


def test_touching_the_boxes_opens_a_pad(pickup: MainWindow, counter: Counter) -> None:
    desk = pickup_of(pickup, counter, pin=pin_of())
    boxes = pickup.findChild(PinBoxes, "pinBoxes")
    assert boxes is not None
    QTest.mouseClick(boxes, Qt.MouseButton.LeftButton)
    dialog = pickup.dialog()
    assert isinstance(dialog, PinDialog)
    for digit in PICKUP_PIN:
        QTest.mouseClick(child(dialog, f"pad_{digit}"), Qt.MouseButton.LeftButton)
    assert desk.state.column.pin is not None
    assert desk.state.column.pin.status == "ok"
    assert pickup.dialog() is None


def test_a_line_is_refused_with_a_reason_in_its_dialog(pickup: MainWindow, counter: Counter) -> None:
    desk = pickup_of(pickup, counter)
    child(pickup, "key_refuse").click()
    dialog = pickup.dialog()
    assert isinstance(dialog, RefuseDialog)
    assert not dialog.accept.isEnabled()
    child(dialog, "refuse_2").click()
    dialog.choose_reason("faulty")
    dialog.accept.click()
    assert desk.marks() == ["open", "refused"]


def test_a_collector_needs_name_and_relation(pickup: MainWindow, counter: Counter) -> None:
    desk = pickup_of(pickup, counter)
    child(pickup, "key_collector").click()
    dialog = pickup.dialog()
    assert isinstance(dialog, CollectorDialog)
    dialog.field.edit.setText("Bình")
    assert not dialog.accept.isEnabled()
    dialog.choose_relation("family")
    QTest.keyClick(dialog, Qt.Key.Key_F9)
    assert desk.state.column.person is not None
    assert desk.state.column.person.collector == "Bình nhận thay · Người nhà"


def test_buying_along_says_why_it_cannot_be_pressed(pickup: MainWindow, counter: Counter) -> None:
    pickup_of(pickup, counter)
    button = child(pickup, "key_more")
    assert not button.isEnabled()
    assert "Chưa có ở bản này" in button.accessibleName()


# --- returns ----------------------------------------------------------------------------------
def test_the_check_box_opens_the_line_and_f9_gives_the_money_back(
    returns: MainWindow, counter: Counter
) -> None:
    desk = return_of(returns, counter)
    child(returns, "returnCheck_1").click()
    assert desk.state.rows[0].is_chosen
    assert returns.findChild(QWidget, "returnLine_1").height() == 125  # type: ignore[union-attr]
    desk.presenter.set_reason("1", "wrong_size")
    assert child(returns, "refundConfirm").isEnabled()
    assert returns.route_key("F9")
    assert desk.state.view == "done"


def test_esc_leaves_the_receipt_then_the_screen(returns: MainWindow, counter: Counter) -> None:
    desk = return_of(returns, counter)
    returns.route_key("Esc")
    assert desk.state.view == "entry"
    returns.route_key("Esc")
    assert desk.led.names == ["sell"]


# --- approval ---------------------------------------------------------------------------------
def asked(window: MainWindow, counter: Counter, granted: list[Granted], refused: list[str]) -> ApprovalDialog:
    person = counter.session.require_person()
    return open_approval(
        window,
        request(NEED, "d" * 64, person, "16:21", amount=903_000),
        counter.approvals,
        granted.append,
        lambda: refused.append("no"),
        badge=counter.sign_in.badge,
    )


def test_six_digits_and_enter_grant(returns: MainWindow, counter: Counter, qtbot: QtBot) -> None:
    granted: list[Granted] = []
    dialog = asked(returns, counter, granted, [])
    QTest.keyClicks(dialog.dots, PINS[MANAGER])
    assert dialog.accept.isEnabled()
    QTest.keyClick(dialog.dots, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(granted))
    assert granted[0].approval.by == MANAGER
    assert returns.dialog() is None


def test_a_wrong_pin_empties_the_dots_and_takes_digits_again(
    returns: MainWindow, counter: Counter, qtbot: QtBot
) -> None:
    dialog = asked(returns, counter, [], [])
    QTest.keyClicks(dialog.dots, "000000")
    QTest.keyClick(dialog.dots, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.dots.isEnabled() and dialog.dots.text() == "")
    assert dialog.dots.hasFocus()
    assert returns.dialog() is dialog


def test_esc_refuses(returns: MainWindow, counter: Counter) -> None:
    refused: list[str] = []
    dialog = asked(returns, counter, [], refused)
    QTest.keyClick(dialog.dots, Qt.Key.Key_Escape)
    assert refused == ["no"]
    assert returns.dialog() is None


def test_a_badge_scanned_over_the_dialog_chooses_the_person(returns: MainWindow, counter: Counter) -> None:
    dialog = asked(returns, counter, [], [])
    returns.route_scan(badge_code())
    hint = dialog.findChild(QWidget, "approvalHint")
    assert hint is not None
    assert "Đã nhận thẻ" in hint.text()  # type: ignore[attr-defined]
