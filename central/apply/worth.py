"""What comes back is worth what was paid: the arithmetic of returns and voids against their sale."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, select

from central.apply.booking import Booking
from central.apply.reading import Body, items, text, whole
from central.tables.ledgers import points_entry, refund_entry

_SLACK = 1
"""Đồng: a till that did not know of an earlier part rounds another way, once a line."""


def check_worth(booking: Booking, line: Body, sold_line: Mapping[str, Any]) -> None:
    """A part of a line costs its share of what was paid, and bears the tax rate of the line it comes from."""
    number, quantity = whole(line, "original_line"), whole(line, "quantity")
    paid, of = sold_line["amount"] * quantity, sold_line["quantity"]
    amount = -whole(line, "amount")
    if abs(amount * of - paid) > _SLACK * of:
        _flag(booking, "refund_amount", number, (paid // of, amount))
    rate = line.get("vat_rate", sold_line["vat_rate"])
    if rate != sold_line["vat_rate"]:
        _flag(booking, "vat_rate", number, (sold_line["vat_rate"], rate))


def check_refunds(booking: Booking, sold: Row[Any]) -> None:
    """No tender gives back more than was paid with it, whatever form the money went back in.

    Goods that came back once too often are flagged as that, and not a second time for their money.
    """
    if any(flag.code == "RETURN_EXCEEDS_SOLD" for flag in booking.flags):
        return
    paid = {one["no"]: one["amount"] for one in (sold.body or {}).get("tenders", ())}
    back: dict[int, int] = defaultdict(int)
    charged: set[int] = set()
    entries = select(refund_entry).where(refund_entry.c.original == sold.doc_id)
    for row in booking.connection.execute(entries):
        if row.original_tender is not None:
            back[row.original_tender] += row.amount
            if row.doc_id == booking.doc_id:
                charged.add(row.original_tender)
    for number in sorted(charged):
        if back[number] > paid.get(number, 0):
            _flag(booking, "refund_above_tender", number, (paid.get(number, 0), back[number]))


def check_negative_copy(booking: Booking, sold: Row[Any]) -> None:
    """A void gives back each tender as it was taken, and moves the sale's points the other way."""
    given = {
        whole(one, "no"): (one["kind"], -whole(one, "amount")) for one in items(booking.payload, "tenders")
    }
    taken = {one["no"]: (one["kind"], one["amount"]) for one in sold.body["tenders"]}
    for number in sorted(given.keys() | taken.keys()):
        if given.get(number) != taken.get(number):
            _flag(booking, "void_tender", number, (taken.get(number), given.get(number)))
    entries = select(points_entry.c.customer, points_entry.c.delta).where(
        points_entry.c.doc_id == sold.doc_id
    )
    moved: Counter[str] = Counter()
    for customer, delta in booking.connection.execute(entries):
        moved[customer] -= delta
    back: Counter[str] = Counter()
    for one in items(booking.payload, "points"):
        back[text(one, "customer")] += whole(one, "delta")
    for customer in sorted(name for name in moved.keys() | back.keys() if moved[name] != back[name]):
        _flag(booking, "void_points", customer, (moved[customer], back[customer]))


def _flag(booking: Booking, rule: str, place: int | str, said: tuple[object, object]) -> None:
    expected, found = said
    broken = [{"rule": rule, "path": f"{place}", "expected": str(expected), "found": str(found)}]
    booking.flag("PRICE_MISMATCH", broken=broken)
