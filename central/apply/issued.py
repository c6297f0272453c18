"""Vouchers and gift cards that a till handed out of its blanks: with a sale, a return, or as goodwill."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert, select, update

from central.apply.booking import Booking
from central.apply.invariants import check
from central.apply.people import check_staff
from central.apply.reading import Body, BrokenPayload, text, whole
from central.tables.ledgers import issued_entry
from central.tables.vouchers import blank, voucher

_WHAT = ("voucher", "gift_card")


def apply(booking: Booking) -> None:
    """`voucher_issue`: one voucher without a sale, approved by a manager."""
    check(booking)
    check_staff(booking)
    book_issued(booking, [{"what": "voucher", **booking.payload}])


def book_issued(booking: Booking, entries: Iterable[Body]) -> None:
    """Who was given which; what was no blank of this till, or was given twice, is flagged."""
    for entry in entries:
        what = text(entry, "what")
        if what not in _WHAT:
            raise BrokenPayload("unknown_value:issued")
        serial = text(entry, "serial")
        customer = text(entry, "customer") if entry.get("customer") is not None else None
        row = {"serial": serial, "what": what, "campaign": whole(entry, "campaign")}
        row |= {"value": whole(entry, "value"), "customer": customer, "store": booking.store}
        _give(booking, serial, whole(entry, "value"))
        booking.connection.execute(insert(issued_entry), {"doc_id": booking.doc_id, "at": booking.now, **row})


def _give(booking: Booking, serial: str, value: int) -> None:
    """The blank leaves the till's feed. It stays good for anybody: its code is not bound to a customer."""
    row = booking.connection.execute(
        select(blank, voucher.c.value)
        .join(voucher, voucher.c.serial == blank.c.serial)
        .where(blank.c.serial == serial)
    ).one_or_none()
    if row is None or row.till != booking.envelope.till:
        booking.flag("BLANK_UNKNOWN", serial=serial, value=value)
        return
    if row.given_doc is not None:
        booking.flag("BLANK_TWICE", serial=serial, value=value, given_by=row.given_doc)
        return
    if row.value != value:
        booking.flag("BLANK_VALUE", serial=serial, value=value, printed=row.value)
    booking.connection.execute(update(blank).where(blank.c.serial == serial).values(given_doc=booking.doc_id))
    booking.touched.blanks.add(serial)
