"""What is typed on the pay screen means by the way to pay: a figure, the main button, and why it waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pos_app.domain.points import worth
from pos_app.domain.tender import TenderKind
from pos_app.services.payment import Payment
from pos_app.text import _, money
from ui.pay.state import FigureState, Mode
from ui.pay.words import offer_of

_ENTRIES: Final[Mapping[Mode, Callable[[], str]]] = {
    "cash": lambda: _("Khách đưa"),
    "points": lambda: _("Số điểm"),
    "store_credit": lambda: _("Số phiếu"),
    "stored_value": lambda: _("Mã thẻ"),
}


def entry_label(mode: Mode) -> str:
    """What the digits are."""
    return _ENTRIES[mode]()


def figure_of(payment: Payment, mode: Mode, typed: int) -> FigureState:
    """Change, what is missing, or what so many points are worth."""
    if mode == "points" and payment.due:
        return FigureState("worth", _("Điểm trả được"), worth(typed))
    seen = payment.preview_cash(typed)
    if not typed or not payment.due:
        return FigureState("calm", _("Tiền thừa trả khách"), 0)
    if seen.short:
        return FigureState("short", _("Còn thiếu"), seen.short)
    notes = " + ".join(f"{note // 1000}k" if note >= 1000 else f"{note}đ" for note in seen.notes)
    return FigureState("change", _("Tiền thừa trả khách"), seen.change, notes)


def main_label(payment: Payment, mode: Mode) -> str:
    """The main button."""
    return _("Trả bằng điểm") if mode == "points" and payment.due else _("Hoàn tất")


def main_reason(payment: Payment, mode: Mode, typed: int) -> str:
    """Why the main button waits; "" when it does not."""
    if payment.can_complete:
        return ""
    match mode:
        case "points":
            return _points_reason(payment, typed)
        case "store_credit":
            return _("Quét phiếu, hoặc gõ số phiếu")
        case "stored_value":
            return _("Quét thẻ, hoặc gõ mã trên thẻ")
    if not typed:
        return _("Nhập tiền khách đưa, hoặc F10")
    short = payment.preview_cash(typed).short
    return _("Còn thiếu {amount}").format(amount=money(short)) if short else ""


def _points_reason(payment: Payment, typed: int) -> str:
    offer = offer_of(payment)
    most = 0 if offer is None else offer.may_spend
    if not typed:
        return _("Nhập số điểm, tối đa {n}").format(n=money(most))
    return "" if typed <= most else _("Dùng được tối đa {n} điểm").format(n=money(most))


def opens_drawer(payment: Payment, cash: bool) -> bool:
    """Whether money moves in cash."""
    took_cash = any(tender.kind is TenderKind.CASH for tender in payment.tenders)
    return took_cash or (cash and payment.cash_due > 0)
