"""A scan anywhere never lands in the focused field; typing does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.scanner.wedge import Wedge

CODE = "8935049500147"


class Bench:
    """A window with a field and a button, a wedge, and a clock that the test turns."""

    def __init__(self, app: QApplication, qtbot: QtBot) -> None:
        self.now = 1000
        self.app = app
        self.wedge = Wedge(lambda: self.now)
        self.wedge.install(app)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        column = QVBoxLayout(self.window)
        self.field, self.button = QLineEdit(), QPushButton("Xóa")
        self.button.setAutoDefault(True)
        column.addWidget(self.field)
        column.addWidget(self.button)
        self.scans: list[str] = []
        self.garbled: list[str] = []
        self.presses: list[bool] = []
        self.wedge.scanned.connect(self.scans.append)
        self.wedge.garbled.connect(self.garbled.append)
        self.button.clicked.connect(lambda: self.presses.append(True))
        self.window.show()
        self.field.setFocus()

    def key(self, char: str, gap: int, target: QWidget | None = None, stamp: int = 0) -> None:
        """Handled `gap` ms after the one before; the system saw it at `stamp`, 0 for a program's own."""
        self.now += gap
        special = {"\r": Qt.Key.Key_Return, "\b": Qt.Key.Key_Backspace, "\t": Qt.Key.Key_Tab}
        code = special.get(char, Qt.Key(ord(char.upper())) if char.isascii() else Qt.Key.Key_unknown)
        event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, char)
        event.setTimestamp(stamp)
        QApplication.sendEvent(target or self.field, event)

    def burst(self, text: str, gap: int = 8, target: QWidget | None = None) -> None:
        for char in text:
            self.key(char, gap, target)

    def wait(self, milliseconds: int) -> None:
        self.now += milliseconds
        self.wedge.idle()


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(qapp, qtbot)
    yield made
    qapp.removeEventFilter(made.wedge)


def test_a_scan_is_emitted_and_does_not_land_in_the_focused_field(bench: Bench) -> None:
    bench.burst(CODE + "\r")
    assert bench.scans == [CODE]
    assert bench.field.text() == ""


def test_a_scan_without_a_terminator_ends_by_silence(bench: Bench) -> None:
    bench.burst(CODE)
    bench.wait(120)
    assert bench.scans == [CODE]
    assert bench.field.text() == ""


def test_the_enter_of_a_scan_presses_no_button(bench: Bench) -> None:
    bench.burst(CODE + "\r", target=bench.button)
    assert bench.presses == []
    assert bench.scans == [CODE]


def test_the_blank_inside_a_scan_presses_no_button(bench: Bench) -> None:
    bench.burst("AB 123456\r", target=bench.button)
    assert bench.presses == []
    assert bench.scans == ["AB 123456"]


def test_typing_reaches_the_field(bench: Bench) -> None:
    bench.burst("giay 38", gap=180)
    bench.wait(120)
    assert bench.field.text() == "giay 38"
    assert bench.scans == []


def test_fast_typing_of_a_short_word_reaches_the_field(bench: Bench) -> None:
    bench.burst("tui", gap=20)
    bench.wait(120)
    assert bench.field.text() == "tui"


def test_typing_then_enter_reaches_the_field_in_order(bench: Bench) -> None:
    entered: list[str] = []
    bench.field.returnPressed.connect(lambda: entered.append(bench.field.text()))
    bench.burst("abc", gap=150)
    bench.key("\r", 150)
    bench.wait(120)
    assert entered == ["abc"]


def test_a_scan_after_typing_leaves_the_typed_text_alone(bench: Bench) -> None:
    bench.burst("ti", gap=150)
    bench.wait(200)
    bench.burst(CODE + "\r")
    assert bench.field.text() == "ti"
    assert bench.scans == [CODE]


def test_a_scan_right_behind_a_slow_key_keeps_both(bench: Bench) -> None:
    bench.key("t", 150)
    bench.now += 90
    bench.burst(CODE + "\r")
    assert bench.field.text() == "t"
    assert bench.scans == [CODE]


def test_vietnamese_letters_inside_a_burst_are_called_garbled(bench: Bench) -> None:
    bench.burst("QX1â0ư234567\r")
    assert bench.garbled == ["QX1â0ư234567"]
    assert bench.scans == []
    assert bench.field.text() == ""


def test_a_backspace_inside_a_burst_is_called_garbled(bench: Bench) -> None:
    bench.burst("QX1AA\bÂ0234567\r")
    assert len(bench.garbled) == 1
    assert bench.scans == []


def test_a_shortcut_is_left_alone(bench: Bench) -> None:
    bench.field.setText("x")
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, "\x01")
    QApplication.sendEvent(bench.field, event)
    assert bench.field.selectedText() == "x"


def test_space_still_presses_the_focused_button_once(bench: Bench) -> None:
    bench.key(" ", 300, bench.button)
    release = QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ")
    QApplication.sendEvent(bench.button, release)
    bench.wait(120)
    assert len(bench.presses) == 1


def test_a_letter_inside_a_burst_is_no_shortcut(bench: Bench) -> None:
    bench.burst("89350")
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_P, Qt.KeyboardModifier.NoModifier, "p")
    override.ignore()
    QApplication.sendEvent(bench.field, override)
    assert override.isAccepted()


def test_two_scans_one_after_the_other_are_two(bench: Bench) -> None:
    bench.burst(CODE + "\r")
    bench.now += 30
    bench.burst("MN-48207-X\r")
    assert bench.scans == [CODE, "MN-48207-X"]


def test_a_field_closed_before_the_replay_is_no_trouble(bench: Bench) -> None:
    bench.burst("ab", gap=20)
    bench.field.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    bench.wait(120)
    assert bench.scans == []


def test_a_machine_that_stands_still_does_not_split_a_scan(bench: Bench) -> None:
    for place, char in enumerate(CODE + "\r"):
        bench.key(char, 900 if place == 5 else 1, stamp=70_000 + 8 * place)
    assert (bench.scans, bench.field.text()) == ([CODE], "")


def test_slow_typing_handled_all_at_once_is_no_scan(bench: Bench) -> None:
    for place, char in enumerate("aothunden"):
        bench.key(char, 1, stamp=70_000 + 180 * place)
    bench.wait(120)
    assert (bench.scans, bench.field.text()) == ([], "aothunden")


def test_system_times_that_begin_anew_leave_a_scan_whole(bench: Bench) -> None:
    for place, char in enumerate(CODE + "\r"):
        bench.key(char, 8, stamp=4_294_967_290 + 8 * place if place < 1 else 8 * place)
    assert bench.scans == [CODE]


def test_keys_with_and_without_system_times_make_one_scan(bench: Bench) -> None:
    for place, char in enumerate(CODE + "\r"):
        bench.key(char, 8, stamp=70_000 + 8 * place if place % 3 else 0)
    assert bench.scans == [CODE]


def test_keys_waiting_in_the_queue_are_heard_before_silence_is_judged(bench: Bench, qtbot: QtBot) -> None:
    silence, last_call = (bench.wedge.findChild(QTimer, name) for name in ("wedgeSilence", "wedgeLastCall"))
    assert isinstance(silence, QTimer)
    assert isinstance(last_call, QTimer)
    for place, char in enumerate(CODE[:7]):
        bench.key(char, 8, stamp=70_000 + 8 * place)
    bench.now += 500
    silence.timeout.emit()  # the loop turned late and saw the timer first
    for place, char in enumerate(CODE[7:] + "\r", 7):
        bench.key(char, 0, stamp=70_000 + 8 * place)
    with qtbot.waitSignal(last_call.timeout):
        pass
    assert (bench.scans, bench.field.text()) == ([CODE], "")
