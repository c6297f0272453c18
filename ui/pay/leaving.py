"""What is said when paying is left after something was taken: each tender by name, what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.points import POINT_WORTH
from pos_app.domain.tender import Tender, TenderKind
from pos_app.services.payment import Payment
from pos_app.text import _, money, money_d
from ui.answers import Answer


@dataclass(frozen=True, slots=True)
class LeaveQuestion:
    """Asked before the tenders of a payment are given back."""

    title: str
    line: str
    accept: str


def leave_question(payment: Payment) -> LeaveQuestion | None:
    """None = nothing was taken, so there is nothing to ask."""
    if not payment.tenders:
        return None
    parts = [_undone(tender) for tender in payment.tenders]
    has_cash = any(tender.kind is TenderKind.CASH for tender in payment.tenders)
    accept = _("Đã trả lại") if has_cash else _("Thôi thanh toán")
    return LeaveQuestion(_("Thôi thanh toán?"), " ".join(parts), accept)


def _undone(tender: Tender) -> str:
    """Only cash lies on the counter; everything else is charged with the document, which will not be."""
    match tender.kind:
        case TenderKind.CASH:
            cash = money_d(tender.tendered or tender.amount)
            return _("Trả lại khách {cash} tiền mặt.").format(cash=cash)
        case TenderKind.STORED_VALUE:
            words = _("Thẻ quà tặng {amount}: chưa trừ, đưa lại thẻ cho khách.")
        case TenderKind.STORE_CREDIT:
            words = _("Phiếu hoàn tiền {amount}: chưa trừ, đưa lại phiếu cho khách.")
        case TenderKind.POINTS:
            points = money(tender.amount // POINT_WORTH)
            return _("{points} điểm: chưa trừ, vẫn là của khách.").format(points=points)
        case _:
            words = _("Khoản {amount}: trả lại khách như đã nhận.")
    return words.format(amount=money_d(tender.amount))


def cannot_leave() -> Answer:
    """Another page was asked for."""
    line = _("Trả lại khách từng khoản (×), quay lại giỏ hàng (Esc) trước.")
    return Answer("refused", _("Đã nhận tiền, chưa rời thanh toán được"), line)


def cannot_hold(payment: Payment) -> Answer:
    """F6: a cart with money in it cannot be held (rules: Tenders)."""
    if not payment.tenders:
        return Answer("needs", _("Đang thanh toán"), _("Quay lại giỏ hàng (Esc) rồi treo đơn (F6)."))
    line = _("Trả lại khách từng khoản (×), quay lại giỏ hàng (Esc) rồi treo.")
    return Answer("refused", _("Đã nhận tiền, không treo được đơn"), line)
