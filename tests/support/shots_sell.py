"""The sell screen (pictures 01 and 02), its empty and thank-you states, and its dialogs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from tests.support.shots_kit import SHOP
from tests.support.spoken_states import spoken
from ui.answers import Answer, AnswerAction
from ui.goods import Face, Part
from ui.main_window import MainWindow
from ui.screen import Screen
from ui.sell.dialogs import NoteDialog, QuantityDialog, WhyDialog
from ui.sell.discount_dialog import DiscountDialog
from ui.sell.held_dialog import HeldDialog
from ui.sell.lines import REASONS
from ui.sell.screen import SellScreen
from ui.sell.state import (
    CustomerState,
    DiscountForm,
    HeldRow,
    LineState,
    SellState,
    ThanksState,
    UncodedForm,
    VoucherOffer,
    VoucherState,
    WhyState,
    WhyStep,
)
from ui.sell.uncoded_dialog import UncodedDialog
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.strip_state import StripState

UNDO = AnswerAction("undo", "Hoàn tác", "Ctrl+Z")
STRIP = StripState(clock="14:32", **SHOP)
OFFLINE = StripState(
    link="offline",
    since="13:47",
    works=("bán", "trả hàng", "giao đơn"),
    waiting=14,
    clock="14:32",
    ages=(("Giá", "06:10"), ("Đơn", "13:45"), ("Voucher", "13:40")),
    **SHOP,
)


def in_window(screen: Screen, strip: StripState = STRIP) -> MainWindow:
    """The screen in the window it will have."""
    window = MainWindow((screen,))
    window.resize(1366, 768)
    window.show_strip(spoken(strip))
    window.show_screen(screen.name)
    return window


def line(
    no: int, name: str, face: Face, variant: str, price: str, amount: str = "", **more: str
) -> LineState:
    return LineState(
        no,
        face,
        name,
        (Part(variant),),
        more.pop("quantity", "1"),
        price,
        amount or price,
        variant=variant,
        **more,  # type: ignore[arg-type]
    )


HOA = CustomerState(
    "Chị Lê Thị Hoa",
    "•••• ••• 567",
    "Vàng",
    "tier-gold",
    "1.240",
    worth="620.000đ",
    birthday="Sinh nhật thứ Năm 26/11",
    vouchers=(VoucherOffer("77", "Voucher sinh nhật", "−50.000đ"),),
)
BAO = CustomerState(
    "Anh Phạm Quốc Bảo",
    "•••• ••• 218",
    "Bạc",
    "tier-silver",
    "318",
    as_of="lúc 13:40",
    limit="Dùng được tối đa <b>159 điểm</b> khi mất kết nối. Phần còn lại dùng khi có mạng.",
)


def sell_state() -> SellState:
    """Picture 01."""
    bag = line(
        6,
        "Túi đeo chéo nắp gập khóa xoay dây xích",
        Face("#F0E2CA", "", "handbag"),
        "Kem",
        "399.000",
        "319.200",
        badge="Túi tháng 11 · −20%",
        rule="Tự động cho túi, ví đến hết 30/11",
        off="−79.800",
    )
    return SellState(
        lines=(
            line(1, "Giày cao gót mũi nhọn gót trụ 7cm", Face("#1C1C20", "37"), "Đen · size 37", "495.000"),
            line(
                2, "Sandal quai mảnh đế xuồng cói 5cm", Face("#8A5A3B", "36"), "Nâu bò · size 36", "425.000"
            ),
            line(
                3,
                "Tất cổ thấp cotton, gói 3 đôi",
                Face("", "", "box"),
                "Trắng",
                "59.000",
                "118.000",
                quantity="2",
            ),
            line(
                4,
                "Giày búp bê da mềm nơ đính đá, đế cao su chống trượt",
                Face("#F0C2C6", "38"),
                "Hồng phấn · size 38",
                "359.000",
            ),
            line(5, "Xi đánh giày không màu 50ml", Face("#E8E6E0", "", "spray-can"), "Hộp", "45.000"),
            bag,
        ),
        current=6,
        heading="6 dòng · 7 món",
        customer=HOA,
        sums=(("Tổng tiền hàng", "1.841.000"), ("Giảm giá", "−79.800"), ("Tích điểm", "+264")),
        total=1_761_200,
        exact="1.761.000",
        held=2,
        waiting=3,
        answer=Answer("accepted", "Đã thêm", "Túi đeo chéo nắp gập khóa xoay · 319.200đ", UNDO),
    )


def offline_state() -> SellState:
    """Picture 02."""
    shoe = line(
        4,
        "Giày Mary Jane mũi vuông quai cài gót 3cm",
        Face("#7A1F2B", "37"),
        "Đỏ rượu · size 37",
        "465.000",
        "418.500",
        badge="Giờ vàng · −10%",
        rule="Giày nữ, thứ Bảy 14:00–16:00",
        off="−46.500",
    )
    return SellState(
        lines=(
            line(
                1,
                "Giày thể thao đế độn 4cm phối lưới thoáng khí",
                Face("#F5F3EC", "39"),
                "Trắng ngà · size 39",
                "629.000",
            ),
            line(
                2,
                "Túi tote canvas quai da in họa tiết hoa sen",
                Face("#22314F", "", "handbag"),
                "Xanh than",
                "459.000",
            ),
            line(
                3,
                "Dép quai ngang êm chân đi trong nhà",
                Face("#A9ABB3", "40"),
                "Xám · size 40",
                "99.000",
                "198.000",
                quantity="2",
            ),
            shoe,
        ),
        current=4,
        heading="4 dòng · 5 món",
        customer=BAO,
        sums=(("Tổng tiền hàng", "1.751.000"), ("Giảm giá", "−46.500"), ("Tích điểm", "+170")),
        total=1_704_500,
        exact="1.704.000",
        held=1,
        waiting=5,
        answer=Answer(
            "unknown",
            "Chưa có ở máy này: đơn MN-48213",
            "Mã đúng chữ ký. Cần duyệt để giao.",
            AnswerAction("approve", "Nhờ duyệt"),
        ),
    )


def mixed_state() -> SellState:
    """Closed lines with every mark there is, a voucher in the cart and one that waits for more goods."""
    lines = (
        replace(
            sell_state().lines[5],
            no=1,
            was="399.000",
            second=(Part("Kem · "), Part("Túi tháng 11 −20%", "accent-ink")),
        ),
        replace(
            sell_state().lines[3],
            no=2,
            amount="323.100",
            was="359.000",
            second=(Part("Gói quà giúp khách · giảm tay", icon="pencil"),),
        ),
        replace(sell_state().lines[0], no=3),
        LineState(
            4,
            Face("#F3D9A4", "", "gift"),
            "Móc khóa gấu bông",
            (Part("Quà tặng · đơn từ 1.500.000đ"),),
            "1",
            "0",
            "0",
            fixed=True,
        ),
    )
    return replace(
        sell_state(),
        lines=lines,
        current=3,
        heading="4 dòng · 4 món",
        customer=replace(HOA, vouchers=()),
        vouchers=(
            VoucherState(1, "Voucher sinh nhật", "−50.000"),
            VoucherState(2, "Giảm 100.000đ đơn từ 1 triệu", "", "Còn thiếu 120.000đ"),
        ),
        answer=Answer(
            "unknown",
            "Chưa có ở máy này: 8934567890123",
            "Tìm theo tên (F2), hoặc bán ngay.",
            AnswerAction("uncoded", "Bán hàng chưa có mã"),
        ),
    )


def voucher_state() -> SellState:
    """The customer's voucher has just been scanned."""
    return replace(
        sell_state(),
        customer=replace(HOA, vouchers=()),
        vouchers=(VoucherState(1, "Voucher sinh nhật", "−50.000"),),
        sums=(("Tổng tiền hàng", "1.841.000"), ("Giảm giá", "−129.800"), ("Tích điểm", "+256")),
        total=1_711_200,
        exact="1.711.000",
        answer=Answer("accepted", "Đã nhận voucher", "Voucher sinh nhật −50.000đ", UNDO),
    )


def long_state() -> SellState:
    """More lines than the screen has room for."""
    first = sell_state().lines[0]
    lines = tuple(replace(first, no=no) for no in range(1, 101))
    return replace(sell_state(), lines=lines, current=100, heading="100 dòng · 100 món")


THANKS = ThanksState(
    "Hóa đơn NT02-004831", "1.761.200đ", 39_000, "20k + 10k + 5k + 2k + 2k", "+249 điểm cho khách"
)


def sell(state: SellState, strip: StripState = STRIP) -> Callable[[], QWidget]:
    def make() -> QWidget:
        screen = SellScreen()
        screen.show_state(spoken(state))
        return in_window(screen, strip)

    return make


def over_sell(dialog: Callable[[], DialogFrame]) -> Callable[[], QWidget]:
    def make() -> QWidget:
        window = sell(sell_state())()
        dialog().open_over(window)
        return window

    return make


def why() -> WhyDialog:
    steps = (
        WhyStep("Túi tháng 11 −20%", "Tự động cho túi, ví đến hết 30/11", "Quy tắc KM11, bản 3", "−79.800"),
        WhyStep("Giảm tay −5%", "Hàng trưng bày", "Do Lan giảm", "−15.960"),
    )
    why = WhyState("Túi đeo chéo nắp gập", "399.000", "Giá niêm yết, bản 2 · 1 × 399.000", steps, "303.240")
    return WhyDialog(spoken(why))


def discount() -> DiscountDialog:
    form = DiscountForm(
        6, "Túi đeo chéo nắp gập khóa xoay", 319_200, 1_761_200, REASONS, "Bạn tự giảm được tới 10%."
    )
    return DiscountDialog(replace(spoken(form), reasons=REASONS))  # the dialog translates these


def held() -> HeldDialog:
    rows = (
        HeldRow(1, "Hoa N.", "3 dòng · treo lúc 13:58 · 34 phút", "785.000"),
        HeldRow(2, "Đơn 2", "1 dòng · treo lúc 14:30 · 2 phút", "99.000"),
    )
    return HeldDialog(spoken(rows))


def uncoded() -> UncodedDialog:
    kinds = (("giay", "Giày"), ("phu-kien", "Phụ kiện"))
    return UncodedDialog(spoken(UncodedForm("8934567890123", kinds, "500.000đ")))


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    """Pictures 01 and 02 and what has no picture."""
    empty = SellState(held=2, waiting=3, exact="0", sums=(("Tổng tiền hàng", "0"),))
    thanks = replace(empty, thanks=THANKS, answer=Answer("accepted", "Đã bán xong", THANKS.receipt))
    return [
        ("01-sell", sell(sell_state())),
        ("02-sell-offline", sell(offline_state(), OFFLINE)),
        ("01a-sell-empty", sell(empty)),
        ("01b-sell-thanks", sell(thanks)),
        ("01c-sell-mixed", sell(mixed_state())),
        ("01d-sell-long", sell(long_state())),
        ("01e-why", over_sell(why)),
        ("01f-discount", over_sell(discount)),
        ("01g-quantity", over_sell(lambda: QuantityDialog("Tất cổ thấp cotton", "2"))),
        ("01h-note", over_sell(lambda: NoteDialog("Tất cổ thấp cotton", ""))),
        ("01i-held", over_sell(held)),
        ("01j-uncoded", over_sell(uncoded)),
        ("01k-sell-voucher", sell(voucher_state())),
    ]
