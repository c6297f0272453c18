"""The page of all parts and their states (picture 00)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tests.support.spoken_states import spoken
from ui import painting, theme
from ui.answers import Answer, AnswerAction
from ui.painting import Span
from ui.widgets.answer_box import AnswerBox
from ui.widgets.button import Button
from ui.widgets.cart_rows import CartRow, CartRowDelegate, TileFace
from ui.widgets.frames import EmptyState, FunctionKey
from ui.widgets.inputs import Field
from ui.widgets.money import HeroMoney
from ui.widgets.row_list import RowList
from ui.widgets.small import Badge, Counter
from ui.widgets.state_strip import StateStrip
from ui.widgets.strip_state import StripState
from ui.widgets.text import CENTRE, Panel, Text, divider

SHOWN = (
    "bg",
    "surface",
    "sunken",
    "line",
    "edge",
    "ink",
    "accent",
    "accent-soft",
    "ok",
    "need",
    "stop",
    "off-fill",
)


class Swatch(QWidget):
    """A sample of one colour."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role
        self.setObjectName(f"swatch_{role}")
        self.setAccessibleName(role)
        self.setFixedHeight(57)

    def paintEvent(self, event: QPaintEvent) -> None:
        area = QRectF(0, 0, self.width(), self.height())
        painting.box(QPainter(self), area, 8, theme.colour(self._role), theme.colour("line"))


def _card(title: str = "") -> tuple[Panel, QVBoxLayout]:
    panel = Panel("card", name="card")
    column = QVBoxLayout(panel)
    column.setContentsMargins(20, 18, 20, 18)
    column.setSpacing(8)
    if title:
        column.addWidget(Text(title, 18, 600))
    return panel, column


def _colours() -> QWidget:
    panel, column = _card()
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    for at, role in enumerate(SHOWN):
        grid.addWidget(Swatch(role), 0, at)
        grid.addWidget(Text(role.removesuffix("-fill"), 14, 600), 1, at)
        grid.addWidget(Text(theme.colour(role).name().upper(), 13, 400, "ink2"), 2, at)
    column.addLayout(grid)
    return panel


def _type() -> QWidget:
    panel, column = _card("Chữ và số")
    for amount, size in ((1661000, 76), (1761200, 56)):
        row = QHBoxLayout()
        figure = HeroMoney(size, name=f"hero{size}", left=True)
        figure.show_amount(amount)
        figure.setFixedWidth(figure.sizeHint().width())
        row.addWidget(figure)
        row.addSpacing(16)
        row.addWidget(Text(f"{size} / 700", 14, 400, "ink2"))
        row.addStretch(1)
        column.addLayout(row)
    row = QHBoxLayout()
    row.setSpacing(20)
    for words, size, weight in (
        ("Tiêu đề 28", 28, 700),
        ("Trang 22", 22, 700),
        ("Nhóm 18", 18, 600),
        ("Dòng hàng 17", 17, 600),
    ):
        row.addWidget(Text(words, size, weight))
    row.addStretch(1)
    column.addLayout(row)
    row = QHBoxLayout()
    row.setSpacing(20)
    for words, size, weight, ink in (
        ("Nội dung 16", 16, 400, "ink"),
        ("Phụ 15", 15, 400, "ink2"),
        ("Nhãn 14", 14, 600, "ink3"),
        ("Phím 13", 13, 600, "ink2"),
    ):
        row.addWidget(Text(words, size, weight, ink))
    row.addStretch(1)
    column.addLayout(row)
    column.addWidget(Text("1.111.000", 20, 600))
    column.addWidget(Text("8.888.000", 20, 600))
    column.addStretch(1)
    return panel


def _with_caption(widget: QWidget, words: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(widget)
    column.addWidget(Text(words, 14, 400, "ink2", align=CENTRE))
    return column


def _buttons() -> QWidget:
    panel, column = _card("Nút")
    held = Button("Thanh toán", "main", name="mainHeld", key="F9")
    held.setDown(True)
    plain_held = Button("Treo đơn", name="plainHeld", key="F6")
    plain_held.setDown(True)
    off = Button("Giao hàng", name="notYet")
    off.setEnabled(False)
    first = (
        (Button("Thanh toán", "main", name="main", key="F9"), "chính"),
        (held, "đang bấm"),
        (Button("Áp dụng", "soft", name="soft"), "nhẹ"),
        (Button("Treo đơn", name="plain", key="F6"), "thường"),
    )
    focused = Button("Treo đơn", name="focused", key="F6")
    second = (
        (plain_held, "đang bấm"),
        (focused, "có tiêu điểm"),
        (Button("Xóa dòng", "remove", name="remove", icon="trash-2"), "gỡ bỏ"),
        (Button("Đổi", "text", name="textButton"), "chữ"),
        (off, "chưa được"),
    )
    for line in (first, second):
        row = QHBoxLayout()
        row.setSpacing(12)
        for button, words in line:
            row.addLayout(_with_caption(button, words))
        row.addStretch(1)
        column.addLayout(row)
    column.addLayout(_badges())
    column.addLayout(_inputs())
    column.addStretch(1)
    return panel


def _badges() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    for badge in (
        Badge("Đã trả đủ", "ok", icon="circle-check"),
        Badge("Chờ báo có", "need", icon="triangle-alert"),
        Badge("Bị từ chối", "stop", icon="ban"),
        Badge("lúc 13:40", "off", icon="history"),
        Badge("−20%", "accent", icon="tag"),
        Badge("Vàng", "quiet", dot="tier-gold"),
        Counter(3),
    ):
        row.addWidget(badge)
    row.addStretch(1)
    return row


def _inputs() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    empty = Field("Số điện thoại", name="phoneEmpty", spoken="Số điện thoại")
    typed = Field("Số điện thoại", name="phoneTyped", spoken="Số điện thoại")
    typed.edit.setText("0901 234")
    wrong = Field("Số điện thoại", name="phoneWrong", spoken="Số điện thoại")
    wrong.edit.setText("0901 23")
    wrong.show_reason("Thiếu 3 số")
    for field in (empty, typed, wrong):
        column = QVBoxLayout()
        column.addWidget(field)
        column.addStretch(1)
        row.addLayout(column, 1)
    return row


def _answers() -> QWidget:
    panel, column = _card("Ô trả lời cạnh ô quét")
    undo = AnswerAction("undo", "Hoàn tác", "Ctrl+Z")
    grid = QGridLayout()
    grid.setSpacing(12)
    for at, answer in enumerate(
        (
            Answer("accepted", "Đã thêm", "Giày búp bê da mềm nơ đính đá · 359.000đ", undo),
            Answer("accepted", "Đã nhận voucher", "Sinh nhật −50.000đ · dùng một lần", undo),
            Answer(
                "needs",
                "Còn thiếu 120.000đ",
                "Voucher cần đơn từ 500.000đ",
                AnswerAction("suggest", "Gợi ý hàng"),
            ),
            Answer(
                "unknown",
                "Chưa có ở máy này: đơn MN-48213",
                "Mã đúng chữ ký. Cần duyệt để giao.",
                AnswerAction("approve", "Nhờ duyệt"),
            ),
            Answer(
                "refused",
                "Voucher đã dùng lúc 11:42",
                "Tại Lê Văn Sỹ. Mời khách chọn voucher khác.",
                AnswerAction("other", "Voucher khác"),
            ),
            Answer("quiet", "", "Sẵn sàng. Quét món tiếp theo."),
        )
    ):
        box = AnswerBox()
        box.show_answer(answer)
        grid.addWidget(box, at // 2, at % 2)
    column.addLayout(grid)
    return panel


SHOP = {"shop": "Mộc Lan Nguyễn Trãi", "till": "Quầy 2", "person": "Lan", "initials": "LA", "shift": "Ca 3"}
STRIPS = (
    StripState(clock="14:32", **SHOP),
    StripState(link="sending", done=9, total=14, since="15:02", clock="15:02", **SHOP),
    StripState(
        printer="sick",
        printer_reason="Máy in hết giấy",
        printer_waiting=2,
        attention=6,
        clock="15:02",
        **SHOP,
    ),
    StripState(scanner="Máy quét mất kết nối", clock="15:02", **SHOP),
    StripState(
        link="offline",
        since="13:47",
        works=("bán", "trả hàng", "giao đơn"),
        waiting=14,
        clock="14:32",
        ages=(("Giá", "06:10"), ("Đơn", "13:45"), ("Voucher", "13:40")),
        **SHOP,
    ),
    StripState(training=True, clock="15:02", **SHOP),
)


def _strips() -> QWidget:
    panel, column = _card("Dải trạng thái")
    column.setContentsMargins(1, 18, 1, 18)
    column.itemAt(0).widget().setContentsMargins(19, 0, 0, 0)
    for state in STRIPS:
        strip = StateStrip()
        strip.show_state(spoken(state))
        column.addWidget(strip)
    return panel


def cart_rows() -> list[CartRow]:
    """The lines of the kit page."""
    return [
        CartRow(
            "1",
            TileFace("#1C1C20", "37"),
            "Giày cao gót mũi nhọn gót trụ 7cm",
            (Span("Đen · size 37"),),
            "1",
            "495.000",
            "495.000",
        ),
        CartRow(
            "2",
            TileFace("#F0E2CA", "", "handbag"),
            "Túi đeo chéo nắp gập khóa xoay",
            (Span("Kem · "), Span("Túi tháng 11 −20%", "accent-ink")),
            "1",
            "399.000",
            "319.200",
            "399.000",
        ),
        CartRow(
            "3",
            TileFace("#F3D9A4", "", "gift"),
            "Móc khóa gấu bông",
            (Span("Quà tặng · đơn từ 1.500.000đ"),),
            "1",
            "0",
            "0",
        ),
        CartRow(
            "4",
            TileFace("#8A5A3B", "36"),
            "Sandal quai mảnh đế xuồng cói 5cm",
            (Span("Nâu bò · size 36 · "), Span("Trả hàng", "stop")),
            "−1",
            "425.000",
            "−425.000",
        ),
        CartRow(
            "5",
            TileFace("#F0C2C6", "38"),
            "Giày búp bê da mềm nơ đính đá",
            (Span("Gói quà giúp khách · giảm tay 10%, Thảo duyệt", icon="pencil"),),
            "1",
            "359.000",
            "323.100",
            "359.000",
        ),
    ]


def _cart() -> QWidget:
    panel, column = _card("Dòng giỏ hàng")
    column.setContentsMargins(1, 18, 1, 1)
    column.itemAt(0).widget().setContentsMargins(19, 0, 0, 6)
    column.setSpacing(0)
    column.addWidget(divider())
    rows = RowList(CartRowDelegate(), name="kitCart", spoken="Giỏ hàng")
    rows.setFixedHeight(5 * 64)
    rows.show_rows(cart_rows())
    column.addWidget(rows)
    return panel


def kit() -> QWidget:
    """The whole page."""
    page = Panel("bg", name="kit")
    page.setFixedWidth(1366)
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 20, 20, 20)
    column.setSpacing(16)
    column.addWidget(_colours())
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(_type(), 560)
    row.addWidget(_buttons(), 750)
    column.addLayout(row)
    column.addWidget(_answers())
    column.addWidget(_strips())
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(_cart(), 910)
    panel, inner = _card()
    actions = (FunctionKey("search", "Tìm hàng", "F2"), FunctionKey("held", "Mở đơn treo", counter=2))
    line = "Hàng, đơn online, voucher, thẻ khách hay hóa đơn cũ: cứ quét, máy tự hiểu."
    inner.addWidget(EmptyState("scan-barcode", "Quét món đầu tiên", line, actions))
    row.addWidget(panel, 400)
    column.addLayout(row)
    page.setFixedHeight(1592)
    return page


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    """Picture 00."""
    return [("00-kit", kit)]
