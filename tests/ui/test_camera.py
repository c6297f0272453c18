"""Scanning with the camera: pictures in, one text out, and clear words when there is none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pos_app.scanning.decode import Decoded
from tests.support import pictures
from ui.camera.agreement import Agreement
from ui.camera.dialog import NAME, CameraDialog, codes_in, open_camera
from ui.camera.presenter import TROUBLES
from ui.camera.source import FrameSource, PictureSource
from ui.camera.video import VideoSource

EAN = "8935049500148"
QX1 = "QX1.NT02.000147.K7QF3M"


def on_a_table(code: Image.Image) -> Image.Image:
    table = Image.new("L", (1280, 720), 170)
    table.paste(code, ((1280 - code.width) // 2, (720 - code.height) // 2))
    return table


class Bench:
    """A window with a field, and the sheet over it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.folder = folder
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.field = QLineEdit(self.window)
        self.window.show()
        self.field.setFocus()
        self.scans: list[str] = []

    def open(self, source: FrameSource) -> CameraDialog:
        return open_camera(self.window, self._scanned, source)

    def sees(self, *codes: Image.Image) -> PictureSource:
        paths = []
        for number, code in enumerate(codes):
            paths.append(self.folder / f"frame-{number}.png")
            on_a_table(code).save(paths[-1])
        return PictureSource(paths, interval_ms=5)

    def is_open(self) -> bool:
        return self.window.findChild(CameraDialog, NAME) is not None

    def _scanned(self, text: str) -> None:
        assert not self.is_open()
        self.scans.append(text)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Bench:
    return Bench(qtbot, tmp_path)


class Broken(FrameSource):
    """Fails for a reason, as often as it is started."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason
        self.starts = 0

    def start(self) -> None:
        self.starts += 1
        self.failed.emit(self.reason)

    def stop(self) -> None:
        """Nothing runs."""


# --- which reading is believed
def stripes(text: str = EAN) -> Sequence[Decoded]:
    return [Decoded(text, "EAN13")]


def test_stripes_are_believed_when_two_frames_agree() -> None:
    agreement = Agreement()
    assert agreement.add(stripes()) is None
    assert agreement.add(stripes()) == EAN


def test_a_misread_frame_and_an_empty_one_in_between_do_no_harm() -> None:
    agreement = Agreement()
    assert agreement.add(stripes()) is None
    assert agreement.add([]) is None
    assert agreement.add(stripes("8935049500154")) is None
    assert agreement.add(stripes()) == EAN


def test_frames_that_never_agree_give_nothing() -> None:
    agreement = Agreement()
    assert [agreement.add(stripes(f"{number:013}")) for number in range(20)] == [None] * 20


def test_a_qr_is_believed_at_once() -> None:
    assert Agreement().add([Decoded(QX1, "QR")]) == QX1


# --- the sheet
def test_a_qr_before_the_camera_is_a_scan_and_closes_the_sheet(bench: Bench, qtbot: QtBot) -> None:
    bench.open(bench.sees(pictures.qr(QX1, scale=6)))
    qtbot.waitUntil(lambda: bench.scans == [QX1], timeout=10_000)
    assert not bench.is_open()
    assert bench.field.hasFocus()


def test_stripes_before_the_camera_are_one_scan(bench: Bench, qtbot: QtBot) -> None:
    bench.open(bench.sees(pictures.ean13(EAN, module=4, height=200)))
    qtbot.waitUntil(lambda: bench.scans == [EAN], timeout=10_000)
    assert not bench.is_open()


def test_a_code_that_comes_late_is_still_seen(bench: Bench, qtbot: QtBot) -> None:
    nothing = Image.new("L", (300, 300), 255)
    bench.open(bench.sees(nothing, nothing, pictures.qr(QX1, scale=6)))
    qtbot.waitUntil(lambda: bench.scans == [QX1], timeout=15_000)


def test_esc_closes_the_sheet_and_stops_the_camera(bench: Bench, qtbot: QtBot) -> None:
    source = bench.sees(Image.new("L", (300, 300), 255))
    dialog = bench.open(source)
    with qtbot.waitSignal(source.frame):
        pass
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not bench.is_open()
    with qtbot.assertNotEmitted(source.frame, wait=30):
        pass
    assert bench.scans == []


def test_the_picture_is_shown_with_words_how_to_hold_the_code(bench: Bench, qtbot: QtBot) -> None:
    dialog = bench.open(bench.sees(Image.new("L", (300, 300), 255)))
    assert dialog.headline.text() == "Đang mở camera…"
    qtbot.waitUntil(lambda: dialog.headline.text() == "Đưa mã vào khung")
    dialog.close_dialog()


def test_a_window_that_goes_away_stops_the_camera(bench: Bench, qtbot: QtBot) -> None:
    source = bench.sees(pictures.qr(QX1, scale=6))
    bench.open(source)
    bench.window.hide()
    with qtbot.assertNotEmitted(source.frame, wait=30):
        pass
    assert bench.scans == []


def test_opening_it_twice_gives_one_sheet(bench: Bench) -> None:
    first = bench.open(Broken("busy"))
    assert bench.open(Broken("busy")) is first
    first.close_dialog()


# --- no camera
@pytest.mark.parametrize("reason", list(TROUBLES))
def test_each_trouble_has_its_words_and_a_second_try(bench: Bench, reason: str) -> None:
    source = Broken(reason)
    dialog = bench.open(source)
    assert dialog.headline.text() == TROUBLES[reason][0]
    dialog.again.click()
    assert source.starts == 2
    dialog.close_dialog()


def test_f9_tries_again(bench: Bench, qtbot: QtBot) -> None:
    source = Broken("busy")
    dialog = bench.open(source)
    qtbot.keyClick(dialog, Qt.Key.Key_F9)
    assert source.starts == 2
    dialog.close_dialog()


def test_without_pictures_there_is_no_camera(bench: Bench) -> None:
    dialog = bench.open(PictureSource(()))
    assert dialog.headline.text() == "Máy này không có camera"
    dialog.close_dialog()


@pytest.mark.skipif(any(Path("/dev").glob("video*")), reason="this machine has a camera")
def test_a_machine_without_a_camera_says_so(bench: Bench, qtbot: QtBot) -> None:
    dialog = open_camera(bench.window, bench.scans.append)
    assert dialog.headline.text() == "Máy này không có camera"
    dialog.close_dialog()


def test_a_machine_without_qt_multimedia_says_so(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    source = VideoSource()
    with qtbot.waitSignal(source.failed) as caught:
        source.start()
    assert caught.args == ["not_installed"]


def test_multimedia_is_not_loaded_before_the_camera_opens() -> None:
    program = "import sys, ui.camera.dialog; sys.exit('PySide6.QtMultimedia' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_frame_of_any_width_is_read(qapp: object) -> None:
    code = pictures.qr(QX1, scale=5)
    odd = Image.new("L", (code.width + 3, code.height), 255)  # rows of a QImage are padded to four bytes
    odd.paste(code, (0, 0))
    assert [one.text for one in codes_in(QImage.fromData(pictures.png(odd)))] == [QX1]
