"""What every money document books alike: its receipt, lines, tenders, cash, points and store credit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from central.apply.awaited import expect
from central.apply.booking import Booking
from central.apply.reading import Body, day, items, moment, text, whole
from central.apply.vouchers import spend_stored_value
from central.publishing.customers import balance_of
from central.tables.ledgers import credit_entry
from central.tables.money import cash_entry, receipt, sale_line, tender_entry
from pos_app.domain.ids import is_uuid7

CASH, STORE_CREDIT, STORED_VALUE, TRANSFER = "cash", "store_credit", "stored_value", "transfer"


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What of a receipt is not in its envelope. `body`: what can be returned of it, for the `sales` feed."""

    total: int
    rounding: int = 0
    customer: str | None = None
    order: int | None = None
    body: Mapping[str, Any] | None = None


def book_receipt(booking: Booking, facts: ReceiptFacts) -> None:
    """One row per numbered document."""
    envelope = booking.envelope
    booking.entries.add(
        receipt,
        {
            "doc_id": booking.doc_id,
            "till": envelope.till,
            "epoch": envelope.epoch,
            "seq": envelope.seq,
            "store": booking.store,
            "kind": envelope.kind,
            "receipt_no": text(booking.payload, "receipt_no"),
            "business_date": day(booking.payload, "business_date"),
            "shift": envelope.shift,
            "staff": envelope.staff,
            "customer": facts.customer,
            "order": facts.order,
            "total": facts.total,
            "rounding": facts.rounding,
            "fork": booking.is_fork,
            "body": facts.body,
        },
    )
    if facts.body is not None:
        booking.touched.sales.add(booking.doc_id)


def book_lines(booking: Booking, part: str, lines: Iterable[Body]) -> None:
    """The sales ledger. Quantities of returned goods are booked negative, as their money is."""
    sign = -1 if part == "return" else 1
    rows = [
        {
            "doc_id": booking.doc_id,
            "part": part,
            "no": whole(line, "no", 0) or place,
            "product": line.get("product"),
            "category": line.get("category"),
            "quantity": sign * whole(line, "quantity", 0),
            "gross": whole(line, "gross", whole(line, "amount")),
            "amount": whole(line, "amount"),
            "vat_rate": whole(line, "vat_rate"),
            "vat": whole(line, "vat"),
            "salesperson": line.get("salesperson"),
        }
        for place, line in enumerate(lines, start=1)
    ]
    booking.entries.add(sale_line, *rows)


def book_tenders(booking: Booking, tenders: Iterable[Body], refunds: Iterable[Body] = ()) -> None:
    """Tenders (+), refunds (−), the cash of both in the drawer, and store credit spent or created."""
    cash = 0
    for tender in tenders:
        kind, amount = text(tender, "kind"), whole(tender, "amount")
        book_tender(booking, tender, kind, amount)
        cash += amount if kind == CASH else 0
        if kind == STORE_CREDIT:
            _spend_credit(booking, tender, amount)
        elif kind == STORED_VALUE:
            spend_stored_value(booking, text(tender, "reference", ""), amount)
        elif kind == TRANSFER and amount > 0 and isinstance(tender.get("reference"), str):
            expect(booking, text(tender, "reference"), amount)
    for refund in refunds:
        kind, amount = text(refund, "kind"), whole(refund, "amount")
        book_tender(booking, refund, kind, amount)
        cash += amount if kind == CASH else 0
        if kind == STORE_CREDIT:
            # filled up again where it came from, else an account of this document's own
            booking.move_credit(_account(refund) or booking.doc_id, -amount)
        elif kind == STORED_VALUE:
            spend_stored_value(booking, text(refund, "reference", ""), amount)
    book_cash(booking, booking.envelope.kind, cash)


def book_tender(booking: Booking, tender: Body, kind: str, amount: int) -> None:
    """One entry of the ledger of money taken and given back."""
    row = {
        "doc_id": booking.doc_id,
        "kind": kind,
        "amount": amount,
        "reference": tender.get("reference"),
        "state": tender.get("state"),
    }
    booking.entries.add(tender_entry, row)


def _account(tender: Body) -> str | None:
    reference = tender.get("reference")
    return reference if isinstance(reference, str) and is_uuid7(reference) else None


def _spend_credit(booking: Booking, tender: Body, amount: int) -> None:
    account = _account(tender)
    if account is None:
        booking.flag("CREDIT_UNKNOWN", amount=amount, reference=str(tender.get("reference")))
        return
    booking.move_credit(account, -amount)
    total = select(func.sum(credit_entry.c.amount)).where(credit_entry.c.account == account)
    left = int(booking.connection.scalar(total) or 0)
    if left < 0 < amount:
        booking.flag("CREDIT_OVERDRAWN", account=account, left=left, amount=amount)
        booking.lose("credit_loss", min(amount, -left))


def book_cash(booking: Booking, kind: str, amount: int, reason: str | None = None) -> None:
    """A signed entry of the drawer; none for nothing."""
    if amount == 0:
        return
    envelope = booking.envelope
    shift = booking.payload.get("number") if kind == "float" else envelope.shift
    row = {"till": envelope.till, "epoch": envelope.epoch, "seq": envelope.seq, "shift": shift}
    booking.entries.add(
        cash_entry,
        {**row, "doc_id": booking.doc_id, "kind": kind, "amount": amount, "reason": reason},
    )


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


def sales_body(booking: Booking, lines: Iterable[Body], **more: Any) -> dict[str, Any]:
    """The unchanging part of a `sales` item (what has come back is added when it is published)."""
    envelope, payload = booking.envelope, booking.payload
    body: dict[str, Any] = {
        "doc_id": booking.doc_id,
        "till": envelope.till,
        "epoch": envelope.epoch,
        "seq": envelope.seq,
        "store": booking.store,
        "receipt_no": text(payload, "receipt_no"),
        "kind": envelope.kind,
        "business_date": text(payload, "business_date"),
        "wall": envelope.wall,
        "hash10": booking.hash[:10].hex(),
        "lines": [_sales_line(line) for line in lines],
        "tenders": [dict(tender) for tender in items(payload, "tenders")],
        "rounding": whole(payload, "rounding"),
        "total": whole(payload, "total"),
        "tier_percent": whole(payload, "tier_percent", 100),
        "points_earned": sum(
            whole(entry, "delta") for entry in items(payload, "points") if entry.get("why") == "earned"
        ),
    }
    if "customer" in payload:
        body["customer"] = payload["customer"]
    return body | more


_LINE = (
    "no", "product", "sku", "name", "variant", "colour", "colour_name", "size", "category", "quantity",
    "unit", "amount", "vat_rate", "vat", "return_until", "no_return", "gift_of", "gift_value",
    "gift_condition",
)  # fmt: skip


def _sales_line(line: Body) -> dict[str, Any]:
    return {name: line[name] for name in _LINE if name in line}
