"""The return screen (picture 06) in every state worth looking at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from tests.support.shots_kit import SHOP
from tests.support.spoken_states import spoken
from ui.answers import Answer, AnswerAction
from ui.goods import Face, Part
from ui.main_window import MainWindow
from ui.returns import words
from ui.returns.screen import ReturnScreen
from ui.returns.state import NoteState, RefundColumn, ReturnRow, ReturnState, TenderRow
from ui.widgets.done_state import DoneState
from ui.widgets.strip_state import StripState

ROWS = (
    ReturnRow(
        "1",
        Face("#EAD9BF", "37"),
        "Giày cao gót quai hậu đính ngọc trai 5cm",
        (Part("Trả được đến 14/12", "ok"), Part(" · Be · size 37")),
        "1 / 1",
        "490.000",
        is_chosen=True,
        condition="resell",
        reason="wrong_size",
    ),
    ReturnRow(
        "2",
        Face("#8A5A3B", "", "handbag"),
        "Túi tote da PU in họa tiết hoa sen",
        (Part("Trả được đến 28/11", "ok"), Part(" · Nâu")),
        "1 / 1",
        "413.000",
        is_chosen=True,
        condition="damaged",
        reason="faulty",
    ),
    ReturnRow(
        "3",
        Face("", "", "package"),
        "Tất cổ thấp cotton, gói 3 đôi",
        (Part("Hôm nay là ngày cuối", "need"), Part(" · đã trả 1, còn 1")),
        "0 / 1",
        "53.000",
    ),
    ReturnRow(
        "4",
        Face("#D9BE4F", "38"),
        "Sandal quai chéo đế bệt",
        (Part("Không trả được: hàng thanh lý", "stop"),),
        "0 / 1",
        "199.000",
        may_choose=False,
        defect=True,
    ),
)
COLUMN = RefundColumn(
    "Hoàn theo cách khách đã trả",
    (
        TenderRow("qr-code", "Chuyển khoản", "tối đa 647.000", "647.000"),
        TenderRow("banknote", "Tiền mặt", "tối đa 508.000", "256.000"),
    ),
    (("Thu hồi điểm đã tích", "−136"),),
    (NoteState("need", "user-round-check", "Cần quản lý duyệt", "Vượt mức 500.000đ của thu ngân."),),
    sums=(("Món trả", "2"),),
    label="Trả lại khách",
    amount=903_000,
    main="Hoàn tiền",
    second="Bỏ qua",
)
PICTURE = ReturnState(
    "lines",
    "Quét món khách trả…",
    Answer("accepted", "Hóa đơn thật", "Bán tại Mộc Lan Lê Văn Sỹ, trả được ở đây"),
    "Trả hàng · LVS02-004812",
    "Thứ Bảy 14/11 lúc 18:05 · Chị Lê Thị Hoa · đã trả 1.208.000đ",
    ROWS,
    words.CONDITIONS,
    words.REASONS,
    COLUMN,
)
CREDIT = replace(
    PICTURE,
    rows=(replace(ROWS[0], quantity="2 / 3", count="2", may_less=True, may_more=True, reason=""), *ROWS[2:]),
    answer=Answer("needs", "Chọn lý do trả", "Giày cao gót quai hậu đính ngọc trai 5cm · 2 đôi"),
    column=replace(
        COLUMN,
        tenders=(
            TenderRow("ticket", "Phiếu hoàn tiền", "thay chuyển khoản 647.000", "647.000"),
            TenderRow("banknote", "Tiền mặt", "tối đa 508.000", "333.000"),
        ),
        notes=(
            NoteState(
                "figure",
                "ticket",
                "Phiếu hoàn tiền",
                "647.000đ, mã in trên biên nhận.",
            ),
        ),
        methods=words.METHODS,
        method="original",
        amount=980_000,
        main_reason="Chọn lý do trả",
    ),
)
ENTRY = ReturnState(
    "entry",
    "Quét hoặc gõ số hóa đơn…",
    column=RefundColumn(
        label="Trả lại khách",
        main="Hoàn tiền",
        main_reason="Quét hóa đơn trước",
        second="Bỏ qua",
    ),
)
UNKNOWN = replace(
    ENTRY,
    answer=Answer(
        "unknown",
        "Chưa có hóa đơn này ở máy",
        "Có thể mới hơn dữ liệu của máy.",
        AnswerAction("retry", "Tải lại", ""),
    ),
)
DONE = ReturnState(
    "done",
    "Quét mã tiếp theo…",
    Answer("accepted", "Đã nhận lại hàng", "Biên nhận NT02-001874"),
    column=RefundColumn(
        "Đã hoàn tiền",
        sums=(("Tiền mặt", "256.000"), ("Phiếu hoàn tiền", "647.000")),
        label="Đã trả lại khách",
        amount=903_000,
        main="Khách tiếp theo",
        second="In lại biên nhận",
        second_key="Ctrl+P",
        second_icon="printer",
    ),
    done=DoneState(
        "Đưa khách tiền mặt",
        "Biên nhận đang in. Ngăn kéo đã mở.",
        (
            ("Biên nhận trả hàng", "NT02-001874"),
            ("Phiếu hoàn tiền", "647.000đ"),
            ("Thu hồi điểm đã tích", "−136"),
        ),
        256_000,
        "200k + 50k + 5k + 1k",
    ),
)


def returns(state: ReturnState) -> QWidget:
    """The window with this screen on top."""
    screen = ReturnScreen()
    window = MainWindow([screen])
    window.resize(1366, 768)
    window.show_strip(spoken(StripState(clock="16:20", **SHOP)))
    window.show_screen("return")
    screen.show_state(spoken(state))
    return window


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    return [
        ("06-return", lambda: returns(PICTURE)),
        ("06-return-credit", lambda: returns(CREDIT)),
        ("06-return-entry", lambda: returns(ENTRY)),
        ("06-return-unknown", lambda: returns(UNKNOWN)),
        ("06-return-done", lambda: returns(DONE)),
    ]
