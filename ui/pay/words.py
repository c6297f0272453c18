"""Payments in words and figures: ways to pay, tenders taken, points on offer."""

from __future__ import annotations

from pos_app.domain.errors import CreditRefused, CustomerMissing, PolicyRefused, PosError
from pos_app.domain.points import POINT_WORTH
from pos_app.domain.tender import Tender, TenderKind
from pos_app.services.credits import CreditTaken
from pos_app.services.payment import OFFERED, Payment, PointsOffer
from pos_app.text import _, money, money_d, ngettext, quantity
from ui import messages
from ui.answers import Answer
from ui.messages import N_
from ui.pay.state import PointsState, QuickState, TakenState, TenderState

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


def credit_left(credit: CreditTaken) -> str:
    """What stays on the paper or the card."""
    if credit.kind is TenderKind.STORED_VALUE:
        return _("thẻ còn {left}").format(left=money_d(credit.left)) if credit.left else _("thẻ đã dùng hết")
    return _("phiếu còn {left}").format(left=money_d(credit.left)) if credit.left else _("phiếu đã dùng hết")


def credit_state(tender: Tender, credit: CreditTaken) -> TakenState:
    """A paper that pays here: its number where the kind stands otherwise, for there may be two."""
    is_card = tender.kind is TenderKind.STORED_VALUE
    title = _("Thẻ quà tặng") if is_card else credit.receipt_no or _("Phiếu hoàn tiền")
    icon = "gift" if is_card else "receipt"
    return TakenState(tender.no, icon, title, credit_left(credit), money(tender.amount))


def taken_state(tender: Tender, *, fixed: bool) -> TakenState:
    """A tender in the decision column; `fixed` ones were paid before and stay."""
    title, icon = _TAKEN[tender.kind]
    amount = tender.tendered if tender.kind is TenderKind.CASH and tender.tendered else tender.amount
    line = tender.reference or ""
    if tender.kind is TenderKind.POINTS:
        line = _("{n} điểm").format(n=money(tender.amount // POINT_WORTH))
    return TakenState(0 if fixed else tender.no, icon, _(title), line, money(amount))


def items_note(payment: Payment) -> str:
    """How many goods, and whose."""
    items = payment.payable.items
    pieces = quantity(items)
    words = ngettext("{n} món", "{n} món", items // 1000).format(n=pieces)
    customer = payment.payable.customer
    return words if customer is None else f"{customer.name} · {words}"


def quick_states(payment: Payment) -> tuple[QuickState, ...]:
    """What the customer is likely to hand over."""
    due = payment.cash_due
    return tuple(QuickState(amount, money(amount), amount == due) for amount in payment.quick)


def sum_rows(payment: Payment) -> tuple[tuple[str, str], ...]:
    """Goods at full price, and what was taken off."""
    payable = payment.payable
    rows = [(_("Tổng tiền hàng"), money(payable.goods))]
    if payable.discount:
        rows.append((_("Giảm giá"), money(-payable.discount)))
    return tuple(rows)


def taken_states(payment: Payment) -> tuple[TakenState, ...]:
    """Earlier money first, then what was taken here."""
    return (
        *(taken_state(tender, fixed=True) for tender in payment.payable.prepaid),
        *(_taken_here(payment, tender) for tender in payment.tenders),
    )


def _taken_here(payment: Payment, tender: Tender) -> TakenState:
    if tender.kind in (TenderKind.STORE_CREDIT, TenderKind.STORED_VALUE):
        return credit_state(tender, payment.credit_of(tender))
    return taken_state(tender, fixed=False)


def earner(payment: Payment) -> str:
    """Who gets the points."""
    customer = payment.payable.customer
    return "" if customer is None else _("{name} được tích").format(name=customer.name)


def paper_refused(error: PosError, *, asked: bool) -> Answer:
    """A paper that does not pay; unless one was asked for, other codes belong on the sell screen."""
    is_other = isinstance(error, CreditRefused) and error.fields.get("reason") == "credit_not_paper"
    if asked or not is_other:
        return messages.answer(error)
    line = _("Quay lại giỏ hàng (Esc) để thêm món hay voucher.")
    return Answer("needs", _("Đang thanh toán"), line)


def paper_taken(taken: CreditTaken) -> Answer:
    """A gift card or the paper of a store credit pays."""
    line = _("Trả {amount} · {rest}").format(amount=money_d(taken.amount), rest=credit_left(taken))
    is_card = taken.kind is TenderKind.STORED_VALUE
    return Answer("accepted", _("Đã nhận thẻ quà tặng") if is_card else _("Đã nhận phiếu hoàn tiền"), line)


def price_changed(before: int, after: int) -> Answer:
    """Since the cart was shown, in đồng."""
    words = _("Trước {before}, nay {after}. Báo khách trước khi thu tiền.")
    return Answer("needs", _("Giá vừa đổi"), words.format(before=money(before), after=money_d(after)))
