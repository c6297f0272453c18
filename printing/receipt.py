"""Any numbered document of the journal as a receipt, by its kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from printing import (
    exchange_receipt,
    handover_slip,
    order_receipt,
    return_receipt,
    sale_receipt,
    void_receipt,
    voucher_paper,
)
from printing.document import Document
from printing.facts import Body, ReceiptFacts

_KINDS: Final[dict[str, Callable[[Body, ReceiptFacts, int], Document]]] = {
    "sale": sale_receipt.compose,
    "handover": handover_slip.compose,
    "return": return_receipt.compose,
    "handover_reversal": return_receipt.compose,
    "exchange": exchange_receipt.compose,
    "void": void_receipt.compose,
    "order_payment": order_receipt.compose,
    "voucher_issue": voucher_paper.compose,
}


def compose(body: Body, facts: ReceiptFacts, copy: int = 1) -> Document:
    """The paper of this document; `copy` ≥ 2 is a reprint. KeyError for a kind that has no receipt."""
    return _KINDS[body["kind"]](body, facts, copy)
