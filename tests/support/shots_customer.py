"""The customer screen: empty, wrong phone, found, two with one phone, a new card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from tests.support.shots_sell import HOA, in_window
from ui.customer.screen import CustomerScreen
from ui.customer.state import ConsentState, CustomerScreenState, FoundState, HistoryState

CONSENTS = (
    ConsentState("loyalty", "Tích điểm và ưu đãi thành viên"),
    ConsentState("marketing", "Nhận tin khuyến mãi"),
    ConsentState("e_invoice", "Dùng tên và số này cho hóa đơn điện tử"),
)
EMPTY = CustomerScreenState(consents=CONSENTS, main="Chọn khách này", main_reason="Gõ đủ số điện thoại")


def customer(state: CustomerScreenState) -> Callable[[], QWidget]:
    def make() -> QWidget:
        screen = CustomerScreen()
        screen.show_state(state)
        return in_window(screen)

    return make


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    """No picture: drawn from the parts of the look."""
    found = replace(
        EMPTY,
        page="found",
        phone="0901 234 567",
        found=(FoundState("1", "Chị Lê Thị Hoa", "•••• ••• 567 · Vàng", "1.240 điểm"),),
        current="1",
        card=HOA,
        history=(
            HistoryState("NT02-004790", "14/11/2026 · Cửa hàng", "785.000"),
            HistoryState("MN-48102", "02/11/2026 · Web", "1.204.000"),
        ),
        orders="Có đơn chờ nhận: MN-48207",
        main_reason="",
        detach="Gỡ Hoa N. khỏi đơn",
    )
    two = replace(
        found, found=(*found.found, FoundState("2", "Bình L.", "•••• ••• 567", "12 điểm")), orders=""
    )
    new = replace(
        EMPTY,
        page="new",
        phone="0901 234 568",
        main="Tạo thẻ mới",
        main_reason="",
        name_reason="Cần tên để gọi khách",
    )
    return [
        ("20-customer", customer(EMPTY)),
        ("20a-customer-short", customer(replace(EMPTY, phone="0901 23", reason="Thiếu 4 số"))),
        ("20b-customer-found", customer(found)),
        ("20c-customer-two", customer(two)),
        ("20d-customer-new", customer(new)),
    ]
