"""Payments in words and figures: ways to pay, tenders taken, points on offer."""

from __future__ import annotations

from pos_app.domain.errors import CustomerMissing, PolicyRefused
from pos_app.domain.tender import Tender, TenderKind
from pos_app.services.payment import OFFERED, Payment, PointsOffer
from pos_app.text import _, money, money_d
from ui import messages
from ui.messages import N_
from ui.pay.state import PointsState, TakenState, TenderState

WAYS = (
    (TenderKind.CASH, N_("Tiền mặt"), "banknote"),
    (TenderKind.TRANSFER, N_("Chuyển khoản QR"), "qr-code"),
    (TenderKind.CARD, N_("Thẻ"), "credit-card"),
    (TenderKind.E_WALLET, N_("Ví điện tử"), "wallet"),
    (TenderKind.POINTS, N_("Điểm"), "star"),
    (TenderKind.STORED_VALUE, N_("Thẻ quà tặng"), "gift"),
    (TenderKind.STORE_CREDIT, N_("Phiếu hoàn tiền"), "receipt"),
)
"""In the order of the look: kind, msgid, icon."""

_TAKEN = {
    TenderKind.CASH: (N_("Đã nhận tiền mặt"), "banknote"),
    TenderKind.POINTS: (N_("Đã trả bằng điểm"), "star"),
    TenderKind.PAID_ONLINE: (N_("Đã trả trên web"), "credit-card"),
    TenderKind.DEPOSIT: (N_("Đã đặt cọc"), "wallet"),
    TenderKind.TRANSFER: (N_("Đã chuyển khoản"), "qr-code"),
    TenderKind.CARD: (N_("Đã trả bằng thẻ"), "credit-card"),
    TenderKind.E_WALLET: (N_("Đã trả bằng ví điện tử"), "wallet"),
    TenderKind.STORED_VALUE: (N_("Đã trả bằng thẻ quà tặng"), "gift"),
    TenderKind.STORE_CREDIT: (N_("Đã trả bằng phiếu hoàn tiền"), "receipt"),
}


def offer_of(payment: Payment) -> PointsOffer | None:
    """None without a customer."""
    try:
        return payment.points_offer()
    except CustomerMissing:
        return None


def tender_states(offer: PointsOffer | None) -> tuple[TenderState, ...]:
    """All ways to pay; those that cannot be chosen say why."""
    return tuple(
        TenderState(kind.value, _(label), icon, *_points_hint(kind, offer))
        if kind in OFFERED
        else TenderState(kind.value, _(label), icon, reason=_("Chưa có ở bản này"))
        for kind, label, icon in WAYS
    )


def _points_hint(kind: TenderKind, offer: PointsOffer | None) -> tuple[str, str]:
    """Hint and reason of the points; nothing for cash."""
    if kind is not TenderKind.POINTS:
        return "", ""
    if offer is None:
        return "", _("Cần thêm khách trước")
    if offer.may_spend <= 0:
        return "", points_reason(offer) or _("Khách chưa có điểm dùng được")
    return _("còn {n}").format(n=money(offer.balance)), ""


def points_reason(offer: PointsOffer) -> str:
    """Why no more points may be spent, in words; "" when nothing holds them back."""
    if not offer.reason:
        return ""
    if offer.reason == "points_offline_cap":
        return _("Phần còn lại dùng được khi hỏi được trung tâm.")
    return messages.words(PolicyRefused(reason=offer.reason, asked=0, most=0)).title


def points_state(offer: PointsOffer) -> PointsState:
    """What the points panel says."""
    words = _("Dùng được <b>{n} điểm</b>, trả được <b>{worth}</b>.")
    return PointsState(
        balance=money(offer.balance),
        offer=words.format(n=money(offer.may_spend), worth=money_d(offer.worth)),
        reason=points_reason(offer),
        most=offer.may_spend,
        most_label=_("Dùng hết {n} điểm").format(n=money(offer.may_spend)),
    )


def taken_state(tender: Tender, worth_of_point: int, *, fixed: bool) -> TakenState:
    """A tender in the decision column; `fixed` ones were paid before and stay."""
    title, icon = _TAKEN[tender.kind]
    amount = tender.tendered if tender.kind is TenderKind.CASH and tender.tendered else tender.amount
    line = tender.reference or ""
    if tender.kind is TenderKind.POINTS:
        line = _("{n} điểm").format(n=money(tender.amount // worth_of_point))
    return TakenState(0 if fixed else tender.no, icon, _(title), line, money(amount))
