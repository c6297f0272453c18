"""`handover`: revenue, VAT and points of an order arise here, once; extra goods come along."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from central.apply.booking import Booking
from central.apply.invariants import check
from central.apply.matching import excesses, matched, ordered_lines
from central.apply.others import receipts_of
from central.apply.people import book_points, check_staff, customer_of
from central.apply.prepaid import check_prepaid
from central.apply.prices import priced_at_of
from central.apply.reading import Body, items, part, text, whole
from central.apply.receipts import ReceiptFacts, book_receipt, hand_out, sales_body
from central.apply.repricing import check_price
from central.apply.substitutes import taken_instead
from central.apply.tenders import book_tenders
from central.apply.vouchers import use_vouchers
from central.publishing.orders import taken_of
from central.tables.ledgers import order_entry
from central.tables.orders import order


def apply(booking: Booking) -> None:
    """Books a hand-over; what was handed over twice, or after a refund, is flagged."""
    payload = booking.payload
    check(booking)
    check_staff(booking)
    number = whole(payload, "order")
    known = booking.connection.execute(select(order).where(order.c.order == number)).one_or_none()
    lines, extra = list(items(payload, "lines")), list(items(part(payload, "sale"), "lines"))
    _check_order(booking, known, number)
    _take(booking, number, lines if known is None else matched(booking.connection, number, lines))
    if extra:
        check_price(booking, part(payload, "sale"), priced_at_of(payload))
    book_receipt(booking, _facts(booking, known, lines + extra))
    hand_out(booking, "handover", lines)
    hand_out(booking, "extra", extra)
    use_vouchers(booking, items(part(payload, "sale"), "vouchers"))
    book_tenders(booking, items(payload, "tenders"), items(payload, "refunds"))
    if known is not None:
        check_prepaid(booking, number)
    book_points(booking, items(payload, "points"))


def _facts(booking: Booking, known: Row[Any] | None, lines: list[Body]) -> ReceiptFacts:
    payload = booking.payload
    number = known.number if known is not None else text(payload, "number", "")
    credited = payload.get("web_credited", False if known is None else known.web_credited)
    body = sales_body(
        booking,
        lines,
        channel="web",
        order=whole(payload, "order"),
        order_number=number,
        web_credited=bool(credited),
    )
    return ReceiptFacts(
        total=whole(payload, "total"),
        rounding=whole(payload, "rounding"),
        customer=customer_of(payload),
        order=whole(payload, "order"),
        body=body,
    )


def _check_order(booking: Booking, known: Row[Any] | None, number: int) -> None:
    """A hand-over that arrives before a refund wins over the cancelling (protocol §10 c)."""
    if known is None:
        booking.flag("ORDER_UNKNOWN", order=number)
        return
    if known.refunded_at is not None:
        amount = sum(whole(line, "amount") for line in items(booking.payload, "lines"))
        booking.flag("HANDOVER_AFTER_REFUND", order=number, amount=amount)
        booking.lose("handover_loss", amount)


def _take(booking: Booking, number: int, lines: list[Body]) -> None:
    """Quantities per line of the order; only the excess over what was ordered is flagged."""
    ordered, taken = ordered_lines(booking.connection, number), taken_of(booking.connection, number)
    for beyond in excesses(lines, ordered, taken):
        booking.flag(
            "DUPLICATE_HANDOVER",
            order_line=beyond.order_line,
            excess=beyond.quantity,
            amount=beyond.amount,
            handed_before=receipts_of(booking.connection, _handed_before(booking, beyond.order_line)),
        )
        booking.lose("handover_loss", beyond.amount)
    for line in lines:
        if line.get("order_line") is not None:
            booking.move_order(number, whole(line, "order_line"), whole(line, "quantity"), 0)
        elif ordered:
            booking.flag("ORDER_UNKNOWN", order=number, product=line.get("product"))
    for order_line_no, quantity in taken_instead(booking.payload):
        booking.move_order(number, order_line_no, quantity, 0)
    for refused_part in items(booking.payload, "refused"):
        booking.move_order(number, whole(refused_part, "order_line"), 0, whole(refused_part, "quantity"))


def _handed_before(booking: Booking, line: int) -> list[str]:
    """The hand-overs of a line before this one."""
    number = whole(booking.payload, "order")
    found = select(order_entry.c.doc_id).where(
        order_entry.c.order == number, order_entry.c.line == line, order_entry.c.handed > 0
    )
    return list(booking.connection.scalars(found.where(order_entry.c.doc_id != booking.doc_id).distinct()))
