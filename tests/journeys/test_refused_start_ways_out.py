"""A start that finds damage offers the one way out that there is, and nothing where there is none."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos_app.bootstrap.refused_start import RefusedStart, way_out
from pos_app.domain.errors import DatabaseTooNew, DatabaseUnreadable, KeysLost, NoSpareEpoch, PosError
from pos_app.text import use_language


@pytest.fixture(autouse=True)
def _vietnamese() -> None:
    use_language("vi")


def test_damage_can_be_mended_by_one_press(qtbot: QtBot) -> None:
    window = RefusedStart(DatabaseUnreadable(file="till.db"))
    qtbot.addWidget(window)
    window.show()
    assert window.way_out_button.isVisible()
    window.way_out_button.click()
    assert window.is_accepted
    assert not window.isVisible()


@pytest.mark.parametrize("error", [KeysLost(file="till.db"), NoSpareEpoch(file="till.db")])
def test_f9_takes_the_way_out_and_enter_nothing(qtbot: QtBot, error: PosError) -> None:
    window = RefusedStart(error)
    qtbot.addWidget(window)
    window.show()
    qtbot.keyClick(window, Qt.Key.Key_Return)
    assert window.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.is_accepted


def test_closing_mends_nothing(qtbot: QtBot) -> None:
    window = RefusedStart(KeysLost(file="till.db"))
    qtbot.addWidget(window)
    window.show()
    window.close_button.click()
    assert not window.is_accepted


def test_a_newer_file_has_no_way_out_here(qtbot: QtBot) -> None:
    window = RefusedStart(DatabaseTooNew(file="till.db", found="9999", known="0003"))
    qtbot.addWidget(window)
    window.show()
    assert not window.way_out_button.isVisible()
    assert way_out(DatabaseUnreadable(file="store-1.db")) == ""
