"""The customer display (picture 10) in its modes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from tests.support.spoken_states import spoken
from ui.customer_display.screen import SIZE, CustomerDisplay
from ui.customer_display.state import (
    DisplayFigure,
    DisplayLine,
    DisplayOwner,
    DisplayQr,
    DisplayState,
    DisplaySum,
)
from ui.goods import Face

LINES = (
    DisplayLine("1", Face("#1B1C20", "37"), "Giày cao gót mũi nhọn gót trụ 7cm", "1", "495.000"),
    DisplayLine("2", Face("#8A5A3B", "36"), "Sandal quai mảnh đế xuồng cói 5cm", "1", "425.000"),
    DisplayLine("3", Face("", "", "package"), "Tất cổ thấp cotton, gói 3 đôi", "2", "118.000"),
    DisplayLine(
        "4", Face("#F3BFC6", "38"), "Giày búp bê da mềm nơ đính đá, đế cao su chống trượt", "1", "359.000"
    ),
    DisplayLine("5", Face("#E6E5DF", "", "spray-can"), "Xi đánh giày không màu 50ml", "1", "45.000"),
    DisplayLine(
        "6",
        Face("#EFDFC0", "", "handbag"),
        "Túi đeo chéo nắp gập khóa xoay dây xích",
        "1",
        "319.200",
        "399.000",
    ),
)
SUMS = (
    DisplaySum("Tổng tiền hàng", "1.841.000"),
    DisplaySum("Được giảm", "−79.800", "ok"),
    DisplaySum("Trả bằng 200 điểm", "−100.000"),
)
QR_TEXT = (
    "00020101021238570010A00000072701270006970499011200000000004702"
    "08QRIBFTTA53037045407166120058"
    "02VN62200816ML02 7K4Q9XTA63041D3F"
)
OWNER = DisplayOwner("•••• ••• 567", "Vàng", "tier-gold", "Được tích 249 điểm")
SHOP = DisplayState(shop="Mộc Lan", place="Giày & Túi · Nguyễn Trãi")
CART = replace(
    SHOP,
    mode="cart",
    owner=OWNER,
    lines=LINES,
    sums=SUMS[:2],
    figures=(DisplayFigure("Tổng cộng", 1_761_200, "6 dòng · 7 món"),),
)
PAY = replace(CART, mode="pay", sums=SUMS)
QR = replace(PAY, figures=(), qr=DisplayQr(QR_TEXT, 1_661_200, "ML02 7K4Q9XTA", "Đang chờ ngân hàng"))
CHANGE = replace(
    PAY,
    figures=(
        DisplayFigure("Còn phải trả", 1_661_000),
        DisplayFigure("Tiền thừa", 339_000, "200k + 100k + 20k + 10k + 5k + 2k + 2k", "ok"),
    ),
)
SHORT = replace(
    PAY, figures=(DisplayFigure("Còn phải trả", 1_661_000), DisplayFigure("Còn thiếu", 161_000, "", "need"))
)
THANKS = replace(
    SHOP,
    mode="thanks",
    title="Cảm ơn quý khách",
    title_line="Đã trả 1.661.000đ · Hóa đơn NT02-005133",
    figures=(DisplayFigure("Tiền thừa", 339_000, "200k + 100k + 20k + 10k + 5k + 2k + 2k", "ok"),),
    points="Quý khách được tích 249 điểm",
)
LATER = "Điểm đã ghi, sẽ hiện khi có mạng"


def _display(state: DisplayState) -> QWidget:
    window = CustomerDisplay()
    window.setFixedSize(SIZE)
    window.show_state(spoken(state))
    return window


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    many = tuple(replace(LINES[at % 6], key=str(at)) for at in range(40))
    order = replace(SHOP, mode="cart", lines=LINES[:3], title="Hàng quý khách đặt")
    dear = replace(CART, figures=(DisplayFigure("Tổng cộng", 1_234_567_000, "40 dòng · 80 món"),))
    return [
        ("10-customer-display", lambda: _display(QR)),
        ("10-display-cart", lambda: _display(CART)),
        ("10-display-many", lambda: _display(replace(dear, lines=many))),
        ("10-display-change", lambda: _display(CHANGE)),
        ("10-display-short", lambda: _display(SHORT)),
        ("10-display-order", lambda: _display(order)),
        ("10-display-thanks", lambda: _display(THANKS)),
        ("10-display-thanks-offline", lambda: _display(replace(THANKS, figures=(), note=LATER))),
        ("10-display-idle", lambda: _display(SHOP)),
    ]
