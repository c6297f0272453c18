"""Central's reasons and the printer's, in words of the shop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos_app.text import _
from ui.attention.case_words import CASES
from ui.message_texts import TEXTS
from ui.messages import N_
from ui.words_reasons import CODE_REASONS, CREDIT_REASONS

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
    "customer_create": N_("Thẻ khách"),
    "voucher_refused": N_("Mã bị từ chối"),
    "voucher_issue": N_("Tặng voucher"),
    "drawer_open": N_("Mở ngăn kéo"),
    "receipt_reprint": N_("In lại giấy"),
    "approval": N_("Duyệt"),
    "export": N_("Xuất chứng từ"),
    "sign_in": N_("Vào ca làm"),
    "sign_out": N_("Ra ca làm"),
    "lock": N_("Khóa màn hình"),
    "app_start": N_("Mở chương trình"),
    "epoch_start": N_("Bắt đầu sổ mới"),
    "clock_anomaly": N_("Đồng hồ lệch"),
}

PAPERS: Final[Mapping[str, str]] = {
    "receipt": N_("Hóa đơn"),
    "voucher": N_("Voucher tặng"),
    "shift_report": N_("Báo cáo Z"),
    "x_report": N_("Báo cáo X"),
    "handover_slip": N_("Phiếu giao"),
    "drawer": N_("Lệnh mở ngăn kéo"),
}


def case(codes: tuple[str, ...]) -> str:
    """The first reason that has words; the code itself when none has."""
    for code in codes:
        if code in CASES:
            return _(CASES[code].title)
    return _("Trung tâm hỏi lại: {code}").format(code=codes[0]) if codes else _("Trung tâm hỏi lại")


def explained(codes: tuple[str, ...]) -> str:
    """What follows from the first reason and what to do about it; others are named after it."""
    known = [code for code in codes if code in CASES]
    if not known:
        code = ", ".join(codes) or "…"
        return _("Bản Quầy này chưa biết lý do. Gọi trung tâm và đọc mã: {code}.").format(code=code)
    words = CASES[known[0]]
    parts = [_(words.means), _(words.todo)]
    others = [_(CASES[code].title) if code in CASES else code for code in codes if code != known[0]]
    if others:
        parts.append(_("Còn nữa: {others}.").format(others=", ".join(others)))
    return " ".join(parts)


def refused(reason: str) -> str:
    """Why a code was refused."""
    if reason in REFUSED:
        return _(REFUSED[reason])
    if reason in CODE_REASONS:
        return _(CODE_REASONS[reason].title)
    if reason in CREDIT_REASONS:
        return _(CREDIT_REASONS[reason].title)
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
