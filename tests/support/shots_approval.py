"""The approval dialog (picture 14) and its other states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from pos_app.domain.staff import Role, StaffMember
from pos_app.services.approvals import ApprovalNeed
from tests.support.shots_kit import SHOP
from tests.support.spoken_states import spoken
from ui.approval.screen import ApprovalDialog
from ui.approval.state import ApprovalLine, ApprovalRequest, ApprovalState
from ui.approval.words import request
from ui.goods import Face
from ui.main_window import MainWindow
from ui.widgets.person_state import ApproverState
from ui.widgets.strip_state import StripState

LAN = StaffMember(2, "Nguyễn Thị Lan", Role.CASHIER, "LA", 0)
THAO = ApproverState(5, "Trần Thu Thảo", "Quản lý cửa hàng", "TT", 4)
PHUC = ApproverState(6, "Lê Hoàng Phúc", "Quản lý cửa hàng", "LP", 2)
NEED = ApprovalNeed("return.over_limit", "return_cash", 903_000, 500_000, 2)
HINT = "Nhập PIN, hoặc quét thẻ rồi nhập PIN"


def asked() -> ApprovalRequest:
    """What picture 14 asks."""
    return request(
        NEED,
        "0" * 64,
        LAN,
        "16:21",
        amount=903_000,
        parts=(("Chuyển khoản", "647.000"), ("Tiền mặt", "256.000")),
        lines=(
            ApprovalLine(
                Face("#EAD9BF", "37"),
                "Giày cao gót quai hậu đính ngọc trai",
                "Bán lại được · không vừa size",
                "490.000",
            ),
            ApprovalLine(
                Face("#8A5A3B", "", "handbag"),
                "Túi tote da PU in họa tiết hoa sen",
                "Hư hỏng · bung chỉ",
                "413.000",
            ),
        ),
        facts=("Hóa đơn LVS02-004812, bán 14/11 tại Lê Văn Sỹ.", "Hôm nay Lan đã hoàn 1 lần, 180.000đ."),
    )


def _dialog(state: ApprovalState, digits: int) -> QWidget:
    window = MainWindow()
    window.resize(1366, 768)
    window.show_strip(spoken(StripState(clock="16:21", **SHOP)))
    state = spoken(state)
    dialog = ApprovalDialog(state.request)
    dialog.show_state(state)
    for _at in range(digits):
        dialog.dots.press("1")
    dialog.open_over(window)
    return window


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    state = ApprovalState(asked(), (THAO, PHUC), 5, left=47, hint=HINT)
    wrong = replace(state, left=31, message="PIN chưa đúng. Còn 4 lần thử.")
    over = replace(state, left=0, is_over=True, message="Hết 60 giây, phiếu này đã đóng. Xin duyệt lại.")
    nobody = replace(state, approvers=(), chosen=0, message="Ở cửa hàng chưa có ai duyệt được việc này.")
    return [
        ("14-approval", lambda: _dialog(state, 4)),
        ("14-approval-ready", lambda: _dialog(replace(state, may_accept=True), 6)),
        ("14-approval-wrong", lambda: _dialog(wrong, 0)),
        ("14-approval-over", lambda: _dialog(over, 0)),
        ("14-approval-nobody", lambda: _dialog(nobody, 0)),
    ]
