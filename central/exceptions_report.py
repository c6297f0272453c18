"""What each operator did that deserves a look, beside how much they did at all (security: audit trail)."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from central.tables.inbox import document, result

COLUMNS: Final = (
    "store",
    "staff",
    "documents",
    "sales",
    "no_sales",
    "voids",
    "refunds_without_receipt",
    "overrides",
    "manual_discounts",
    "reprints",
    "lines_removed",
    "flagged",
    "offline_percent",
)
_OF_A_KIND: Final[Mapping[str, str]] = {
    "discount_manual": "manual_discounts",
    "drawer_open": "no_sales",
    "line_removed": "lines_removed",
    "price_override": "overrides",
    "receipt_reprint": "reprints",
    "sale": "sales",
    "void": "voids",
}
_READ: Final = (*_OF_A_KIND, "exchange", "handover", "return")


def exceptions(connection: Connection, first: date, last: date) -> Iterator[tuple[int, ...]]:
    """One row a store and person, in the order of COLUMNS; days are those of the till's clock, both included.

    Training does not count. `flagged`: documents that central has booked with a code.
    """
    query = (
        select(document.c.kind, document.c.body, result.c.status)
        .join(result, result.c.doc_id == document.c.doc_id)
        .where(document.c.kind.in_(_READ), result.c.booked)
        .execution_options(yield_per=500)
    )
    found: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for row in connection.execute(query):
        body = json.loads(bytes(row.body))
        if not body["training"] and first.isoformat() <= body["wall"][:10] <= last.isoformat():
            found[body["store"], body["staff"]].update(_counted(row.kind, body, row.status))
    for place, sums in sorted(found.items()):
        share = 100 * sums["offline"] // sums["documents"]
        yield (*place, *(sums[name] for name in COLUMNS[2:-1]), share)


def _counted(kind: str, body: Mapping[str, Any], status: str) -> Iterator[str]:
    payload = body["payload"]
    yield "documents"
    if body["connectivity"] == "offline":
        yield "offline"
    if status == "applied_flagged":
        yield "flagged"
    if kind in _OF_A_KIND:
        yield _OF_A_KIND[kind]
    back = payload.get("return", payload) if kind in ("exchange", "return") else {}
    if back.get("original", {}).get("source") == "none":
        yield "refunds_without_receipt"
    sold = (payload, payload.get("sale") or {})
    discounts = (
        one for part in sold for line in part.get("lines") or () for one in line.get("discounts") or ()
    )
    if any(one.get("by") for one in discounts):
        yield "manual_discounts"
