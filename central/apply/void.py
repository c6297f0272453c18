"""`void`: a whole sale taken back in its shift; everything it did is undone by new entries."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, insert, select

from central.apply.awaited import no_longer
from central.apply.booking import Booking
from central.apply.invariants import check
from central.apply.people import book_points, check_staff
from central.apply.reading import BrokenPayload, items, text, whole
from central.apply.receipts import ReceiptFacts, book_receipt
from central.apply.return_ import charge_lines, is_whole_same_day
from central.apply.tenders import CASH, book_tenders
from central.apply.vouchers import free_vouchers
from central.apply.worth import check_negative_copy
from central.tables.ledgers import refund_entry, stock_entry
from central.tables.money import receipt, sale_line
from pos_app.domain.document import DocumentKind


def apply(booking: Booking) -> None:
    """Books a void of a sale that is booked here (it depends on it)."""
    check(booking)
    check_staff(booking)
    of = text(booking.payload, "of")
    sold = booking.connection.execute(
        select(receipt).where(receipt.c.doc_id == of, receipt.c.kind == DocumentKind.SALE)
    ).one_or_none()
    if sold is None:
        raise BrokenPayload("unknown_sale:of")
    was_whole = is_whole_same_day(booking, sold)
    check_negative_copy(booking, sold)
    book_receipt(booking, ReceiptFacts(total=-sold.total, rounding=-sold.rounding, customer=sold.customer))
    _lines_back(booking, sold)
    entries = select(stock_entry).where(stock_entry.c.doc_id == of)
    for entry in list(booking.connection.execute(entries)):
        booking.move_stock(entry.product, -entry.delta, "void", entry.store)
    book_tenders(booking, items(booking.payload, "tenders"))
    book_points(booking, items(booking.payload, "points"))
    _money_back(booking, sold)
    if not was_whole:
        free_vouchers(booking, of)
    no_longer(booking, of)
    booking.touched.sales.add(of)


def _money_back(booking: Booking, sold: Row[Any]) -> None:
    """Charges each tender; the rounding belongs to the last cash tender."""
    tenders = list(items(booking.payload, "tenders"))
    last = max((tender["no"] for tender in tenders if tender["kind"] == CASH), default=None)
    for tender in tenders:
        amount = -whole(tender, "amount")
        row = {"doc_id": booking.doc_id, "original": sold.doc_id, "kind": text(tender, "kind")}
        row |= {"original_tender": whole(tender, "no"), "amount": amount, "carried": 0}
        row["share"] = amount - sold.rounding if tender["no"] == last else amount
        booking.connection.execute(insert(refund_entry), row)


def _lines_back(booking: Booking, sold: Row[Any]) -> None:
    """Goods that a return has taken back before come back once too often: flagged like any others."""
    lines = booking.connection.execute(select(sale_line).where(sale_line.c.doc_id == sold.doc_id)).all()
    for line in lines:
        negative = {name: -getattr(line, name) for name in ("quantity", "gross", "amount", "vat")}
        row = {**line._mapping, "doc_id": booking.doc_id, "part": "void", **negative}
        booking.connection.execute(insert(sale_line), row)
    back = [
        {"original_line": line.no, "quantity": line.quantity, "amount": -line.amount, "vat": -line.vat}
        for line in lines
    ]
    charge_lines(booking, sold, back)
