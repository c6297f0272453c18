"""`return`: goods back, money out by the tenders it came in, points following the money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Row, insert, select

from central.apply.booking import Booking
from central.apply.invariants import check
from central.apply.issued import book_issued
from central.apply.others import receipts_of
from central.apply.people import book_points, check_staff, customer_of
from central.apply.provisional import true_lines
from central.apply.reading import Body, items, part, text, whole
from central.apply.receipts import ReceiptFacts, book_lines, book_receipt
from central.apply.tenders import STORED_VALUE, book_tenders
from central.apply.vouchers import free_vouchers
from central.apply.worth import check_refunds, check_worth
from central.papers import document_of
from central.publishing.sales import returned_of
from central.tables.ledgers import refund_entry, returned_entry
from central.tables.money import receipt
from pos_app.domain.code_reading import decode_structure
from pos_app.domain.errors import CodeRefused
from pos_app.domain.money import half_up
from pos_app.domain.signed_codes import ReceiptCode

_RESELL = "resell"


def apply(booking: Booking) -> None:
    """Books a return; what came back more than once is flagged, and the excess is our loss."""
    payload = booking.payload
    check(booking)
    check_staff(booking)
    facts = ReceiptFacts(whole(payload, "total"), whole(payload, "rounding"), customer_of(payload))
    book_receipt(booking, facts)
    refunds = list(items(payload, "refunds"))
    sold = find_original(booking, part(payload, "original"))
    was_whole = sold is not None and is_whole_same_day(booking, sold)
    lines: Sequence[Body] = list(items(payload, "lines"))
    book_tenders(booking, (), _named_cards(sold, refunds))
    if sold is not None and payload.get("provisional") is True:
        lines = true_lines(booking, sold)
    take_back(booking, sold, lines, refunds)
    if sold is not None and not was_whole and is_whole_same_day(booking, sold):
        free_vouchers(booking, sold.doc_id)
    book_issued(booking, items(payload, "issued"))


def take_back(
    booking: Booking, sold: Row[Any] | None, lines: Sequence[Body], refunds: Sequence[Body]
) -> None:
    """Goods on the shelf, lines in the sales ledger, points; `lines` and `refunds` charge the original."""
    book_lines(booking, "return", items(booking.payload, "lines"))
    book_lines(booking, "kept", items(booking.payload, "kept"))
    for line in items(booking.payload, "lines"):
        if line.get("condition", _RESELL) == _RESELL:
            booking.move_stock(line.get("product"), whole(line, "quantity"), "return")
    book_points(booking, items(booking.payload, "points"))
    if sold is not None:
        _charge(booking, sold, lines, refunds)


def _named_cards(sold: Row[Any] | None, refunds: Iterable[Body]) -> Iterator[Body]:
    """A refund to a gift card that names only the tender it stands for gets that tender's card."""
    tenders = {} if sold is None else {one["no"]: one for one in (sold.body or {}).get("tenders", ())}
    for refund in refunds:
        paid = tenders.get(refund.get("original_tender"), {})
        if refund.get("kind") == STORED_VALUE and "reference" not in refund and "reference" in paid:
            yield {**refund, "reference": paid["reference"]}
        else:
            yield refund


def find_original(booking: Booking, original: Body) -> Row[Any] | None:
    """The receipt that a return names, by id or by its code."""
    doc_id = original.get("doc_id")
    if doc_id is None and "code" in original:
        doc_id = _named_by_code(booking, text(original, "code"))
    if doc_id is None:
        return None
    return booking.connection.execute(select(receipt).where(receipt.c.doc_id == doc_id)).one_or_none()


def _named_by_code(booking: Booking, code_text: str) -> str | None:
    try:
        code = decode_structure(code_text).code
    except CodeRefused:
        booking.flag("ORIGINAL_UNREADABLE", text=code_text[:200])
        return None
    return document_of(booking.connection, code) if isinstance(code, ReceiptCode) else None


def _charge(booking: Booking, sold: Row[Any], lines: Sequence[Body], refunds: Sequence[Body]) -> None:
    """Charges the return to the sale's lines and tenders."""
    charge_lines(booking, sold, lines)
    for gift in items(booking.payload, "kept"):
        _enter(booking, sold.doc_id, whole(gift, "original_line"), {"kept": whole(gift, "amount")})
    for refund in refunds:
        _enter_refund(booking, sold.doc_id, refund)
    check_refunds(booking, sold)
    carried = whole(booking.payload, "carried", 0)
    if carried:
        row = {"kind": "carried", "amount": 0, "share": 0, "carried": carried}
        booking.connection.execute(
            insert(refund_entry), {"doc_id": booking.doc_id, "original": sold.doc_id, **row}
        )
    booking.touched.sales.add(sold.doc_id)


def charge_lines(booking: Booking, sold: Row[Any], lines: Iterable[Body]) -> None:
    """What of a sale's lines comes back: quantities, their worth, and what comes back once too often."""
    back = {no: one["quantity"] for no, one in returned_of(booking.connection, sold.doc_id).items()}
    sold_lines = {line["no"]: line for line in (sold.body or {}).get("lines", ())}
    for line in lines:
        if line.get("original_line") is None:
            continue
        number, known = whole(line, "original_line"), sold_lines.get(line["original_line"])
        _charge_line(booking, sold, line, (known["quantity"] if known else 0) - back.get(number, 0))
        back[number] = back.get(number, 0) + whole(line, "quantity")
        if known is not None:
            check_worth(booking, line, known)


def _charge_line(booking: Booking, sold: Row[Any], line: Body, left: int) -> None:
    quantity, amount = whole(line, "quantity"), -whole(line, "amount")
    figures = {"quantity": quantity, "amount": amount, "vat": -whole(line, "vat")}
    _enter(booking, sold.doc_id, whole(line, "original_line"), figures)
    excess = quantity - max(left, 0)
    if excess > 0:
        loss = half_up(amount * min(excess, quantity), quantity)
        booking.flag(
            "RETURN_EXCEEDS_SOLD",
            original=sold.doc_id,
            line=line["original_line"],
            excess=excess,
            amount=loss,
            returned_before=receipts_of(booking.connection, _earlier(booking, sold.doc_id)),
        )
        booking.lose("refund_loss", loss)
        booking.revoke(f"receipt/{sold.till}/{sold.epoch}/{sold.seq}", "returned")


def _earlier(booking: Booking, original: str) -> list[str]:
    """The returns of a sale before this one."""
    found = select(returned_entry.c.doc_id).where(
        returned_entry.c.original == original, returned_entry.c.doc_id != booking.doc_id
    )
    return list(booking.connection.scalars(found.distinct()))


def _enter(booking: Booking, original: str, line: int, figures: dict[str, int]) -> None:
    row = {"quantity": 0, "amount": 0, "vat": 0, "kept": 0, **figures}
    booking.connection.execute(
        insert(returned_entry), {"doc_id": booking.doc_id, "original": original, "line": line, **row}
    )


def _enter_refund(booking: Booking, original: str, refund: Body) -> None:
    amount = whole(refund, "amount")
    row = {
        "doc_id": booking.doc_id,
        "original": original,
        "kind": text(refund, "kind"),
        "original_tender": refund.get("original_tender"),
        "amount": -amount,
        "share": -whole(refund, "share", amount),
        "carried": 0,
    }
    booking.connection.execute(insert(refund_entry), row)


def is_whole_same_day(booking: Booking, sold: Row[Any]) -> bool:
    """Everything is back on the business date of the sale: its discount vouchers count again (§10)."""
    if sold.business_date.isoformat() != text(booking.payload, "business_date"):
        return False
    back = returned_of(booking.connection, sold.doc_id)
    lines = (sold.body or {}).get("lines", ())
    return all(back.get(line["no"], {}).get("quantity", 0) >= line["quantity"] for line in lines)
