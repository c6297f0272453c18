"""The receipt of a void: the sale that no longer stands and everything given back."""

from __future__ import annotations

from pos_app.text import _
from printing.document import Document, Item
from printing.facts import Body, ReceiptFacts
from printing.receipt_parts import (
    BODY,
    RULE,
    SOLID_RULE,
    centred,
    farewell,
    hero,
    opening,
    payload_list,
    points_part,
)
from printing.receipt_tenders import refunds_part
from printing.return_receipt import points_back


def compose(body: Body, facts: ReceiptFacts, copy: int) -> Document:
    """A `void` document on paper; `copy` ≥ 2 is a reprint."""
    payload = body["payload"]
    tenders = payload_list(payload, "tenders")
    points = payload_list(payload, "points")
    items: list[Item] = [*opening(_("PHIẾU HỦY"), body, facts, copy), *RULE]
    items.append(centred(_("Phiếu gốc không còn giá trị."), BODY, 600))
    items += hero(_("Hoàn lại khách"), -sum(tender["amount"] for tender in tenders))
    items += SOLID_RULE if tenders else ()
    items += refunds_part(tenders, points_back(points))
    items += points_part(points, facts)
    items += farewell(body)
    return Document(tuple(items))
