"""The parts that picture 00 leaves out: pads, choices, steps, title bar, a dialog over it all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tests.support.shots_kit import SHOP
from ui.dialogs import ReasonQuestion
from ui.main_window import MainWindow
from ui.screen import Screen
from ui.widgets.choices import CheckBox, Choice, FilterTabs, ReasonChoice, Segmented
from ui.widgets.frames import (
    DecisionColumn,
    FunctionKey,
    FunctionKeyBar,
    SumRow,
    SumRows,
    TitleBar,
    hint_line,
    main_button,
)
from ui.widgets.money import HeroMoney
from ui.widgets.pads import NumericPad, PinDots, PinPad
from ui.widgets.small import Badge, IconDisc, InitialsDisc, Tile
from ui.widgets.steps import Step, Steps
from ui.widgets.strip_state import StripState
from ui.widgets.text import Panel, RichText, Text


class MorePage(Screen):
    """A page that holds the other parts."""

    name = "more"

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(12)
        bar = TitleBar("Kết ca 3 · đếm tiền", "Bán hàng")
        bar.add(Badge("Số theo hệ thống hiện sau khi chốt", icon="eye-off"))
        left.addWidget(bar)
        left.addLayout(_middle(), 1)
        left.addWidget(
            FunctionKeyBar(
                (FunctionKey("close", "Đóng", "Esc", "arrow-left"), FunctionKey("more", "", "", "ellipsis"))
            )
        )
        row.addLayout(left, 1)
        row.addWidget(_column())


def _middle() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(16, 0, 16, 0)
    row.setSpacing(24)
    left, right = QVBoxLayout(), QVBoxLayout()
    left.addWidget(
        FilterTabs(
            (Choice("all", "Tất cả", 6), Choice("cases", "Trường hợp", 1), Choice("print", "Lệnh in", 2)),
            "all",
        )
    )
    conditions = (
        Choice("resell", "Bán lại được"),
        Choice("broken", "Hư hỏng"),
        Choice("supplier", "Trả nhà cung cấp"),
    )
    left.addWidget(Segmented(conditions, "resell", name="condition", spoken="Tình trạng"))
    reasons = (Choice("size", "Không vừa size"), Choice("fault", "Hàng lỗi: bung chỉ"))
    left.addWidget(ReasonChoice(reasons, "size", name="reason", empty="Chọn lý do"))
    left.addWidget(CheckBox("In hóa đơn giấy", name="paper", checked=True))
    left.addWidget(CheckBox("Gửi qua Zalo", name="zalo"))
    discs = QHBoxLayout()
    for disc in (
        InitialsDisc("LA", 0, 76),
        InitialsDisc("MI", 1, 52),
        IconDisc("ticket", "need"),
        IconDisc("ban", "stop"),
        IconDisc("printer"),
        Tile("#F0C2C6", "38", side=84),
        Tile("#8A5A3B", "", "handbag", side=52),
    ):
        discs.addWidget(disc)
    discs.addStretch(1)
    left.addLayout(discs)
    note = Panel("need-note", name="warning")
    inside = QVBoxLayout(note)
    inside.addWidget(
        RichText(
            "<b>Chỉ tin thông báo của cửa hàng.</b> Màn hình điện thoại của khách không phải bằng chứng."
        )
    )
    left.addWidget(note)
    left.addStretch(1)
    dots = PinDots()
    for digit in "4802":
        dots.press(digit)
    right.addWidget(dots)
    right.addWidget(PinPad(height=52))
    right.addWidget(NumericPad(counts=True, height=44))
    right.addStretch(1)
    row.addLayout(left, 3)
    row.addLayout(right, 2)
    return row


def _column() -> QWidget:
    column = DecisionColumn()
    column.content.addWidget(
        Steps(
            (
                Step("Dọn việc còn dở", "0 đơn treo, 0 giao dở", "done"),
                Step("Đếm tiền", "Không thấy số hệ thống", "now"),
                Step("So và giải thích chênh lệch", "Trên 50.000đ cần quản lý"),
                Step("Đóng ca, in báo cáo Z", "Gửi trung tâm khi có mạng"),
                Step("Người thứ hai xác nhận", "Ngay hoặc sáng mai"),
            )
        )
    )
    column.content.addStretch(1)
    column.content.addWidget(
        SumRows((SumRow("Thu ngân", "Lan · từ 14:00"), SumRow("Khách cần trả", "1.761.200", strong=True)))
    )
    column.content.addWidget(Text("Tiền đếm được", 16, 600, "ink2"))
    figure = HeroMoney(name="counted")
    figure.show_amount(7_746_000)
    column.content.addWidget(figure)
    column.set_buttons(
        main_button("Chốt số đếm", name="shiftClose", key="F12"),
        hint=hint_line("Chốt rồi không sửa được, chỉ ghi thêm lý do"),
    )
    return column


def page() -> QWidget:
    """The page in its window."""
    window = MainWindow([MorePage()])
    window.show_strip(StripState(clock="22:16", **SHOP))
    window.show_screen("more")
    return window


def dialog() -> QWidget:
    """The same under a question."""
    window = page()
    window.resize(1366, 768)
    ReasonQuestion(
        "Hủy hóa đơn NT02-005118?", "Hàng về kho, tiền trả lại theo cách khách đã trả.", "Hủy hóa đơn"
    ).open_over(window)
    return window


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    """Two pages of parts."""
    return [("00-kit-more", page), ("00-kit-dialog", dialog)]
