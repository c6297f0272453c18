"""Scans and keys reach the screen on top, and the scan box gets the focus back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout
from pytestqt.qtbot import QtBot

from ui.dialogs import Question, ReasonQuestion, ask, tell
from ui.main_window import MainWindow
from ui.screen import Screen
from ui.widgets.button import Button
from ui.widgets.frames import DecisionColumn
from ui.widgets.scan_box import ScanBox


class Page(Screen):
    def __init__(self, name: str) -> None:
        type(self).name = name
        super().__init__()
        column = QVBoxLayout(self)
        self.use_scan_box(ScanBox())
        assert self.scan_box is not None
        column.addWidget(self.scan_box)
        self.button = Button("Xóa dòng", "remove", name="removeLine", key="Del")
        column.addWidget(self.button)
        self.column = DecisionColumn()
        column.addWidget(self.column)
        self.keys: list[str] = []
        self.scans: list[str] = []
        self.scan_entered.connect(self.scans.append)

    def key(self, name: str) -> bool:
        self.keys.append(name)
        return name != "F1"


class Sell(Page):
    pass


class Pay(Page):
    pass


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow([Sell("sell"), Pay("pay")])
    made.allow_close()
    qtbot.addWidget(made)
    made.show()
    made.show_screen("sell")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=2000)
    return made


def page(window: MainWindow) -> Page:
    screen = window.current()
    assert isinstance(screen, Page)
    return screen


def test_a_scan_reaches_the_screen_on_top_only(window: MainWindow) -> None:
    window.show_screen("pay")
    window.route_scan("8935049500147")
    assert page(window).scans == ["8935049500147"]
    assert window.page("sell").scans == []  # type: ignore[attr-defined]


def test_a_typed_code_is_sent_with_enter_and_the_box_is_empty_again(window: MainWindow, qtbot: QtBot) -> None:
    box = page(window).scan_box
    assert box is not None
    qtbot.keyClicks(box, " MN-48207 ")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert page(window).scans == ["MN-48207"]
    assert box.text() == ""


@pytest.mark.parametrize(
    ("key", "name"),
    [(Qt.Key.Key_F9, "F9"), (Qt.Key.Key_F2, "F2"), (Qt.Key.Key_Escape, "Esc"), (Qt.Key.Key_F12, "F12")],
)
def test_keys_reach_the_screen_on_top(window: MainWindow, qtbot: QtBot, key: Qt.Key, name: str) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key)
    assert page(window).keys == [name]


def test_control_keys_reach_the_screen(window: MainWindow, qtbot: QtBot) -> None:
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert page(window).keys == ["Ctrl+P"]


def test_ctrl_l_asks_for_the_lock_from_anywhere(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.lock_asked, timeout=1000):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert page(window).keys == []


def test_a_key_nobody_used_is_told(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.key_unused, timeout=1000) as seen:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    assert seen.args == ["F1"]


def test_after_an_act_the_scan_box_has_the_focus_again(window: MainWindow) -> None:
    page(window).button.setFocus()
    window.route_key("F9")
    assert QApplication.focusWidget() is page(window).scan_box


def test_a_click_leaves_the_focus_in_the_scan_box(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(page(window).button, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is page(window).scan_box


def test_enter_never_presses_a_button(window: MainWindow, qtbot: QtBot) -> None:
    presses: list[bool] = []
    page(window).button.clicked.connect(lambda: presses.append(True))
    page(window).button.setFocus()
    qtbot.keyClick(page(window).button, Qt.Key.Key_Return)
    assert presses == []


def test_wide_windows_have_a_wider_decision_column(window: MainWindow) -> None:
    assert page(window).column.width() == 376
    window.resize(1920, 1080)
    assert page(window).column.width() == 440


def test_a_dialog_takes_keys_and_scans_away_from_the_screen(window: MainWindow, qtbot: QtBot) -> None:
    ask(window, Question("Xóa giỏ?", "6 dòng sẽ mất.", "Xóa giỏ"), lambda: None)
    window.route_scan("8935049500147")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F2)
    assert page(window).scans == []
    assert page(window).keys == []


def test_escape_closes_a_dialog_and_loses_nothing(window: MainWindow, qtbot: QtBot) -> None:
    accepted: list[int] = []
    ask(window, Question("Xóa giỏ?", "6 dòng sẽ mất.", "Xóa giỏ"), lambda: accepted.append(1))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.dialog() is None
    assert accepted == []
    assert QApplication.focusWidget() is page(window).scan_box


def test_a_question_is_accepted_by_its_key_and_not_by_enter(window: MainWindow, qtbot: QtBot) -> None:
    accepted: list[int] = []
    ask(window, Question("Xóa giỏ?", "6 dòng sẽ mất.", "Xóa giỏ"), lambda: accepted.append(1))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert accepted == []
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F9)
    assert accepted == [1]


def test_a_reason_must_be_written_before_it_may_be_accepted(window: MainWindow, qtbot: QtBot) -> None:
    question = ReasonQuestion("Hủy hóa đơn?", "Cần lý do.", "Hủy hóa đơn")
    question.open_over(window)
    assert not question.accept.isEnabled()
    question.explanation.setPlainText("Khách đổi ý")
    assert question.accept.isEnabled()
    assert question.reason() == "Khách đổi ý"
    question.close_dialog()


def test_tab_stays_inside_a_dialog(window: MainWindow, qtbot: QtBot) -> None:
    dialog = ask(window, Question("Xóa giỏ?", "6 dòng sẽ mất.", "Xóa giỏ"), lambda: None)
    for _press in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert dialog.isAncestorOf(QApplication.focusWidget())
    dialog.close_dialog()


def test_a_notice_covers_the_whole_window(window: MainWindow) -> None:
    notice = tell(window, "Ổ đĩa đầy, chưa ghi được", "Giỏ hàng vẫn còn.", code="disk_full")
    assert notice.size() == window.size()
    window.resize(1600, 900)
    assert notice.size() == window.size()
    notice.close_dialog()
