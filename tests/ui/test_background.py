"""Loops and work beside the screen."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QThread
from pytestqt.qtbot import QtBot

from ui.background import LoopThread, Overdue, once


def test_a_loop_steps_and_reports(qtbot: QtBot) -> None:
    loop = LoopThread(lambda: "report", 60, name="sync")
    with qtbot.waitSignal(loop.stepped, timeout=3000) as seen:
        loop.start()
    assert seen.args == ["report"]
    assert loop.stop()


def test_a_loop_wakes_at_once(qtbot: QtBot) -> None:
    steps: list[int] = []
    loop = LoopThread(lambda: steps.append(1), 600, name="sync")
    with qtbot.waitSignal(loop.stepped, timeout=3000):
        loop.start()
    with qtbot.waitSignal(loop.stepped, timeout=3000):
        loop.wake()
    assert loop.stop()
    assert len(steps) == 2


@pytest.mark.expects_log("ui.background", "the step fails")
def test_a_loop_goes_on_after_an_error_and_logs_it_once(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise OSError("printer gone")

    loop = LoopThread(broken, 600, name="printing")
    with qtbot.waitSignal(loop.failed, timeout=3000) as seen:
        loop.start()
    with qtbot.waitSignal(loop.failed, timeout=3000):
        loop.wake()
    assert loop.stop()
    assert isinstance(seen.args[0], OSError)
    assert len([record for record in caplog.records if "a step failed" in record.message]) == 1


def test_once_gives_its_result_on_the_gui_thread(qtbot: QtBot) -> None:
    seen: list[tuple[object, object, bool]] = []

    def done(result: object, error: object) -> None:
        on_gui = QThread.currentThread() is QCoreApplication.instance().thread()  # type: ignore[union-attr]
        seen.append((result, error, on_gui))

    once(lambda: 7, 5, done)
    qtbot.waitUntil(lambda: bool(seen), timeout=3000)
    assert seen == [(7, None, True)]


def test_once_hands_over_an_error(qtbot: QtBot) -> None:
    seen: list[object] = []

    def broken() -> int:
        raise ValueError("no code")

    once(broken, 5, lambda result, error: seen.append(error))
    qtbot.waitUntil(lambda: bool(seen), timeout=3000)
    assert isinstance(seen[0], ValueError)


def test_once_is_overdue_at_its_deadline_and_its_late_result_is_dropped(qtbot: QtBot) -> None:
    seen: list[tuple[object, object]] = []
    gate = threading.Event()

    def slow() -> str:
        gate.wait(5)
        return "late"

    work = once(slow, 0.02, lambda result, error: seen.append((result, error)))
    qtbot.waitUntil(lambda: bool(seen), timeout=3000)
    with qtbot.waitSignal(work.settled, timeout=3000):
        gate.set()
    assert len(seen) == 1
    assert isinstance(seen[0][1], Overdue)


def test_a_cancelled_once_says_nothing(qtbot: QtBot) -> None:
    seen: list[object] = []
    gate = threading.Event()
    work = once(lambda: gate.wait(5), 5, lambda result, error: seen.append(result))
    work.cancel()
    with qtbot.waitSignal(work.settled, timeout=3000):
        gate.set()
    assert seen == []
