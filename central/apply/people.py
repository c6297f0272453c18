"""Who stood there: the person who sold, the customer, and the points of the customer."""

from __future__ import annotations

from collections.abc import Iterable

from central.apply.booking import Booking
from central.apply.reading import Body, moment, text, whole
from central.publishing.customers import balance_of


def check_staff(booking: Booking) -> None:
    """Who was removed before they sold is booked, and flagged."""
    number = booking.envelope.staff
    if number == 0:
        return
    known, removed_at = booking.catalogue.knows_person(number), booking.catalogue.removed_at(number)
    sold_at = moment(booking.envelope.wall) or booking.now
    if not known or (removed_at is not None and removed_at < sold_at):
        booking.flag("STAFF_REVOKED", staff=number, known=known)


def customer_of(payload: Body) -> str | None:
    """Whom a receipt names."""
    return text(payload, "customer") if "customer" in payload else None


def book_points(booking: Booking, entries: Iterable[Body]) -> None:
    """Entries stand whatever the balance says; a balance below 0 blocks spending and is flagged."""
    spent: set[str] = set()
    for entry in entries:
        customer, delta = text(entry, "customer"), whole(entry, "delta")
        booking.move_points(customer, delta, text(entry, "why"))
        if delta < 0:
            spent.add(customer)
    for customer in sorted(spent):
        balance = balance_of(booking.connection, customer)
        if balance < 0:
            booking.flag("POINTS_OVERDRAWN", customer=customer, balance=balance)
