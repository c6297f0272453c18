"""Words by reason: what needs a second person."""

from __future__ import annotations

from typing import Final

from ui.messages import AGE, COUNT, DONG, N_, SHARE, Template

APPROVE: Final = ("approve", N_("Nhờ duyệt"), "")

_VOUCHERS_TOGETHER: Final = Template(
    N_("Cần quản lý duyệt"),
    N_("Nhiều voucher sát mức, cộng lại {asked}."),
    "needs",
    APPROVE,
    {"asked": DONG},
)

_REFUNDS_TOGETHER: Final = Template(
    N_("Cần quản lý duyệt"),
    N_("Nhiều lần hoàn sát mức, cộng lại {asked}."),
    "needs",
    APPROVE,
    {"asked": DONG},
)

APPROVAL_REASONS: Final[dict[str, Template]] = {
    "pickup_value": Template(
        N_("Cần quản lý duyệt"), N_("Đơn vượt {most} khi mất mạng."), "needs", APPROVE, {"most": DONG}
    ),
    "pickup_feed_age": Template(
        N_("Cần quản lý duyệt"), N_("Dữ liệu đơn đã {asked} chưa tải lại."), "needs", APPROVE, {"asked": AGE}
    ),
    "pickup_unknown": Template(
        N_("Chưa có ở máy này"), N_("Mã đúng chữ ký. Cần duyệt để giao."), "unknown", APPROVE
    ),
    "voucher_value": Template(
        N_("Cần quản lý duyệt"), N_("Voucher vượt {most} khi mất mạng."), "needs", APPROVE, {"most": DONG}
    ),
    "voucher_value_split": _VOUCHERS_TOGETHER,
    "voucher_unsigned": Template(
        N_("Cần quản lý duyệt"),
        N_("Voucher không chữ ký vượt {most} khi mất mạng."),
        "needs",
        APPROVE,
        {"most": DONG},
    ),
    "voucher_unsigned_split": _VOUCHERS_TOGETHER,
    "voucher_unknown": Template(
        N_("Cần quản lý duyệt"),
        N_("Voucher này chưa có trong danh sách của máy."),
        "unknown",
        APPROVE,
    ),
    "pickup_value_split": Template(
        N_("Cần quản lý duyệt"),
        N_("Nhiều đơn sát mức, cộng lại {asked}."),
        "needs",
        APPROVE,
        {"asked": DONG},
    ),
    "return_cash_split": _REFUNDS_TOGETHER,
    "return_foreign_cash_split": _REFUNDS_TOGETHER,
    "offline_time": Template(
        N_("Cần quản lý duyệt"),
        N_("Máy đã {asked} không hỏi được trung tâm."),
        "needs",
        APPROVE,
        {"asked": AGE},
    ),
    "staff_age": Template(
        N_("Cần quản lý duyệt"),
        N_("Danh sách nhân viên đã {asked} chưa tải lại."),
        "needs",
        APPROVE,
        {"asked": AGE},
    ),
    "points_age": Template(
        N_("Cần quản lý duyệt"), N_("Số điểm đã {asked} chưa tải lại."), "needs", APPROVE, {"asked": AGE}
    ),
    "return_cash": Template(
        N_("Cần quản lý duyệt"), N_("Vượt mức {most} của thu ngân."), "needs", APPROVE, {"most": DONG}
    ),
    "return_foreign_cash": Template(
        N_("Cần quản lý duyệt"), N_("Hàng bán ở cửa hàng khác."), "needs", APPROVE
    ),
    "return_no_receipt": Template(N_("Cần quản lý duyệt"), N_("Khách không có hóa đơn."), "needs", APPROVE),
    "drawer_count": Template(
        N_("Cần quản lý duyệt"),
        N_("Đã mở ngăn kéo hơn {most} lần trong ca."),
        "needs",
        APPROVE,
        {"most": COUNT},
    ),
    "discount": Template(
        N_("Cần quản lý duyệt"), N_("Giảm tay vượt mức {most}."), "needs", APPROVE, {"most": SHARE}
    ),
    "void_value": Template(
        N_("Cần quản lý duyệt"), N_("Hóa đơn vượt {most}."), "needs", APPROVE, {"most": DONG}
    ),
    "uncoded": Template(
        N_("Cần quản lý duyệt"), N_("Hàng không mã vượt {most} mỗi món."), "needs", APPROVE, {"most": DONG}
    ),
}
