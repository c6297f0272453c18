"""Money that was paid before a hand-over: no more of it is spent than came in (rules: Pickup)."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, or_, select

from central.apply.booking import Booking
from central.tables.money import receipt, tender_entry
from central.tables.orders import order_prepaid

_KINDS: Final = ("paid_online", "deposit")


def check_prepaid(booking: Booking, number: int) -> None:
    """What hand-overs of an order took as prepaid, less what reversals put back, is at most what was paid.

    Goods that were handed over twice, or after a refund, are flagged as that and not for their money too.
    """
    if any(flag.needs_person for flag in booking.flags):
        return
    came_in = select(func.sum(order_prepaid.c.amount)).where(order_prepaid.c.order == number)
    spent = (
        select(func.sum(tender_entry.c.amount))
        .join(receipt, receipt.c.doc_id == tender_entry.c.doc_id)
        .where(
            receipt.c.order == number,
            tender_entry.c.kind.in_(_KINDS),
            or_(
                (receipt.c.kind == "handover") & (tender_entry.c.amount > 0),
                receipt.c.kind == "handover_reversal",
            ),
        )
    )
    paid, used = (int(booking.connection.scalar(query) or 0) for query in (came_in, spent))
    if used > paid:
        broken = [{"rule": "prepaid", "path": "tenders", "expected": str(paid), "found": str(used)}]
        booking.flag("PRICE_MISMATCH", broken=broken)
