"""Lists change only the rows that differ and keep one row open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.painting import Span
from ui.widgets.cart_rows import CartRow, CartRowDelegate, TileFace
from ui.widgets.row_list import RowDelegate, RowList
from ui.widgets.row_pictures import MOST, RowPictures


@dataclass(frozen=True, slots=True)
class Line:
    key: str
    words: str = ""

    @property
    def spoken(self) -> str:
        return self.words


class Painted(RowDelegate[Line]):
    height = 64

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[str] = []

    def paint_row(self, painter: QPainter, area: QRect, row: Line, selected: bool) -> None:
        self.painted.append(row.key)


class Opened(QLabel):
    def __init__(self, row: Line) -> None:
        super().__init__(row.words)
        self.setFixedHeight(153)

    def show_row(self, row: Line) -> None:
        self.setText(row.words)


@pytest.fixture
def rows(qtbot: QtBot) -> RowList:
    made = RowList(Painted(), name="rows", spoken="Dòng", open_row=Opened)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def changes(rows: RowList) -> list[str]:
    seen: list[str] = []
    model = rows.model()
    model.rowsInserted.connect(lambda _parent, first, _last: seen.append(f"+{first}"))
    model.rowsRemoved.connect(lambda _parent, first, _last: seen.append(f"-{first}"))
    model.dataChanged.connect(lambda first, _last, _roles: seen.append(f"~{first.row()}"))
    model.modelReset.connect(lambda: seen.append("reset"))
    return seen


def keys(rows: RowList) -> str:
    return "".join(row.key for row in rows.rows())


def test_a_new_last_row_is_one_insertion(rows: RowList) -> None:
    rows.show_rows([Line("a"), Line("b")])
    seen = changes(rows)
    rows.show_rows([Line("a"), Line("b"), Line("c")])
    assert seen == ["+2"]


def test_a_changed_row_is_one_change(rows: RowList) -> None:
    rows.show_rows([Line("a"), Line("b", "1")])
    seen = changes(rows)
    rows.show_rows([Line("a"), Line("b", "2")])
    assert seen == ["~1"]


def test_the_same_rows_change_nothing(rows: RowList) -> None:
    rows.show_rows([Line("a"), Line("b")])
    seen = changes(rows)
    rows.show_rows([Line("a"), Line("b")])
    assert seen == []


def test_a_removed_row_is_one_removal(rows: RowList) -> None:
    rows.show_rows([Line("a"), Line("b"), Line("c")])
    seen = changes(rows)
    rows.show_rows([Line("a"), Line("c")])
    assert seen == ["-1"]


@pytest.mark.parametrize("after", ["cba", "", "dxa", "bac", "cab", "abcd", "zabc"])
def test_any_order_is_reached(rows: RowList, after: str) -> None:
    rows.show_rows([Line(key) for key in "abc"])
    rows.show_rows([Line(key) for key in after])
    assert keys(rows) == after


def test_the_open_row_is_as_high_as_its_widget(rows: RowList) -> None:
    rows.show_rows([Line("a"), Line("b")], current="b", open_key="b")
    index = rows.model().index(1, 0)
    assert rows.visualRect(index).height() == 153
    assert isinstance(rows.indexWidget(index), Opened)


def test_only_one_row_is_open(rows: RowList) -> None:
    rows.show_rows([Line("a"), Line("b")], open_key="a")
    rows.show_rows([Line("a"), Line("b")], open_key="b")
    assert rows.indexWidget(rows.model().index(0, 0)) is None
    assert rows.visualRect(rows.model().index(0, 0)).height() == 64


def test_a_change_of_the_open_row_keeps_its_widget(rows: RowList) -> None:
    rows.show_rows([Line("a", "1")], open_key="a")
    before = rows.open_widget()
    rows.show_rows([Line("a", "2")], open_key="a")
    assert rows.open_widget() is before
    assert isinstance(before, Opened)
    assert before.text() == "2"


def test_removing_the_open_row_takes_its_widget_along(rows: RowList, qtbot: QtBot) -> None:
    rows.show_rows([Line("a"), Line("b")], open_key="b")
    rows.show_rows([Line("a")])
    assert rows.open_widget() is None


def test_an_open_row_stays_open_when_rows_come_before_it(rows: RowList) -> None:
    rows.show_rows([Line("b")], open_key="b")
    rows.show_rows([Line("a"), Line("b")], open_key="b")
    assert isinstance(rows.indexWidget(rows.model().index(1, 0)), Opened)


def test_arrows_ask_for_the_next_row(rows: RowList, qtbot: QtBot) -> None:
    rows.show_rows([Line("a"), Line("b")], current="a")
    with qtbot.waitSignal(rows.row_pressed, timeout=1000) as seen:
        qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert seen.args == ["b"]


def test_a_press_names_the_row(rows: RowList, qtbot: QtBot) -> None:
    rows.show_rows([Line("a"), Line("b")])
    spot = rows.visualRect(rows.model().index(1, 0)).center()
    viewport: QWidget = rows.viewport()
    with qtbot.waitSignal(rows.row_pressed, timeout=1000) as seen:
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=spot)
    assert seen.args == ["b"]


def pictured(rows: RowList) -> Painted:
    delegate = rows.itemDelegate()
    assert isinstance(delegate, Painted)
    delegate.pictures = RowPictures()
    return delegate


def test_a_closed_row_is_written_once_however_often_it_is_painted(rows: RowList) -> None:
    delegate = pictured(rows)
    rows.show_rows([Line("1"), Line("2")], "2")
    rows.grab()
    delegate.painted.clear()
    rows.grab()
    assert delegate.painted == ["2"]


def test_a_row_with_other_words_is_written_again(rows: RowList) -> None:
    delegate = pictured(rows)
    rows.show_rows([Line("1"), Line("2")], "2")
    rows.grab()
    delegate.painted.clear()
    rows.show_rows([Line("1", "dear"), Line("2")], "2")
    rows._motion.stop()
    rows._fade(0.0)
    rows.grab()
    assert "1" in delegate.painted


def on_the_surface(rows: RowList) -> QImage:
    image = QImage(600, 400, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(theme.colour("surface"))
    rows.viewport().render(image)
    return image


def test_a_picture_looks_as_the_row_does(qtbot: QtBot) -> None:
    delegate = CartRowDelegate()
    rows = RowList(delegate, name="rows", spoken="Dòng")
    qtbot.addWidget(rows)
    rows.resize(600, 400)
    tile, second = TileFace("#AA3344", "38", ""), (Span("Đen · size 38"), Span(" −5%", "accent-ink"))
    rows.show_rows(
        [CartRow(key, tile, "Giày búp bê", second, "1", "495.000", "470.250", "495.000") for key in "12"], "2"
    )
    with_pictures = on_the_surface(rows)
    delegate.pictures = None
    assert on_the_surface(rows) == with_pictures


def _noted(painted: list[str], key: str, _painter: QPainter, _area: QRect) -> None:
    painted.append(key)


def test_only_the_newest_pictures_are_kept(qapp: object) -> None:
    pictures = RowPictures()
    painted: list[str] = []
    for number in (*range(MOST + 1), MOST, 0):
        key = str(number)
        pictures.of(key, Line(key), QSize(10, 10), 1.0, partial(_noted, painted, key))
    assert painted == [*(str(number) for number in range(MOST + 1)), "0"]


def test_another_theme_needs_other_pictures(qapp: QApplication) -> None:
    pictures = RowPictures()
    painted: list[bool] = []
    for mode in ("light", "dark", "dark"):
        theme.apply(qapp, mode)
        pictures.of("1", Line("1"), QSize(10, 10), 1.0, lambda _on, _area: painted.append(theme.is_dark()))
    theme.apply(qapp, "light")
    assert painted == [False, True]
