"""Central's reasons and the printer's, in words of the shop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos_app.text import _
from ui.message_texts import TEXTS
from ui.messages import N_
from ui.words_reasons import CODE_REASONS

CASES: Final[Mapping[str, str]] = {
    "VOUCHER_OVERUSED": N_("Voucher đã dùng quá số lượt"),
    "REVOKED_ACCEPTED": N_("Nhận một mã đã bị thu hồi"),
    "PRICE_MISMATCH": N_("Trung tâm tính giá khác"),
    "STALE_PRICE": N_("Bán theo giá cũ"),
    "DUPLICATE_HANDOVER": N_("Đơn đã giao ở nơi khác"),
    "HANDOVER_AFTER_REFUND": N_("Giao đơn sau khi đã hoàn tiền"),
    "ORDER_UNKNOWN": N_("Trung tâm chưa biết đơn này"),
    "POINTS_OVERDRAWN": N_("Điểm đã dùng quá số dư"),
    "CREDIT_OVERDRAWN": N_("Phiếu hoàn tiền dùng quá số dư"),
    "CREDIT_UNKNOWN": N_("Trung tâm chưa biết phiếu hoàn tiền"),
    "STAFF_REVOKED": N_("Người bán đã thôi quyền"),
    "CLOCK_ANOMALY": N_("Đồng hồ máy lệch"),
    "PHONE_UNREADABLE": N_("Số điện thoại khách không đọc được"),
    "CUSTOMER_DUPLICATE": N_("Khách này có hai thẻ"),
    "CUSTOMER_MERGED": N_("Thẻ khách đã gộp"),
    "ORIGINAL_UNREADABLE": N_("Hóa đơn gốc không đọc được"),
    "RETURN_EXCEEDS_SOLD": N_("Trả nhiều hơn đã mua"),
    "SAME_PERSON": N_("Một người tự duyệt việc của mình"),
    "CLOSING_MISMATCH": N_("Số kết ca khác số của trung tâm"),
    "DOCUMENT_REJECTED": N_("Trung tâm không nhận chứng từ"),
    "TILL_FORK": N_("Sổ của máy bị rẽ nhánh"),
    "PARKED_TOO_LONG": N_("Chứng từ chờ quá lâu"),
    "GAP_TOO_LONG": N_("Thiếu chứng từ quá lâu"),
    "BROKEN_INVARIANT": N_("Số trong chứng từ không khớp nhau"),
    "NOT_A_DOCUMENT": N_("Chứng từ không đọc được"),
    "UNKNOWN_KIND": N_("Trung tâm chưa biết loại chứng từ này"),
    "UNKNOWN_SCHEMA": N_("Trung tâm chưa biết mẫu chứng từ này"),
    "BUG": N_("Phần mềm trung tâm có lỗi"),
    "EPOCH_BEGUN": N_("Máy bắt đầu sổ mới"),
}

# refusals whose own sentence needs figures that are not kept
REFUSED: Final[Mapping[str, str]] = {
    "voucher_expired": N_("Voucher hết hạn"),
    "voucher_not_yet": N_("Voucher chưa tới ngày dùng"),
    "voucher_below_min_basket": N_("Đơn chưa đủ tiền để dùng voucher"),
    "voucher_used_up": N_("Voucher đã dùng hết lượt"),
    "voucher_other_store": N_("Voucher của cửa hàng khác"),
    "order_unknown_here": N_("Đơn chưa có ở máy này"),
    "order_other_store": N_("Đơn nhận ở cửa hàng khác"),
}

DOCUMENTS: Final[Mapping[str, str]] = {
    "sale": N_("Hóa đơn"),
    "return": N_("Phiếu trả hàng"),
    "exchange": N_("Phiếu đổi hàng"),
    "void": N_("Phiếu hủy"),
    "handover": N_("Phiếu giao"),
    "handover_reversal": N_("Phiếu thu hồi hàng giao"),
    "order_payment": N_("Phiếu thu đơn"),
    "shift_open": N_("Mở ca"),
    "shift_close": N_("Báo cáo Z"),
    "shift_verify": N_("Xác nhận ca"),
    "cash_in": N_("Phiếu thu tiền"),
    "cash_out": N_("Phiếu chi tiền"),
    "customer": N_("Thẻ khách"),
    "voucher_refused": N_("Mã bị từ chối"),
}

PAPERS: Final[Mapping[str, str]] = {
    "receipt": N_("Hóa đơn"),
    "shift_report": N_("Báo cáo Z"),
    "x_report": N_("Báo cáo X"),
    "handover_slip": N_("Phiếu giao"),
    "drawer": N_("Lệnh mở ngăn kéo"),
}


def case(codes: tuple[str, ...]) -> str:
    """The first reason that has words; the code itself when none has."""
    for code in codes:
        if code in CASES:
            return _(CASES[code])
    return _("Trung tâm hỏi lại: {code}").format(code=codes[0]) if codes else _("Trung tâm hỏi lại")


def all_cases(codes: tuple[str, ...]) -> str:
    """All of them, each in words."""
    return ", ".join(_(CASES[code]) if code in CASES else code for code in codes)


def refused(reason: str) -> str:
    """Why a code was refused."""
    if reason in REFUSED:
        return _(REFUSED[reason])
    if reason in CODE_REASONS:
        return _(CODE_REASONS[reason].title)
    for kind in TEXTS:
        if kind.code == reason and "{" not in TEXTS[kind].title:
            return _(TEXTS[kind].title)
    return _("Mã không dùng được: {code}").format(code=reason)


def document(kind: str) -> str:
    """What a document is called."""
    return _(DOCUMENTS[kind]) if kind in DOCUMENTS else _("Chứng từ")


def paper(template: str) -> str:
    """What a paper is called."""
    return _(PAPERS[template]) if template in PAPERS else _("Giấy in")
