"""Counter vouchers on paper of their own: what they are worth, and their codes."""

from __future__ import annotations

from pos_app.text import _
from printing.document import Align, Document, Item, Space, Text
from printing.facts import Body, ReceiptFacts
from printing.figures import joined, unbroken, wall_text
from printing.receipt_parts import (
    farewell,
    header,
    issued_part,
    payload_list,
    reprint_mark,
    row,
    training_mark,
)


def compose(body: Body, facts: ReceiptFacts, copy: int) -> Document:
    """Of a `voucher_issue`, or of a sale that handed some out; without its code (erased) the paper only says
    that there was one."""
    payload = body["payload"]
    alone = [{"what": "voucher", **payload}] if "serial" in payload else payload_list(payload, "issued")
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
        *issued_part(alone, facts),
        *farewell(body),
    ]
    return Document(tuple(items))
