"""`sale`: goods out, money in, vouchers used, points earned and spent."""

from __future__ import annotations

from central.apply.booking import Booking
from central.apply.invariants import check
from central.apply.issued import book_issued
from central.apply.people import book_points, check_staff, customer_of
from central.apply.prices import priced_at_of
from central.apply.reading import items, whole
from central.apply.receipts import ReceiptFacts, book_receipt, hand_out, sales_body
from central.apply.repricing import check_price
from central.apply.tenders import book_tenders
from central.apply.vouchers import use_vouchers


def judge(booking: Booking) -> None:
    """Flags what is wrong with its arithmetic and its prices; nothing is booked, and nothing read that
    bookings change. Raises BrokenPayload."""
    check(booking)
    check_price(booking, booking.payload, priced_at_of(booking.payload))


def apply(booking: Booking) -> None:
    """Books a sale as it happened; whatever is wrong with it is flagged."""
    payload = booking.payload
    if booking.judged is None:
        judge(booking)
    else:
        booking.flags.extend(booking.judged)
    lines = list(items(payload, "lines"))
    check_staff(booking)
    book_receipt(
        booking,
        ReceiptFacts(
            total=whole(payload, "total"),
            rounding=whole(payload, "rounding"),
            customer=customer_of(payload),
            body=sales_body(booking, lines, channel="store", web_credited=True),
        ),
    )
    hand_out(booking, "sale", lines)
    use_vouchers(booking, items(payload, "vouchers"))
    book_tenders(booking, items(payload, "tenders"))
    book_points(booking, items(payload, "points"))
    book_issued(booking, items(payload, "issued"))
