"""The pay screen (picture 03): change, short, points, points already taken, a hand-over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from pos_app.text import _
from tests.support.shots_kit import SHOP
from tests.support.shots_sell import in_window
from tests.support.spoken_states import spoken
from ui.answers import Answer
from ui.dialogs import Question, ask
from ui.pay.screen import PayScreen
from ui.pay.state import FigureState, PayState, PointsState, QuickState, TakenState, TenderState
from ui.widgets.strip_state import StripState

STRIP = StripState(clock="14:33", **SHOP)
NOT_YET = "Chưa có ở bản này"


def tenders() -> tuple[TenderState, ...]:
    return (
        TenderState("cash", "Tiền mặt", "banknote"),
        TenderState("transfer", "Chuyển khoản QR", "qr-code", reason=NOT_YET),
        TenderState("card", "Thẻ", "credit-card", reason=NOT_YET),
        TenderState("e_wallet", "Ví điện tử", "wallet", reason=NOT_YET),
        TenderState("points", "Điểm", "star", hint="còn 1.040"),
        TenderState("stored_value", "Thẻ quà tặng", "gift"),
        TenderState("store_credit", "Phiếu hoàn tiền", "receipt"),
    )


def quick(*amounts: int) -> tuple[QuickState, ...]:
    """The first one is the exact sum."""
    return tuple(QuickState(one, f"{one:,}".replace(",", "."), one == amounts[0]) for one in amounts)


def pay_state() -> PayState:
    """Picture 03."""
    return PayState(
        title="Thanh toán",
        back="Giỏ hàng",
        note="Chị Lê Thị Hoa · 7 món",
        due=1_661_000,
        figure=FigureState("change", "Tiền thừa trả khách", 39_000, "20k + 10k + 5k + 2k + 2k"),
        tenders=tenders(),
        quick=quick(1_661_000, 1_670_000, 1_700_000, 1_800_000, 2_000_000),
        points=PointsState(
            "1.040",
            "Dùng được <b>400 điểm</b>, trả được <b>200.000đ</b>.",
            "Phần còn lại dùng được khi hỏi được trung tâm.",
            400,
            "Dùng hết 400 điểm",
        ),
        entry_label="Khách đưa",
        typed=1_700_000,
        sums=(("Tổng tiền hàng", "1.841.000"), ("Giảm giá", "−79.800")),
        total_label="Khách cần trả",
        total="1.761.200",
        taken=(TakenState(2, "star", "Đã trả bằng điểm", "200 điểm", "100.000"),),
        rounding="−200",
        earned_label="Chị Hoa được tích",
        earned="+249 điểm",
        main="Hoàn tất",
        hint="Ngăn kéo tự mở khi hoàn tất",
    )


def pay(state: PayState) -> Callable[[], QWidget]:
    def make() -> QWidget:
        screen = PayScreen()
        screen.show_state(spoken(state))
        return in_window(screen, STRIP)

    return make


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    """Picture 03 and its other states."""
    state = pay_state()
    short = replace(
        state,
        typed=1_600_000,
        figure=FigureState("short", "Còn thiếu", 61_000),
        main_reason="Còn thiếu 61.000",
        answer=Answer(
            "needs", "Giá vừa đổi", "Trước 1.781.200, nay 1.761.200đ. Báo khách trước khi thu tiền."
        ),
    )
    begun = replace(
        state,
        typed=0,
        due=1_761_000,
        figure=FigureState("calm", "Tiền thừa trả khách", 0),
        quick=quick(1_761_000, 1_770_000, 1_800_000, 2_000_000),
        taken=(),
        main_reason="Nhập tiền khách đưa, hoặc F10",
    )
    points = replace(
        begun,
        mode="points",
        due=1_761_200,
        typed=200,
        figure=FigureState("worth", "Điểm trả được", 100_000),
        entry_label="Số điểm",
        rounding="",
        main="Trả bằng điểm",
        main_reason="",
        hint="",
    )
    credit = replace(
        begun,
        mode="store_credit",
        due=1_761_200,
        entry_label="Số phiếu",
        rounding="",
        main_reason="Quét phiếu, hoặc gõ số phiếu",
        hint="",
        answer=Answer(
            "unknown",
            "Phiếu hoàn tiền của quầy khác",
            "Chỉ dùng được ở quầy đã lập phiếu khi chưa hỏi được trung tâm.",
        ),
    )
    gift_card = replace(
        credit,
        mode="stored_value",
        entry_label="Mã thẻ",
        main_reason="Quét thẻ, hoặc gõ mã trên thẻ",
        answer=Answer("quiet", "", "Đang hỏi trung tâm… Cứ quét tiếp."),
    )
    paid_by_credit = replace(
        state,
        typed=0,
        due=0,
        figure=FigureState("calm", "Tiền thừa trả khách", 0),
        taken=(TakenState(1, "receipt", "NT02-005102", "phiếu còn 1.238.800đ", "1.761.200"),),
        rounding="",
        quick=(),
        hint="",
        answer=Answer(
            "accepted",
            "Đã nhận phiếu hoàn tiền",
            "Trả 1.761.200đ · phiếu còn 1.238.800đ",
        ),
    )
    handover = replace(
        state,
        title="Thu tiền đơn MN-48207",
        back="Đơn MN-48207",
        taken=(TakenState(0, "credit-card", "Đã trả trên web", "VNP 14/11", "100.000"),),
        answer=Answer("refused", "Ổ đĩa đầy, chưa ghi được", "Giỏ hàng vẫn còn. Xóa bớt tệp rồi làm lại."),
    )
    leaving = pay(paid_by_credit)

    def asked() -> QWidget:
        window = leaving()
        line = _("Phiếu hoàn tiền {amount}: chưa trừ, đưa lại phiếu cho khách.").format(amount="1.761.200đ")
        ask(window, Question(_("Thôi thanh toán?"), line, _("Thôi thanh toán")), lambda: None)
        return window

    return [
        ("03-pay", pay(state)),
        ("03a-pay-short", pay(short)),
        ("03b-pay-begun", pay(begun)),
        ("03c-pay-points", pay(points)),
        ("03d-pay-handover", pay(handover)),
        ("03e-pay-credit", pay(credit)),
        ("03f-pay-credit-taken", pay(paid_by_credit)),
        ("03g-pay-gift-card", pay(gift_card)),
        ("03h-pay-leave", asked),
    ]
