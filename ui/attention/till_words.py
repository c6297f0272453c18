"""What is to be known of the till itself, in words: restricted mode, its date, its disk, what was lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos_app.services.attention import AttentionAction, AttentionItem, AttentionKind
from pos_app.text import _, ngettext
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
KINDS: Final = frozenset(
    {AttentionKind.RESTRICTED, AttentionKind.CLOCK, AttentionKind.DISK, AttentionKind.LOST}
)
_DISK: Final = N_(
    "Ổ đĩa báo lỗi hai lần liền, nên máy không ghi gì thêm. Mọi chứng từ đã ghi vẫn còn. Ngừng bán ở quầy "
    "này, gọi kỹ thuật; mở lại Quầy sẽ kiểm toàn bộ dữ liệu."
)
_LOST: Final = N_(
    "Tệp dữ liệu từng bị hỏng. Phần đọc được đã cứu vào sổ mới và vẫn gửi đi; những chỗ dưới đây không "
    "đọc được. Giấy in và trung tâm có thể còn giữ chúng: đối chiếu hóa đơn rồi bấm Đã xem."
)
_ENROL: Final = N_("Kết ca rồi ghi danh lại máy bằng mã mới của quản lý.")
_CLOCK: Final[Mapping[str, str]] = {
    "ahead": N_("Ngày của máy đi trước quá xa, nên chưa được dùng để xét hạn."),
    "server": N_("Ngày của trung tâm khác hẳn ngày của máy, nên chưa được dùng."),
    "behind": N_("Đồng hồ máy chạy lùi. Hạn của mã vẫn xét theo giờ đã biết; chỉnh lại giờ của máy."),
}


def title(item: AttentionItem) -> str:
    """What it is."""
    if item.kind is AttentionKind.DISK:
        return _("Ổ đĩa hỏng, máy ngừng ghi")
    if item.lost is not None:
        n = item.lost.count
        return ngettext("Mất {n} chứng từ trong sổ cũ", "Mất {n} chứng từ trong sổ cũ", n).format(n=n)
    if item.kind is AttentionKind.RESTRICTED:
        return _("Máy đang ở chế độ hạn chế")
    return _("Đồng hồ máy chạy lùi") if item.reason == "behind" else _("Chưa chắc hôm nay là ngày nào")


def line(item: AttentionItem) -> str:
    """What goes on all the same."""
    if item.kind is AttentionKind.DISK:
        return _("Ngừng bán ở quầy này và gọi kỹ thuật")
    if item.kind is AttentionKind.LOST:
        return _("Phần còn lại đã cứu được · bán hàng vẫn chạy")
    if item.kind is AttentionKind.RESTRICTED:
        return _("Bán hàng và kết ca vẫn chạy")
    return _("Hạn của mã vẫn xét theo giờ đã biết")


def text(item: AttentionItem) -> str:
    """Why, what goes on, and what to do."""
    if item.kind in (AttentionKind.DISK, AttentionKind.LOST):
        return _(_DISK if item.kind is AttentionKind.DISK else _LOST)
    if item.kind is AttentionKind.CLOCK:
        return _(_CLOCK[item.reason])
    parts = [_(_WHY[item.reason]), _(_GOES_ON)]
    if item.action is AttentionAction.ENROL_AGAIN:
        parts.append(_(_ENROL))
    return " ".join(parts)


def facts(item: AttentionItem) -> list[tuple[str, str]]:
    """Where something is missing: "Sổ 1", "số 22 đến 25"."""
    if item.lost is None:
        return []
    return [
        (
            _("Sổ {epoch}").format(epoch=one.epoch),
            _("số {first} đến {last}").format(first=one.first, last=one.last)
            if one.count > 1
            else _("số {n}").format(n=one.first),
        )
        for one in item.lost.stretches
    ]


def buttons(item: AttentionItem) -> tuple[str, str]:
    """The one thing to do here, "" when it passes by itself; and the second button."""
    match item.action:
        case AttentionAction.ENROL_AGAIN:
            return _("Ghi danh lại máy này"), ""
        case AttentionAction.CONFIRM_DATE:
            return _("Kiểm ngày"), ""
        case AttentionAction.EXPORT:
            return _("Xuất chứng từ chưa gửi"), _("Đã xem")
        case AttentionAction.SEEN:
            return _("Đã xem"), ""
        case _:
            return "", ""
