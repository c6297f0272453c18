"""One of every kind of paper, composed in the language in use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from printing import receipt, shift_report, test_page
from printing.document import Document
from printing.facts import VIETNAM, ReportFacts
from tests.support import paper_bodies as bodies

AFTER_RETURN = replace(bodies.FACTS, original="NT02-005141", balance=1451)
REPORT = ReportFacts(bodies.STORE, till_number=2, hash_hex="99fe0011" * 8, cashier="Lan")

PAPERS: dict[str, Callable[[], Document]] = {
    "sale": lambda: receipt.compose(bodies.usual_sale(), bodies.FACTS),
    "sale_reprint": lambda: receipt.compose(bodies.usual_sale(), bodies.FACTS, copy=3),
    "sale_training": lambda: receipt.compose(
        bodies.usual_sale(training=True), replace(bodies.FACTS, code=None)
    ),
    "sale_long_names": lambda: receipt.compose(bodies.long_names_sale(), bodies.LONG_FACTS),
    "handover": lambda: receipt.compose(
        bodies.handover(), replace(bodies.FACTS, order_goods=bodies.ORDER_GOODS)
    ),
    "return_money": lambda: receipt.compose(bodies.returned(credit=False), AFTER_RETURN),
    "return_credit": lambda: receipt.compose(bodies.returned(credit=True), AFTER_RETURN),
    "exchange": lambda: receipt.compose(bodies.exchange(), AFTER_RETURN),
    "exchange_refund": lambda: receipt.compose(bodies.exchange_for_less(), AFTER_RETURN),
    "test_page": lambda: test_page.compose(
        bodies.STORE, "tcp://192.168.1.50:9100", datetime(2026, 11, 21, 7, 33, tzinfo=UTC), VIETNAM
    ),
    "void": lambda: receipt.compose(bodies.void(), AFTER_RETURN),
    "order_payment": lambda: receipt.compose(
        bodies.order_payment(), replace(bodies.FACTS, order_number="MN-48211")
    ),
    "z_report": lambda: shift_report.compose(bodies.shift_close(), REPORT),
    "x_report": lambda: shift_report.compose(
        {"kind": "x_report", "wall": "2026-11-21T14:33:00+07:00", "number": 3,
         "sales": {"count": 2, "amount": 500_000}, "tenders": {"cash": 500_000},
         "vat": {"800": {"gross": 500_000, "vat": 37_037}}, "unsent": 0},
        REPORT,
    ),
}  # fmt: skip
