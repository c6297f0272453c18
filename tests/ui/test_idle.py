"""How long nobody has touched the till."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ui.idle import Idle
from ui.scanner.wedge import Wedge


@dataclass
class Hours:
    """Time that a test moves, and a limit that a shop changes."""

    now: float = 1000.0
    limit: float = 180.0
    locked: int = 0
    idle: Idle = field(init=False)

    def __post_init__(self) -> None:
        self.idle = Idle(lambda: self.limit, lambda: self.now)
        self.idle.elapsed.connect(self._lock)

    def _lock(self) -> None:
        self.locked += 1

    def later(self, seconds: float) -> int:
        """So much later the timer looks; answers how often it has told."""
        self.now += seconds
        self.idle.look()
        return self.locked


@pytest.fixture
def hours(qapp: QApplication) -> Iterator[Hours]:
    made = Hours()
    made.idle.install(qapp)
    yield made
    made.idle.stop(qapp)


def test_it_tells_after_the_limit_and_not_before(hours: Hours) -> None:
    assert hours.later(179) == 0
    assert hours.later(1) == 1


def test_it_tells_again_only_after_another_limit(hours: Hours) -> None:
    hours.later(180)
    assert hours.later(100) == 1
    assert hours.later(80) == 2


def test_a_key_and_a_touch_begin_the_time_anew(hours: Hours, qtbot: QtBot) -> None:
    box = QLineEdit()
    qtbot.addWidget(box)
    hours.now += 170
    qtbot.keyClick(box, Qt.Key.Key_A)
    assert hours.later(170) == 0
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert hours.later(170) == 0
    assert hours.later(10) == 1


def test_the_touch_that_wakes_a_machine_after_days_only_locks(hours: Hours, qtbot: QtBot) -> None:
    box = QLineEdit()
    qtbot.addWidget(box)
    hours.now += 3 * 86_400
    qtbot.keyClick(box, Qt.Key.Key_A)
    assert (hours.locked, box.text()) == (1, "")
    qtbot.keyClick(box, Qt.Key.Key_B)
    assert (hours.locked, box.text()) == (1, "b")


def test_a_scan_that_the_wedge_holds_back_counts(hours: Hours, qtbot: QtBot, qapp: QApplication) -> None:
    box = QLineEdit()
    qtbot.addWidget(box)
    box.show()
    wedge = Wedge()
    hours.idle.stop(qapp)
    wedge.install(qapp)
    hours.idle.install(qapp)
    hours.now += 170
    qtbot.keyClicks(box, "8935001234567")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qapp.removeEventFilter(wedge)
    assert box.text() == ""
    assert hours.later(170) == 0


def test_a_scanner_on_a_port_is_heard_by_a_call(hours: Hours) -> None:
    hours.now += 170
    hours.idle.touched()
    assert hours.later(170) == 0


def test_a_new_limit_of_the_shop_counts_at_once(hours: Hours) -> None:
    hours.later(100)
    hours.limit = 60
    assert hours.later(0) == 1


def test_zero_is_never(hours: Hours) -> None:
    hours.limit = 0
    assert hours.later(100_000) == 0


def test_the_timer_itself_looks(qtbot: QtBot, qapp: QApplication) -> None:
    idle = Idle(lambda: 0.06)
    with qtbot.waitSignal(idle.elapsed, timeout=2000):
        idle.install(qapp)
    idle.stop(qapp)
