"""A counter voucher on paper of its own: what it is worth, and its code."""

from __future__ import annotations

from pos_app.text import _
from printing.document import Align, Document, Item, Space, Text
from printing.facts import Body, ReceiptFacts
from printing.figures import joined, unbroken, wall_text
from printing.receipt_parts import farewell, header, issued_part, reprint_mark, row, training_mark


def compose(body: Body, facts: ReceiptFacts, copy: int) -> Document:
    """A `voucher_issue`; without its code (erased) the paper only says that there was one."""
    till = unbroken(_("Quầy {number}").format(number=facts.till_number))
    items: list[Item] = [
        *header(facts.store),
        *training_mark(body),
        Space(20),
        Text(_("VOUCHER TẶNG"), 34, 750, Align.CENTRE, fit=True),
        *reprint_mark(copy),
        Space(12),
        row(_("Mã chứng từ"), facts.hash_hex[:8]),
        row(_("Ngày"), wall_text(body, facts.zone)),
        row(_("Thu ngân"), joined(facts.cashier, till)),
        *issued_part([{"what": "voucher", **body["payload"]}], facts),
        *farewell(body),
    ]
    return Document(tuple(items))
