"""Qt's own words are in the language of the till; what we do not know stays as Qt has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from pos_app import text
from ui.qt_words import QtWords


@pytest.fixture(autouse=True)
def _words(qapp: QApplication) -> Iterator[None]:
    words = QtWords(qapp)
    qapp.installTranslator(words)
    yield
    qapp.removeTranslator(words)
    text.use_language("vi")


def test_a_file_dialog_speaks_vietnamese(qtbot: QtBot) -> None:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    qtbot.addWidget(dialog)
    dialog.show()
    labels = {label.text() for label in dialog.findChildren(QLabel)}
    buttons = {button.text() for box in dialog.findChildren(QDialogButtonBox) for button in box.buttons()}
    assert {"&Xem trong:", "Thư mục:"} <= labels
    assert buttons == {"&Chọn", "Bỏ qua"}


def test_in_english_they_are_qts_own(qtbot: QtBot) -> None:
    text.use_language("en")
    assert QCoreApplication.translate("QLineEdit", "Select All") == "Select all"


def test_what_is_not_ours_to_say_stays() -> None:
    assert QCoreApplication.translate("QFooBar", "Something else") == "Something else"
