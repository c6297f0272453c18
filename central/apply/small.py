"""Kinds with one effect or none: cash in and out, what is only kept, the first document of an epoch."""

from __future__ import annotations

from sqlalchemy import select

from central.apply.booking import Booking
from central.apply.invariants import check
from central.apply.people import book_points, check_staff
from central.apply.reading import items, text, whole
from central.apply.tenders import book_cash
from central.enrolment import begin_spare
from central.tables.tills import epoch


def kept(_booking: Booking) -> None:
    """Kept as evidence; it moves nothing."""


def cash_in(booking: Booking) -> None:
    """Money put into the drawer."""
    check(booking)
    book_cash(booking, "cash_in", whole(booking.payload, "amount"), text(booking.payload, "reason", "")[:60])


def cash_out(booking: Booking) -> None:
    """Money taken out; its amount is stated positive."""
    check(booking)
    book_cash(
        booking, "cash_out", -whole(booking.payload, "amount"), text(booking.payload, "reason", "")[:60]
    )


def epoch_start(booking: Booking) -> None:
    """The first document of a spare epoch retires the one before (protocol §8)."""
    till, number = str(booking.envelope.till), booking.envelope.epoch
    state = booking.connection.scalar(
        select(epoch.c.state).where(epoch.c.till == till, epoch.c.epoch == number)
    )
    if state == "spare":
        begin_spare(booking.connection, till, number, booking.now)
        booking.flag("EPOCH_BEGUN", needs_person=False, epoch=number)


def clock_anomaly(booking: Booking) -> None:
    """In a report; order is by seq whatever the clock said."""
    booking.flag("CLOCK_ANOMALY", needs_person=False)


def stock_adjust(booking: Booking) -> None:
    """Goods found or lost, in thousandths."""
    for line in items(booking.payload, "lines"):
        booking.move_stock(text(line, "product"), whole(line, "delta"), "adjust")


def stock_count(booking: Booking) -> None:
    """What was counted against what the till expected at that moment; the difference is booked."""
    check(booking)
    check_staff(booking)
    for line in items(booking.payload, "lines"):
        delta = whole(line, "counted") - whole(line, "expected")
        booking.move_stock(text(line, "product"), delta, "count")


def points_adjust(booking: Booking) -> None:
    """Points given or taken by a person, with a reason."""
    check(booking)
    check_staff(booking)
    entry = {"customer": text(booking.payload, "customer"), "delta": whole(booking.payload, "delta")}
    book_points(booking, [{**entry, "why": "adjusted"}])
