"""The receipt of money taken for an order before its goods are handed over."""

from __future__ import annotations

from pos_app.text import _
from printing.document import Document, Item, Space
from printing.facts import Body, ReceiptFacts
from printing.receipt_parts import SMALL, centred, code_box, farewell, hero, opening, payload_list
from printing.receipt_tenders import tenders_part


def compose(body: Body, facts: ReceiptFacts, copy: int) -> Document:
    """An `order_payment` document on paper; `copy` ≥ 2 is a reprint."""
    payload = body["payload"]
    items: list[Item] = [*opening(_("PHIẾU THU TIỀN ĐẶT HÀNG"), body, facts, copy), Space(8)]
    items += hero(_("Khách trả trước"), payload["total"])
    items += tenders_part(payload, payload_list(payload, "tenders"), facts)
    items.append(Space(14))
    items.append(centred(_("Thuế, điểm và hóa đơn tính khi nhận hàng."), SMALL))
    if facts.code is not None:
        use = (_("Mang theo khi nhận hàng hoặc nhận lại tiền."),)
        items += code_box(facts.code, _("Tiền đặt hàng"), use)
    items += farewell(body)
    return Document(tuple(items))
