"""Pasted and dropped things become scans."""

from __future__ import annotations

from pathlib import Path

import segno
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ui.scanner.pasted import Pasted


def picture(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "code.png"
    segno.make(text, error="m").save(str(path), scale=6, border=4)
    return path


def test_a_pasted_picture_is_decoded(tmp_path: Path, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setImageData(QImage(str(picture(tmp_path, "MN-48207"))))
    pasted = Pasted()
    with qtbot.waitSignal(pasted.scanned, timeout=8000) as seen:
        pasted.take(mime)
    assert seen.args == ["MN-48207"]


def test_a_dropped_file_is_decoded(tmp_path: Path, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(picture(tmp_path, "8935049500147")))])
    pasted = Pasted()
    with qtbot.waitSignal(pasted.scanned, timeout=8000) as seen:
        pasted.take(mime)
    assert seen.args == ["8935049500147"]


def test_pasted_text_is_a_scan(qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setText("  QX1ABC \n")
    pasted = Pasted()
    with qtbot.waitSignal(pasted.scanned, timeout=1000) as seen:
        pasted.take(mime)
    assert seen.args == ["QX1ABC"]


def test_a_picture_without_a_code_is_told(qtbot: QtBot) -> None:
    image = QImage(80, 80, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    mime = QMimeData()
    mime.setImageData(image)
    pasted = Pasted()
    with qtbot.waitSignal(pasted.nothing_found, timeout=15000):
        pasted.take(mime)


def test_a_file_that_is_no_picture_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "notes.png"
    path.write_bytes(b"not a picture")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    pasted = Pasted()
    with qtbot.waitSignal(pasted.nothing_found, timeout=8000):
        pasted.take(mime)
