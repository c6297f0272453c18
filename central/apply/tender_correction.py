"""`tender_correction`: money stands under the kind that it came in by; the totals stay (rules: Tenders)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select, update

from central.apply.awaited import expect, no_longer
from central.apply.booking import Booking
from central.apply.invariants import check
from central.apply.others import payload_of
from central.apply.people import check_staff
from central.apply.reading import BrokenPayload, text, whole
from central.apply.tenders import CASH, TRANSFER, book_cash, book_tender
from central.tables.money import receipt


def apply(booking: Booking) -> None:
    """Books the amount from one kind to the other, in the drawer too; returns then follow the new kind."""
    check(booking)
    check_staff(booking)
    payload = booking.payload
    of, number = text(payload, "of"), whole(payload, "tender")
    before, after = text(payload, "from"), text(payload, "to")
    row = booking.connection.execute(select(receipt).where(receipt.c.doc_id == of)).one_or_none()
    tender = next((one for one in _tenders(booking, row, of) if one.get("no") == number), None)
    if row is None or tender is None or tender["kind"] != before:
        raise BrokenPayload("other_tender:tender")
    amount = whole(tender, "amount")
    book_tender(booking, {}, before, -amount)
    book_tender(booking, {}, after, amount)
    cash = (amount if after == CASH else 0) - (amount if before == CASH else 0)
    book_cash(booking, booking.envelope.kind, cash)
    if before == TRANSFER:
        no_longer(booking, of, tender.get("reference"))
    if after == TRANSFER and payload.get("reference") is not None:
        expect(booking, text(payload, "reference"), amount, of)
    _rename(booking, row, number, after)


def _tenders(booking: Booking, row: Row[Any] | None, of: str) -> list[dict[str, Any]]:
    """As they stand after earlier corrections."""
    if row is not None and row.body:
        return list(row.body["tenders"])
    return list((payload_of(booking.connection, of) or {}).get("tenders", ()))


def _rename(booking: Booking, row: Row[Any], number: int, kind: str) -> None:
    if not row.body:
        return
    tenders = [{**one, "kind": kind} if one["no"] == number else one for one in row.body["tenders"]]
    body = {**row.body, "tenders": tenders}
    booking.connection.execute(update(receipt).where(receipt.c.doc_id == row.doc_id).values(body=body))
    booking.touched.sales.add(row.doc_id)
