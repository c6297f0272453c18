"""A scanner on a serial port: its codes arrive as scans, and it may come and go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pos_app.bootstrap.scanner import make_scanner
from pos_app.settings import Settings
from pos_app.storage.database import Database
from pos_app.storage.migrate import migrate
from pos_app.storage.status import StatusStore
from tests.support.pty_scanner import PtyScanner
from ui.scanner.serial import SerialReader, SerialScanner, open_reader

CODE = "QX1AA0EE5DD7OW9SALE10"
"""Letters that Telex and VNI would change."""


@pytest.fixture
def device(tmp_path: Path) -> Iterator[PtyScanner]:
    with PtyScanner(tmp_path) as made:
        yield made


class Bench:
    """A scanner on its thread, and what it told."""

    def __init__(self, reader: SerialReader) -> None:
        self.scans: list[str] = []
        self.told: list[tuple[str, str]] = []
        self.scanner = SerialScanner(reader, lambda state, reason: self.told.append((state, reason)))
        self.scanner.scanned.connect(self.scans.append)
        self.scanner.start()


@pytest.fixture
def bench(device: PtyScanner, qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(SerialReader(str(device.port), again_s=0.05))
    qtbot.waitUntil(lambda: made.told == [("ready", "")])
    yield made
    made.scanner.stop()


def test_a_code_arrives_as_a_scan(bench: Bench, device: PtyScanner, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bench.scanner.scanned) as caught:
        device.send("8935049500147")
    assert caught.args == ["8935049500147"]


def test_codes_keep_their_order(bench: Bench, device: PtyScanner, qtbot: QtBot) -> None:
    codes = [f"DH-2026-{number:06}" for number in range(20)]
    for code in codes:
        with qtbot.waitSignal(bench.scanner.scanned):
            device.send(code)
    assert bench.scans == codes


def test_a_scanner_without_an_end_is_heard(bench: Bench, device: PtyScanner, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bench.scanner.scanned) as caught:
        device.send(b"8935049500147")
    assert caught.args == ["8935049500147"]


def test_no_input_method_touches_a_code(bench: Bench, device: PtyScanner, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    QApplication.sendEvent(field, QInputMethodEvent("tiê", []))  # Unikey is in the middle of a word
    with qtbot.waitSignal(bench.scanner.scanned) as caught:
        device.send(CODE)
    assert caught.args == [CODE]
    assert field.text() == ""


def test_a_scanner_pulled_out_in_the_middle_comes_back_whole(
    bench: Bench, device: PtyScanner, qtbot: QtBot
) -> None:
    device.send(b"8935049")
    device.unplug()
    qtbot.waitUntil(lambda: bench.told[-1][0] == "trouble")
    bench.scans.clear()  # the half code, where the silence was longer than the pulling
    device.plug()
    qtbot.waitUntil(lambda: bench.told[-1] == ("ready", ""))
    with qtbot.waitSignal(bench.scanner.scanned):
        device.send(CODE)
    assert bench.scans == [CODE]


def test_trouble_is_told_once_per_change(bench: Bench, device: PtyScanner, qtbot: QtBot) -> None:
    device.unplug()
    qtbot.waitUntil(lambda: bench.told[-1] == ("trouble", "not_connected"))
    device.plug()
    qtbot.waitUntil(lambda: bench.told[-1] == ("ready", ""))
    states = [("ready", ""), ("trouble", "connection_lost"), ("trouble", "not_connected"), ("ready", "")]
    assert bench.told == states


def test_a_port_that_is_not_there_is_tried_now_and_then(tmp_path: Path) -> None:
    now = [0.0]
    reader = SerialReader(str(tmp_path / "ttyACM9"), clock=lambda: now[0])
    assert reader.run_once().trouble == "not_connected"
    with PtyScanner(tmp_path) as device:
        device.port.rename(tmp_path / "ttyACM9")
        device.port = tmp_path / "ttyACM9"
        assert reader.run_once().trouble == "not_connected"
        now[0] = 1.5
        assert reader.run_once().trouble == ""
        reader.close()


def test_a_port_held_by_another_program_is_busy(device: PtyScanner) -> None:
    first, second = open_reader(device.address), open_reader(device.address)
    assert first.run_once().trouble == ""
    assert second.run_once().trouble == "busy"
    first.close()


def test_the_status_row_says_how_the_scanner_is(tmp_path: Path, device: PtyScanner, qtbot: QtBot) -> None:
    database = Database(tmp_path / "till.db", b"k" * 32)
    migrate(database)
    status = StatusStore(database)
    scanner = make_scanner(Settings(tmp_path, scanner=device.address), status)
    assert scanner is not None
    with qtbot.waitSignal(scanner.changed):
        scanner.start()
    scanner.stop()
    assert status.get("scanner") == {"state": "ready", "reason": ""}
    database.dispose()


def test_a_till_without_such_a_scanner_forgets_the_trouble_of_a_former_one(tmp_path: Path) -> None:
    database = Database(tmp_path / "till.db", b"k" * 32)
    migrate(database)
    status = StatusStore(database)
    status.set("scanner", {"state": "trouble", "reason": "not_connected"})
    assert make_scanner(Settings(tmp_path), status) is None
    assert status.get("scanner") == {"state": "none", "reason": ""}
    database.dispose()
