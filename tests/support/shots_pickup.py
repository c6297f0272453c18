"""The pick-up screen (picture 05) in every state worth looking at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from tests.support.shots_kit import SHOP
from tests.support.spoken_states import spoken
from ui.answers import Answer, AnswerAction
from ui.goods import Face
from ui.main_window import MainWindow
from ui.pickup.dialogs import CollectorDialog, PinDialog, RefuseDialog
from ui.pickup.screen import PickupScreen
from ui.pickup.state import (
    BadgeState,
    ColumnState,
    LineRow,
    ListState,
    OrderState,
    PersonState,
    PickupState,
    PinCard,
    ProofState,
    Refusable,
    WaitingRow,
)
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.done_state import DoneState
from ui.widgets.strip_state import StripState

TUAN = PersonState("Anh Trần Minh Tuấn", "•••• ••• 334", BadgeState("Bạc", "quiet", dot="tier-silver"))
ROWS = (
    LineRow(
        "1",
        Face("#F3F2EC", "39"),
        "Giày thể thao đế độn 4cm phối lưới thoáng khí",
        "Trắng ngà · size 39",
        "B-04",
        "1",
        "629.000",
        "ticked",
    ),
    LineRow(
        "2",
        Face("#1C1C20", "", "backpack"),
        "Balo mini da PU quai xích phối khóa kéo",
        "Đen",
        "B-04",
        "1",
        "489.000",
    ),
    LineRow(
        "3",
        Face("#A6ABB3", "40"),
        "Dép quai ngang êm chân đi trong nhà",
        "Xám · size 40",
        "A-11",
        "2",
        "198.000",
        "part",
        "1/2",
    ),
    LineRow("4", Face("#F3D9A4", "", "gift"), "Móc khóa gấu bông", "Quà tặng", "Quầy", "1", "0", "ticked"),
)
SUMS = (("Tiền hàng", "1.316.000"), ("Voucher online", "−100.000"), ("Đã trả online", "1.216.000"))
COLUMN = ColumnState(
    TUAN,
    PinCard("ok", "Khớp", "4802"),
    sums=SUMS,
    due_label="Còn phải thu",
    main="Giao hàng",
    main_reason="Quét thêm 2 món để giao",
    second="Giao trước 3 món",
)
ORDER = OrderState(
    "Đơn MN-48207",
    "Đặt trên website 20/11 lúc 21:14 · hẹn lấy trước 18:00 hôm nay",
    (BadgeState("Đã trả đủ", "ok", "circle-check"), BadgeState("Soạn xong", "quiet", "package")),
    "3 / 5 món đã quét",
    ROWS,
    refusable=(
        Refusable(2, "Balo mini da PU quai xích phối khóa kéo · 1 cái"),
        Refusable(3, "Dép quai ngang êm chân đi trong nhà · 1 đôi"),
    ),
    more_reason="Chưa có ở bản này: giao xong rồi bán thành đơn mới",
)
UNDO = AnswerAction("undo", "Hoàn tác", "Ctrl+Z")
PICTURE = PickupState(
    "order",
    "Quét từng món trong đơn…",
    Answer("accepted", "Đúng món", "Dép quai ngang êm chân · còn 1 đôi nữa", UNDO),
    COLUMN,
    order=ORDER,
)
WAITING = (
    WaitingRow(
        "48190",
        "MN-48190",
        "Lan P.",
        "2 món",
        "Quá hẹn 12:00 hôm nay",
        "need",
        "Soạn xong",
        BadgeState("Đã trả đủ", "ok"),
        "A-02",
    ),
    WaitingRow(
        "48207",
        "MN-48207",
        "Tuấn T.",
        "5 món",
        "Trước 18:00 hôm nay",
        "ink",
        "Soạn xong",
        BadgeState("Đã trả đủ", "ok"),
        "B-04",
    ),
    WaitingRow(
        "48211",
        "MN-48211",
        "Hoa L.",
        "1 món · đã giao một phần",
        "Trước 20:00 hôm nay",
        "ink",
        "Đang soạn",
        BadgeState("Còn thu 320.000đ", "need"),
        "B-07",
    ),
    WaitingRow(
        "48220",
        "MN-48220",
        "Vy N.",
        "3 món",
        "Trước 10:00 ngày mai",
        "ink",
        "Chưa soạn",
        BadgeState("Còn thu 1.215.000đ", "need"),
        "",
    ),
)
LIST = ListState(
    "Đơn chờ nhận",
    "4 đơn chờ khách · 1 đơn quá hẹn",
    WAITING,
    "48207",
    (("all", "Tất cả", 4), ("late", "Quá hẹn", 1), ("due", "Còn thu tiền", 2)),
    "all",
    ("Chưa có đơn chờ nhận", ""),
)
LIST_STATE = PickupState(
    "list",
    "Quét mã nhận hoặc gõ số đơn…",
    column=ColumnState(
        replace(TUAN, badge=None, name="Tuấn T."),
        sums=(
            ("Số món", "5 món"),
            ("Hẹn lấy", "Trước 18:00 hôm nay"),
            ("Chuẩn bị", "Soạn xong"),
            ("Kệ", "B-04"),
        ),
        due_label="Còn phải thu",
        main="Mở đơn",
    ),
    waiting=LIST,
)
EMPTY = replace(
    LIST_STATE,
    column=ColumnState(due_label="Còn phải thu", main="Mở đơn", main_reason="Quét mã của khách để mở"),
    waiting=replace(
        LIST,
        line="0 đơn chờ khách",
        rows=(),
        current="",
        tabs=(("all", "Tất cả", 0), ("late", "Quá hẹn", 0), ("due", "Còn thu tiền", 0)),
        empty=(
            "Chưa có đơn chờ nhận",
            "Đơn khách đặt trên web để nhận ở cửa hàng này sẽ hiện ở đây theo giờ hẹn.",
        ),
    ),
)
DONE = PickupState(
    "done",
    "Quét mã của khách tiếp theo…",
    Answer("accepted", "Đã giao đơn MN-48207", "Đưa khách hàng và biên nhận."),
    ColumnState(
        TUAN,
        sums=(("Hàng đã giao", "1.216.000"), ("Trả lại khách", "0")),
        due_label="Còn phải thu",
        main="Khách tiếp theo",
        second="In lại biên nhận",
        second_key="Ctrl+P",
    ),
    done=DoneState(
        "Đã giao đơn MN-48207",
        "Biên nhận đang in. Quét mã của khách tiếp theo.",
        (("Biên nhận", "NT02-001873"), ("Đã giao", "5 món"), ("Tích điểm", "+121")),
    ),
)


def pickup(state: PickupState, dialog: DialogFrame | None = None, clock: str = "15:06") -> QWidget:
    """The window with this screen on top."""
    screen = PickupScreen()
    window = MainWindow([screen])
    window.resize(1366, 768)
    window.show_strip(spoken(StripState(clock=clock, **SHOP)))
    window.show_screen("pickup")
    screen.show_state(spoken(state))
    if dialog is not None:
        dialog.open_over(window)
    return window


def _refusal() -> QWidget:
    dialog = RefuseDialog(ORDER.refusable, 2)
    dialog.choose_reason("not_wanted")
    return pickup(PICTURE, dialog)


def _proof() -> PickupState:
    proof = ProofState(
        "Xem giấy tờ của khách",
        "So tên giấy tờ với tên trên đơn.",
        "shield-alert",
        "identity",
        "Đã xem, đúng người",
    )
    rows = (replace(ROWS[0], mark="ticked"), *(replace(row, mark="ticked", part="") for row in ROWS[1:]))
    badges = (BadgeState("Đã đặt cọc", "need", "wallet"), ORDER.badges[1])
    column = replace(
        COLUMN,
        pin=PinCard("ok", "Khớp", "4802"),
        proof=proof,
        sums=(*SUMS[:2], ("Đã đặt cọc", "896.000")),
        due=320_000,
        main="Thu 320.000 và giao",
        main_reason="Xem giấy tờ của khách trước",
        second="",
    )
    answer = Answer("needs", "Xem giấy tờ trước khi giao", "Đối chiếu tên trên đơn với giấy tờ của khách.")
    order = replace(ORDER, rows=rows, badges=badges, heading="5 / 5 món đã quét")
    return replace(PICTURE, column=column, order=order, answer=answer)


def _due() -> PickupState:
    state = _proof()
    column = replace(state.column, proof=None, main_reason="", pin=None)
    return replace(state, column=column, answer=Answer("accepted", "Đủ món", "Bấm nút Giao hàng.", UNDO))


def _wrong_pin() -> PickupState:
    column = replace(COLUMN, pin=PinCard("wrong", "Sai, còn 3 lần", may_forget=True))
    answer = Answer("needs", "Mã PIN chưa khớp", "Còn 3 lần. Mời khách đọc lại từng số.")
    refused = replace(
        ROWS[1], mark="refused", second="Khách không lấy · Đổi ý, không lấy nữa", second_ink="stop"
    )
    rows = (replace(ROWS[0], mark="gone", second="Trắng ngà · size 39"), refused, *ROWS[2:])
    order = replace(ORDER, rows=rows, current="3")
    return replace(PICTURE, column=column, answer=answer, order=order)


def _unknown() -> PickupState:
    answer = Answer(
        "unknown",
        "Chưa có ở máy này: đơn MN-48213",
        "Đơn có thể mới hơn dữ liệu của máy.",
        AnswerAction("retry", "Tải lại đơn", ""),
    )
    return replace(LIST_STATE, answer=answer)


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    return [
        ("05-pickup", lambda: pickup(PICTURE)),
        ("05-pickup-wrong-pin", lambda: pickup(_wrong_pin())),
        ("05-pickup-identity", lambda: pickup(_proof())),
        ("05-pickup-due", lambda: pickup(_due())),
        ("05-pickup-list", lambda: pickup(LIST_STATE)),
        ("05-pickup-unknown", lambda: pickup(_unknown())),
        ("05-pickup-empty", lambda: pickup(EMPTY)),
        ("05-pickup-done", lambda: pickup(DONE)),
        ("05-pickup-refuse", _refusal),
        ("05-pickup-collector", lambda: pickup(PICTURE, CollectorDialog())),
        ("05-pickup-pin-pad", lambda: pickup(_wrong_pin(), PinDialog())),
    ]
