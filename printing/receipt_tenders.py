"""How a receipt was paid, and how money went back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pos_app.text import _, money
from printing.document import Item
from printing.facts import Body, ReceiptFacts
from printing.figures import joined, tender_name
from printing.receipt_parts import SOLID_RULE, points_spent, row, strong_row


def tenders_part(payload: Body, tenders: Sequence[Body], facts: ReceiptFacts) -> Iterator[Item]:
    """A line, then each tender; cash last, with rounding before it and change below it."""
    if tenders:
        yield from SOLID_RULE
    points = points_spent(payload.get("points") or ())
    for tender in tenders:
        if tender["kind"] != "cash":
            yield row(_tender_label(tender, points), money(tender["amount"]))
            yield from _credit_left(tender, facts)
    yield from rounding_part(payload)
    for tender in tenders:
        if tender["kind"] == "cash":
            yield row(_("Tiền mặt khách đưa"), money(tender.get("tendered") or tender["amount"]))
    change = sum(tender.get("change") or 0 for tender in tenders)
    if change:
        yield strong_row(_("Tiền thừa"), money(change))


def rounding_part(payload: Body) -> Iterator[Item]:
    """Only where cash was rounded."""
    if payload.get("rounding"):
        yield row(_("Làm tròn tiền mặt"), money(payload["rounding"]))


def _credit_left(tender: Body, facts: ReceiptFacts) -> Iterator[Item]:
    """What stays on the paper: the customer must not have to ask for it."""
    credit = facts.credits.get(str(tender.get("reference") or ""))
    if tender["kind"] == "store_credit" and credit is not None:
        label = _("Còn trên phiếu {number}").format(number=credit.receipt_no).strip()
        yield row(label, money(max(credit.left, 0)))


def _tender_label(tender: Body, points: int) -> str:
    if tender["kind"] == "points":
        return _("Trả bằng {points} điểm").format(points=money(points)) if points else _("Trả bằng điểm")
    state = _("chưa xác nhận") if tender.get("state") in ("unconfirmed", "claimed", "shown") else ""
    return joined(tender_name(tender["kind"]), state)


def refunds_part(refunds: Iterable[Body], points: int = 0) -> Iterator[Item]:
    """Money given back, shown as positive figures; `points` that came back."""
    for refund in refunds:
        name = tender_name(refund["kind"])
        if refund["kind"] == "points":
            name = _("Hoàn {points} điểm").format(points=money(points)) if points else _("Hoàn bằng điểm")
        elif refund["kind"] == "paid_online":
            name = _("Hoàn về cổng thanh toán web")
        elif refund["kind"] == "deposit":
            name = _("Hoàn tiền cọc")
        yield row(name, money(-refund["amount"]))
