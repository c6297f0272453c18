"""`order_payment`: a deposit for an order; no revenue, VAT or points arise (rules: Pickup)."""

from __future__ import annotations

from sqlalchemy import func, insert, select

from central.apply.booking import Booking
from central.apply.invariants import check
from central.apply.people import check_staff
from central.apply.reading import items, text, whole
from central.apply.receipts import ReceiptFacts, book_receipt
from central.apply.tenders import book_tenders
from central.tables.orders import order, order_prepaid


def apply(booking: Booking) -> None:
    """Books the money, and enters it as prepaid by the tender it came in by."""
    payload = booking.payload
    check(booking)
    check_staff(booking)
    number = whole(payload, "order")
    tenders = list(items(payload, "tenders"))
    facts = ReceiptFacts(whole(payload, "total"), whole(payload, "rounding"), order=number)
    book_receipt(booking, facts)
    book_tenders(booking, tenders)
    if booking.connection.scalar(select(order.c.order).where(order.c.order == number)) is None:
        booking.flag("ORDER_UNKNOWN", order=number, amount=whole(payload, "total"))
    newest = select(func.max(order_prepaid.c.no)).where(order_prepaid.c.order == number)
    last = booking.connection.scalar(newest) or 0
    rounding = whole(payload, "rounding")
    for no, tender in enumerate(tenders, start=last + 1):
        kind, amount = text(tender, "kind"), whole(tender, "amount")
        if kind == "cash":
            # what the order is credited with is the share before rounding
            amount, rounding = amount - rounding, 0
        row = {"order": number, "no": no, "kind": "deposit", "via": kind, "amount": amount}
        booking.connection.execute(insert(order_prepaid), {**row, "reference": booking.doc_id})
    booking.touched.orders.add(number)
