"""What is to be known of the till itself: restricted mode and a date that is not certain, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos_app.services.attention import AttentionAction, AttentionItem, AttentionKind
from pos_app.text import _
from ui.messages import N_

_WHY: Final[Mapping[str, str]] = {
    "anchor_newer": N_("Sổ ở máy thiếu những chứng từ mới nhất, như khi một bản cũ được chép lại."),
    "anchor_unknown": N_(
        "Máy chưa có dấu để biết sổ của mình là bản mới nhất. Trung tâm sẽ xác nhận khi có mạng."
    ),
    "restored": N_("Sổ vừa được khôi phục từ bản sao lưu. Trung tâm sẽ xác nhận khi có mạng."),
    "spare": N_("Máy đang ghi sổ dự phòng sau khi sổ cũ hỏng. Trung tâm sẽ xác nhận khi có mạng."),
    "forked": N_("Trung tâm thấy hai nhánh sổ của máy này. Không chứng từ nào mất."),
    "epoch_retired": N_("Trung tâm đã khép sổ này của máy. Không chứng từ nào mất."),
}
_GOES_ON: Final = N_(
    "Bán hàng và kết ca vẫn chạy. Voucher, điểm, phiếu hoàn tiền, giao đơn và hoàn tiền mặt cần "
    "trung tâm hoặc quản lý."
)
_ENROL: Final = N_("Kết ca rồi ghi danh lại máy bằng mã mới của quản lý.")
_CLOCK: Final[Mapping[str, str]] = {
    "ahead": N_("Ngày của máy đi trước quá xa, nên chưa được dùng để xét hạn."),
    "server": N_("Ngày của trung tâm khác hẳn ngày của máy, nên chưa được dùng."),
    "behind": N_("Đồng hồ máy chạy lùi. Hạn của mã vẫn xét theo giờ đã biết; chỉnh lại giờ của máy."),
}


def title(item: AttentionItem) -> str:
    """What it is."""
    if item.kind is AttentionKind.RESTRICTED:
        return _("Máy đang ở chế độ hạn chế")
    return _("Đồng hồ máy chạy lùi") if item.reason == "behind" else _("Chưa chắc hôm nay là ngày nào")


def line(item: AttentionItem) -> str:
    """What goes on all the same."""
    if item.kind is AttentionKind.RESTRICTED:
        return _("Bán hàng và kết ca vẫn chạy")
    return _("Hạn của mã vẫn xét theo giờ đã biết")


def text(item: AttentionItem) -> str:
    """Why, what goes on, and what to do."""
    if item.kind is AttentionKind.CLOCK:
        return _(_CLOCK[item.reason])
    parts = [_(_WHY[item.reason]), _(_GOES_ON)]
    if item.action is AttentionAction.ENROL_AGAIN:
        parts.append(_(_ENROL))
    return " ".join(parts)


def button(item: AttentionItem) -> str:
    """The one thing to do here; "" when it passes by itself."""
    if item.action is AttentionAction.ENROL_AGAIN:
        return _("Ghi danh lại máy này")
    return _("Kiểm ngày") if item.action is AttentionAction.CONFIRM_DATE else ""
