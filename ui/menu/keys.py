"""What every key does, for the page of F1 (counter: Keys)."""

from __future__ import annotations

from typing import Final

from pos_app.text import _
from ui.messages import N_

_KEYS: Final = (
    ("F1", N_("Phím tắt")),
    ("F2", N_("Tìm hàng (cả F3)")),
    ("*", N_("Số lượng của dòng đang mở")),
    ("F4", N_("Khách hàng")),
    ("F5", N_("Giảm giá")),
    ("F6", N_("Treo đơn, mở đơn treo")),
    ("F7", N_("Trả hàng, đổi hàng")),
    ("F8", N_("Giao đơn online")),
    ("F9", N_("Thanh toán, xác nhận")),
    ("F10", N_("Đủ tiền mặt, xong luôn")),
    ("F11", N_("Ngăn kéo, thu chi tiền")),
    ("F12", N_("Ca: mở, kết, báo cáo X")),
    ("Esc", N_("Quay lại, không mất gì")),
    ("Del", N_("Bỏ dòng đang mở")),
    ("Ctrl+Z", N_("Hoàn tác")),
    ("Ctrl+P", N_("In lại hóa đơn cuối")),
    ("Ctrl+L", N_("Khóa quầy")),
    ("Ctrl+V", N_("Dán ảnh có mã, hoặc mã")),
    ("↑ ↓", N_("Chọn dòng, chọn cách trả")),
    ("Tab", N_("Sang nút kế, bấm: dấu cách")),
)


def keys() -> tuple[tuple[str, str], ...]:
    """Key and words, in the language in use."""
    return tuple((key, _(words)) for key, words in _KEYS)
