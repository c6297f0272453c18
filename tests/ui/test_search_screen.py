from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from pos_app.storage.catalogue import CatalogueStore
from tests.support import till_files
from tests.support.counter import Counter, make_counter
from ui.main_window import MainWindow
from ui.search.connect import connect
from ui.search.matches import marked, typed_words
from ui.search.presenter import SearchPresenter
from ui.search.screen import SearchScreen
from ui.search.state import SearchState
from ui.search.ways import SearchServices, SearchWays
from ui.widgets.button import Button

PINK, BLACK = "#F1C0C0", "#101010"


def shoe(number: int, colour: str, size: str, **changes: Any) -> dict[str, Any]:
    body = till_files.product(
        f"SP1{number:05d}", "Giày búp bê nơ", 100 + number, style="GBB", colour=colour, size=size,
        colour_name={PINK: "Hồng phấn", BLACK: "Đen"}[colour], barcodes=[], sku=f"GBB-22{number}", variant="",
        shelf="C-07",
    )  # fmt: skip
    return body | changes


@dataclass
class SearchDesk:
    """The presenter over a real till, with what it handed on."""

    counter: Counter
    presenter: SearchPresenter
    handed: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def state(self) -> SearchState:
        return self.presenter.state()

    def typed(self, text: str) -> SearchState:
        self.presenter.typed(text)
        return self.state


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SearchDesk]:
    counter = make_counter(tmp_path / "till")
    made = [
        shoe(1, PINK, "38"),
        shoe(2, PINK, "39"),
        shoe(3, BLACK, "38"),
        shoe(4, BLACK, "40", prices=[]),
        shoe(5, PINK, "35", prices=[{"ver": 1, "amount": 359_000, "from": "2026-01-01T00:00:00+07:00"}]),
    ]
    counter.till.feed("catalogue", {f"product/{body['id']}": body for body in made})
    others = [{"store": 13, "name": "Lê Văn Sỹ", "band": 6}, {"store": 14, "name": "", "band": 10}]
    counter.till.feed(
        "stock",
        {
            "SP100001": {"product": "SP100001", "quantity": 4000, "others": others},
            "SP100002": {"product": "SP100002", "quantity": 0, "others": []},
        },
    )
    services = SearchServices(counter.session, counter.search, CatalogueStore(counter.till.files.catalogue))
    found = SearchDesk(counter, SearchPresenter(services))
    found.presenter = SearchPresenter(
        services,
        SearchWays(
            add=lambda product: found.handed.append(("add", product)),
            scan=lambda text: found.handed.append(("scan", text)),
            back=lambda: found.handed.append(("back",)),
        ),
    )
    yield found
    counter.till.files.dispose()


def words(parts: tuple[Any, ...]) -> list[tuple[str, bool]]:
    return [(part.text, part.ink == "accent-ink") for part in parts]


# --- what was typed is marked -----------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        ("giay bup be", [("Giày búp bê", True), (" da mềm", False)]),
        ("MEM gi", [("Gi", True), ("ày búp bê da ", False), ("mềm", True)]),
        ("d", [("Giày búp bê ", False), ("d", True), ("a mềm", False)]),
        ("", [("Giày búp bê da mềm", False)]),
        ("úp", [("Giày búp bê da mềm", False)]),
    ],
)
def test_beginnings_of_words_are_marked_without_their_accents(
    typed: str, marks: list[tuple[str, bool]]
) -> None:
    assert words(marked("Giày búp bê da mềm", typed_words(typed), "ink", 500)) == marks


def test_marks_hold_for_letters_written_in_two_signs() -> None:
    two_signs = "Đầm"
    assert words(marked(two_signs, ["dam"], "ink", 500)) == [("Đầm", True)]


# --- typing -----------------------------------------------------------------------------------
def test_typing_finds_and_chooses_the_best_seller(desk: SearchDesk) -> None:
    state = desk.typed("giay bup be 38")

    assert [row.key for row in state.rows] == ["SP100001", "SP100003"]
    assert (state.current, state.note) == ("SP100001", "2 kết quả, gõ không dấu cũng được")
    assert words(state.rows[0].second) == [("GBB-221 · Hồng phấn · size ", False), ("38", True)]
    assert (state.rows[0].price, state.rows[0].here.text, state.rows[0].elsewhere) == (
        "500.000",
        "4",
        "16+ đôi",
    )


def test_sold_out_is_said_in_amber_and_unknown_stock_is_no_zero(desk: SearchDesk) -> None:
    rows = {row.key: row for row in desk.typed("giay bup be").rows}

    assert (rows["SP100002"].here.text, rows["SP100002"].here.ink) == ("Hết", "need")
    assert rows["SP100003"].here.text == "–"


def test_nothing_typed_lists_the_best_sellers(desk: SearchDesk) -> None:
    state = desk.typed("")

    assert state.rows[0].key == "SP000001"
    assert "bán chạy" in state.note


def test_nothing_found_says_what_to_try(desk: SearchDesk) -> None:
    state = desk.typed("xyz")

    assert (state.rows, state.details) == ((), None)
    assert state.empty is not None
    assert state.empty.title == "Không tìm thấy “xyz”"
    assert "bỏ bớt chữ" in state.empty.line


def test_filters_narrow_the_same_words(desk: SearchDesk) -> None:
    desk.typed("giay bup be")
    desk.presenter.filter("here")
    assert [row.key for row in desk.state.rows] == ["SP100001"]

    desk.presenter.filter("cheap")
    assert [row.key for row in desk.state.rows] == ["SP100005"]
    assert dict(desk.state.filters)["cheap"] == "Dưới 400.000"


def test_opening_begins_anew_with_the_text_given(desk: SearchDesk) -> None:
    desk.presenter.filter("here")
    desk.presenter.open("giay bup be")

    assert (desk.state.text, desk.state.filter, len(desk.state.rows)) == ("giay bup be", "all", 5)


# --- the chosen product -----------------------------------------------------------------------
def test_details_show_colours_sizes_and_other_stores(desk: SearchDesk) -> None:
    details = desk.typed("giay bup be 38").details

    assert details is not None
    assert (details.price, details.shelf, details.variant) == (500_000, "Kệ C-07", "Hồng phấn · size 38")
    assert [(colour.name, colour.is_chosen) for colour in details.colours] == [
        ("Hồng phấn", True),
        ("Đen", False),
    ]
    assert [(size.size, size.stock, size.is_gone) for size in details.sizes] == [
        ("35", "–", False),
        ("38", "4", False),
        ("39", "hết", True),
    ]
    assert [(store.name, store.stock) for store in details.stores] == [
        ("Lê Văn Sỹ", "6"),
        ("Cửa hàng 14", "10+"),
    ]
    assert (details.stores_title, details.age) == ("Tồn nơi khác, size 38", "lúc 09:00")


def test_stock_of_days_ago_tells_its_day(desk: SearchDesk) -> None:
    desk.counter.till.clock.pass_time(3 * 86_400)
    details = desk.typed("giay bup be 38").details

    assert details is not None
    assert details.age == "lúc 09:00 ngày 14/11"


def test_arrows_stop_at_both_ends(desk: SearchDesk) -> None:
    desk.typed("giay bup be 38")
    for step, wanted in ((-1, "SP100001"), (1, "SP100003"), (1, "SP100003")):
        desk.presenter.move(step)
        assert desk.state.current == wanted


def test_another_size_is_what_enter_adds(desk: SearchDesk) -> None:
    desk.typed("giay bup be 38")
    desk.presenter.choose("SP100002")
    desk.presenter.add()

    assert (desk.state.current, desk.handed) == ("SP100001", [("add", "SP100002")])


def test_a_product_without_a_price_is_shown_but_not_sold(desk: SearchDesk) -> None:
    details = desk.typed("giay bup be 40").details
    desk.presenter.add()

    assert details is not None
    assert (details.price, details.refusal) == (None, "Món này chưa có giá hôm nay")
    assert (desk.state.rows[0].price, desk.handed) == ("Chưa có giá", [])


def test_looking_again_keeps_what_is_chosen(desk: SearchDesk) -> None:
    desk.typed("giay bup be")
    desk.presenter.select("SP100003")
    desk.presenter.refresh()

    assert desk.state.current == "SP100003"


# --- the screen -------------------------------------------------------------------------------
@pytest.fixture
def window(qtbot: QtBot, desk: SearchDesk) -> Iterator[MainWindow]:
    screen = SearchScreen()
    connect(screen, desk.presenter)
    made = MainWindow([screen])
    made.resize(1366, 768)
    made.show_screen("search")
    made.show()
    QTest.qWaitForWindowExposed(made)
    yield made
    made.allow_close()
    made.close()
    made.deleteLater()


def box_of(window: MainWindow) -> QLineEdit:
    box = window.page("search").scan_box
    assert box is not None
    return box


def test_keys_type_move_add_and_leave(window: MainWindow, desk: SearchDesk) -> None:
    box = box_of(window)
    QTest.keyClicks(box, "giay bup be 38")
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Return)
    QTest.keyClick(box, Qt.Key.Key_Escape)

    assert desk.handed == [("add", "SP100003"), ("back",)]
    assert box.text() == "giay bup be 38"


def test_a_scan_goes_to_the_cart_and_leaves_the_words_alone(window: MainWindow, desk: SearchDesk) -> None:
    QTest.keyClicks(box_of(window), "giay")
    window.route_scan("8930000000019")

    assert desk.handed == [("scan", "8930000000019")]
    assert box_of(window).text() == "giay"


def test_the_cross_empties_the_field(window: MainWindow, desk: SearchDesk) -> None:
    desk.presenter.open("xyz")
    cross = window.findChild(Button, "clearSearch")
    assert cross is not None
    cross.click()

    assert (box_of(window).text(), desk.state.text) == ("", "")
    assert len(desk.state.rows) > 0


def test_a_press_on_a_size_shows_it_and_keeps_the_focus(
    window: MainWindow, desk: SearchDesk, qtbot: QtBot
) -> None:
    desk.presenter.open("giay bup be 38")
    size = window.findChild(Button, "size_SP100002")
    assert size is not None
    qtbot.waitUntil(size.isVisible)
    size.setFocus()
    QTest.keyClick(size, Qt.Key.Key_Space)

    details = desk.state.details
    assert details is not None
    assert details.product == "SP100002"
    assert size.hasFocus()


def test_keeping_goods_elsewhere_says_why_it_cannot_be_pressed(window: MainWindow) -> None:
    hold = window.findChild(Button, "holdButton")
    assert hold is not None
    assert not hold.isEnabled()
    assert "Chưa có ở phiên bản này" in hold.accessibleName()
