"""The search screen (picture 13), and what it says when there is nothing to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from tests.support.shots_sell import STRIP, in_window
from tests.support.spoken_states import spoken
from ui.goods import Face, Part
from ui.search.matches import marked, typed_words
from ui.search.screen import SearchScreen
from ui.search.state import (
    DetailsState,
    EmptyWords,
    HitRow,
    SearchState,
    SizeState,
    StoreRow,
    SwatchState,
)

TYPED = "giay bup be 38"
FILTERS = (("all", "Tất cả"), ("here", "Còn hàng ở đây"), ("cheap", "Dưới 400.000"))
GOODS = (
    ("#F0C2C6", "da mềm nơ đính đá, đế cao su chống trượt", "GBB-2217 · Hồng phấn", "359.000", "4", "17"),
    ("#1C1C20", "da mềm nơ đính đá, đế cao su chống trượt", "GBB-2217 · Đen", "359.000", "2", "11"),
    ("#F0E2CA", "mũi vuông quai chéo co giãn", "GBB-2304 · Kem", "329.000", "6", "23"),
    ("#7A1F2B", "nhung đính khóa kim loại", "GBB-2188 · Đỏ rượu", "419.000", "1", "3"),
    ("#C9CCD3", "ánh bạc gót thấp 2cm", "GBB-2291 · Bạc", "389.000", "Hết", "9"),
    ("#8A5A3B", "da lộn thắt dây cổ chân", "GBB-2279 · Nâu bò", "445.000", "3", "8"),
    ("#22314F", "vải tweed phối nút ngọc", "GBB-2310 · Xanh than", "459.000", "2", "5"),
)


def rows(typed: str = TYPED) -> tuple[HitRow, ...]:
    words = typed_words(typed)
    return tuple(
        HitRow(
            str(at),
            Face(fill, "38"),
            marked(f"Giày búp bê {name}", words, "ink", 500),
            marked(f"{second} · size 38", words, "ink2", 400),
            price,
            Part(here, "need" if here == "Hết" else "ink", 600),
            f"{elsewhere} đôi",
        )
        for at, (fill, name, second, price, here, elsewhere) in enumerate(GOODS)
    )


DETAILS = DetailsState(
    product="0",
    face=Face("#F0C2C6", "38"),
    name="Giày búp bê da mềm nơ đính đá",
    variant="Hồng phấn · size 38",
    price=359_000,
    shelf="Kệ C-07",
    colours=(
        SwatchState("0", "#F0C2C6", "Hồng phấn", True),
        SwatchState("1", "#1C1C20", "Đen", False),
        SwatchState("2", "#F0E2CA", "Kem", False),
    ),
    sizes=(
        SizeState("35", "35", "2", False, False),
        SizeState("36", "36", "5", False, False),
        SizeState("37", "37", "3", False, False),
        SizeState("38", "38", "4", False, True),
        SizeState("39", "39", "hết", True, False),
        SizeState("40", "40", "1", False, False),
    ),
    stores_title="Tồn nơi khác, size 38",
    stores=(
        StoreRow("1", "Lê Văn Sỹ", "6"),
        StoreRow("2", "Quang Trung", "8"),
        StoreRow("3", "Võ Văn Ngân", "3"),
        StoreRow("4", "Kho online", "0"),
    ),
    age="lúc 14:30",
)
FOUND = SearchState(TYPED, FILTERS, "all", "7 kết quả, gõ không dấu cũng được", rows(), "0", DETAILS)


def search(state: SearchState) -> Callable[[], QWidget]:
    def make() -> QWidget:
        screen = SearchScreen()
        screen.show_state(spoken(state))
        return in_window(screen, replace(STRIP, clock="14:36"))

    return make


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    """Picture 13 and its other states."""
    nothing = EmptyWords("Không tìm thấy “giay bup be xyz”", "Thử bỏ bớt chữ, gõ không dấu cũng được.")
    bag = replace(
        DETAILS,
        face=Face("", "", "handbag"),
        name="Túi đeo chéo nắp gập khóa xoay dây xích bản giới hạn mùa lễ hội",
        variant="Kem",
        price=None,
        shelf="",
        colours=(),
        sizes=(),
        stores_title="Tồn nơi khác",
        stores=(),
        age="",
        refusal="Món này chưa có giá hôm nay",
    )
    return [
        ("13-search", search(FOUND)),
        ("13a-search-nothing", search(replace(FOUND, rows=(), details=None, empty=nothing, note=""))),
        ("13b-search-no-price", search(replace(FOUND, text="", current="1", details=bag, rows=rows("")))),
    ]
