"""`handover_reversal`: goods that were handed over come back, and wait as before (rules: Pickup)."""

from __future__ import annotations

from sqlalchemy import select

from central.apply.booking import Booking
from central.apply.invariants import check
from central.apply.others import payload_of
from central.apply.people import check_staff, customer_of
from central.apply.reading import BrokenPayload, items, text, whole
from central.apply.receipts import ReceiptFacts, book_receipt
from central.apply.return_ import is_whole_same_day, take_back
from central.apply.substitutes import replaced_by
from central.apply.tenders import book_tenders
from central.apply.vouchers import free_vouchers
from central.tables.money import receipt


def apply(booking: Booking) -> None:
    """Books it against the hand-over, which is booked here (it depends on it).

    What was paid before stays prepaid money of the order: a refund of that kind pays nothing out.
    """
    payload = booking.payload
    check(booking)
    check_staff(booking)
    of = text(payload, "of")
    handed = booking.connection.execute(select(receipt).where(receipt.c.doc_id == of)).one_or_none()
    if handed is None or handed.order is None:
        raise BrokenPayload("unknown_handover:of")
    facts = ReceiptFacts(
        whole(payload, "total"), whole(payload, "rounding"), customer_of(payload), handed.order
    )
    book_receipt(booking, facts)
    was_whole = is_whole_same_day(booking, handed)
    refunds = list(items(payload, "refunds"))
    book_tenders(booking, (), refunds)
    lines = list(items(payload, "lines"))
    take_back(booking, handed, lines, refunds)
    _wait_again(booking, handed.order, of)
    if not was_whole and is_whole_same_day(booking, handed):
        free_vouchers(booking, of)


def _wait_again(booking: Booking, order: int, of: str) -> None:
    """The order's own lines and what stood for them; other extra goods are simply back on the shelf."""
    handed = payload_of(booking.connection, of) or {}
    order_lines = {line["no"]: line.get("order_line") for line in handed.get("lines", ())}
    order_lines |= replaced_by(handed)
    for line in items(booking.payload, "lines"):
        number = order_lines.get(line.get("original_line"))
        if number is not None:
            booking.move_order(order, number, -whole(line, "quantity"), 0)
