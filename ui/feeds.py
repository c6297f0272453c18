"""What the downloaded data are called at the counter, in the order in which they come."""

from __future__ import annotations

from typing import Final

from pos_app.text import _
from ui.messages import N_

FEEDS: Final[dict[str, str]] = {
    "keyset": N_("Khóa kiểm tra mã"),
    "revocations": N_("Mã bị thu hồi"),
    "policy": N_("Quy định cửa hàng"),
    "staff": N_("Nhân viên và quyền"),
    "tills": N_("Các quầy"),
    "orders": N_("Đơn chờ nhận"),
    "campaigns": N_("Voucher"),
    "sales": N_("Hóa đơn gần đây"),
    "stock": N_("Tồn kho"),
    "blanks": N_("Voucher phát tại quầy"),
    "results": N_("Kết quả chứng từ"),
    "transfers": N_("Tiền chuyển khoản"),
    "cases": N_("Trường hợp của cửa hàng"),
    "catalogue": N_("Hàng và giá"),
    "customers": N_("Khách hàng và điểm"),
}


def feed_title(name: str) -> str:
    """ "Hàng và giá"; the name itself for a feed of a newer version."""
    return _(FEEDS[name]) if name in FEEDS else name
