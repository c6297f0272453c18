"""`provisional` returns: lines typed from the paper; the true refund is computed here (protocol §9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from central.apply.booking import Booking
from central.apply.reading import Body, items, text, whole
from central.publishing.sales import returned_of
from pos_app.domain.refund import refund_part, refund_vat

_CREDIT = "store_credit"


@dataclass(slots=True)
class _Line:
    """A line of the sale, of which `back` thousandths and `refunded` đồng have come back."""

    no: int
    product: str | None
    quantity: int
    amount: int
    vat_rate: int
    back: int
    refunded: int

    def take(self, wanted: int) -> dict[str, int] | None:
        """So much of what is left as a returned line, at its true refund; None when nothing is left."""
        part = min(wanted, self.quantity - self.back)
        if part <= 0:
            return None
        amount = refund_part(self.amount, self.quantity, self.back, part)
        vat = refund_vat(self.refunded, amount, self.vat_rate)
        self.back, self.refunded = self.back + part, self.refunded + amount
        return {"original_line": self.no, "quantity": part, "amount": -amount, "vat": -vat}


def true_lines(booking: Booking, sold: Row[Any]) -> list[Body]:
    """What came back, as lines of the sale. The difference to what was promised is booked and flagged.

    Typed goods meet the sale's lines of the same product, in the order of the receipt.
    """
    known = _lines_of(booking, sold)
    true: list[Body] = []
    for line in items(booking.payload, "lines"):
        wanted = whole(line, "quantity")
        for one in known:
            if line.get("original_line", one.no) != one.no or line.get("product") != one.product:
                continue
            taken = one.take(wanted)
            if taken is not None:
                true.append(taken)
                wanted -= taken["quantity"]
    promised, worth = -whole(booking.payload, "total"), -sum(whole(line, "amount") for line in true)
    if promised != worth:
        _book(booking, promised, worth)
    return true


def _lines_of(booking: Booking, sold: Row[Any]) -> list[_Line]:
    returned = returned_of(booking.connection, sold.doc_id)
    lines = []
    for line in (sold.body or {}).get("lines", ()):
        back = returned.get(line["no"], {"quantity": 0, "amount": 0})
        facts = line["no"], line.get("product"), line["quantity"], line["amount"], line["vat_rate"]
        lines.append(_Line(*facts, back["quantity"], back["amount"]))
    return lines


def _book(booking: Booking, promised: int, true: int) -> None:
    """The credit is corrected; what it was promised too much stands on an account of its own."""
    difference = promised - true
    booking.flag("REFUND_DIFFERENCE", promised=promised, true=true, amount=difference)
    booking.differ("refund_difference", difference)
    credit = [refund for refund in items(booking.payload, "refunds") if text(refund, "kind") == _CREDIT]
    if credit:
        booking.move_credit(str(credit[0].get("reference") or booking.doc_id), -difference)
