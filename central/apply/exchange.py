"""`exchange`: a return and a sale in one document; only the difference changes hands (rules: Returns)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import insert

from central.apply.booking import Booking
from central.apply.invariants import check
from central.apply.issued import book_issued
from central.apply.people import book_points, check_staff, customer_of
from central.apply.prices import priced_at_of
from central.apply.reading import Body, items, part, text, whole
from central.apply.receipts import ReceiptFacts, book_receipt, hand_out, sales_body
from central.apply.repricing import check_price
from central.apply.return_ import find_original, take_back
from central.apply.tenders import book_tenders
from central.apply.vouchers import use_vouchers
from central.tables.ledgers import refund_entry


def apply(booking: Booking) -> None:
    """Books both halves. Vouchers of the old sale do not come back: an exchange is not a whole return."""
    payload = booking.payload
    check(booking)
    check_staff(booking)
    refunds, moved = list(items(payload, "refunds")), list(items(payload, "moved"))
    new = _half(booking, "sale", [*_stayed(booking), *items(payload, "tenders")])
    lines = list(items(new.payload, "lines"))
    if payload.get("even") is not True:
        # an even one takes the old line's paid amount, whatever today's price
        check_price(new, new.payload, priced_at_of(new.payload))
    book_receipt(booking, _facts(booking, new, lines))
    hand_out(booking, "sale", lines)
    use_vouchers(booking, items(new.payload, "vouchers"))
    book_tenders(booking, items(payload, "tenders"), refunds)
    book_points(booking, items(new.payload, "points"))
    old = _half(booking, "return", [])
    sold = find_original(booking, part(old.payload, "original"))
    charged = [*refunds, *({**one, "amount": -whole(one, "amount")} for one in moved)]
    take_back(old, sold, list(items(old.payload, "lines")), charged)
    book_issued(booking, [*items(old.payload, "issued"), *items(new.payload, "issued")])
    _carry(booking)


def _facts(booking: Booking, new: Booking, lines: list[Body]) -> ReceiptFacts:
    """The new goods can come back as those of a sale; the receipt is worth the difference."""
    return ReceiptFacts(
        total=whole(booking.payload, "difference"),
        rounding=whole(booking.payload, "rounding"),
        customer=customer_of(new.payload),
        body=sales_body(new, lines, kind="sale", channel="store", web_credited=True),
    )


def _half(booking: Booking, name: str, tenders: list[Body]) -> Booking:
    """One half as a document of its own: what stands beside both halves is put into it.

    Flags, losses and ledgers are the exchange's: the lists are shared.
    """
    payload = booking.payload
    rounding = whole(payload, "rounding") if whole(payload, "difference") > 0 else 0
    beside = {name: payload[name] for name in ("receipt_no", "business_date") if name in payload}
    beside |= {"tenders": tenders, "rounding": rounding, "carried": 0}
    return replace(booking, payload={**part(payload, name), **beside})


def _stayed(booking: Booking) -> Iterator[Body]:
    """Money that stays is a tender of the new goods; it is numbered after those that were taken now."""
    newest = max((whole(one, "no") for one in items(booking.payload, "tenders")), default=0)
    for no, one in enumerate(items(booking.payload, "moved"), start=newest + 1):
        kept = {name: value for name, value in one.items() if name != "original_tender"}
        yield {**kept, "no": no, "kind": text(one, "kind")}


def _carry(booking: Booking) -> None:
    """What found no tender belongs to the new goods from now on."""
    carried = whole(booking.payload, "carried")
    if carried:
        row = {"doc_id": booking.doc_id, "original": booking.doc_id, "kind": "carried"}
        booking.connection.execute(insert(refund_entry), {**row, "amount": 0, "share": 0, "carried": carried})
