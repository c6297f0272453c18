"""What every money document books alike: its receipt, the goods on it, and what can be returned of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from central.apply.booking import Booking
from central.apply.reading import Body, day, items, text, whole
from central.tables.money import receipt, sale_line


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


def hand_out(booking: Booking, part: str, lines: Sequence[Body]) -> None:
    """Lines of the sales ledger whose goods leave the store."""
    book_lines(booking, part, lines)
    for line in lines:
        booking.move_stock(line.get("product"), -whole(line, "quantity"), booking.envelope.kind)


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
