"""Feed items of bank transfers: what of the money promised to a till has arrived (protocol §14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from central.bulk import narrowed
from central.feeds import FeedWriter, scope_of
from central.keys import instant_text
from central.tables.transfers import awaited_transfer, bank_credit

AWAITED, MATCHED, MISSING, LOST, VOID = "awaited", "matched", "missing", "lost", "void"
_ORDER = (LOST, MISSING, AWAITED, MATCHED)
"""The state of a document with several transfers is that of the worst of them."""


def transfers(writer: FeedWriter, doc_ids: Iterable[str] | None = None) -> None:
    """`<doc_id>` for the till that sold; None = all. While money is awaited there is no item."""
    query = select(awaited_transfer)
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in writer.connection.execute(narrowed(query, awaited_transfer.c.doc_id, doc_ids)):
        found[row.doc_id].append(row)
    for doc_id, rows in found.items():
        _put(writer, doc_id, [row for row in rows if row.state != VOID], rows[0])


def _put(writer: FeedWriter, doc_id: str, rows: Sequence[Row[Any]], of: Row[Any]) -> None:
    scope = scope_of("transfers", of.store)
    states = [row.state for row in rows]
    state = next((one for one in _ORDER if one in states), AWAITED)
    if state == AWAITED:
        writer.delete("transfers", scope, doc_id, only=of.till)
        return
    body: dict[str, Any] = {"state": state, "amount": sum(row.amount for row in rows if row.state == state)}
    at = _arrived(writer, doc_id)
    if at is not None:
        body["at"] = instant_text(at)
    writer.put("transfers", scope, doc_id, body, only=of.till)


def _arrived(writer: FeedWriter, doc_id: str) -> datetime | None:
    """When the newest credit of a document came in."""
    newest = select(bank_credit.c.at).where(bank_credit.c.doc_id == doc_id, bank_credit.c.state == MATCHED)
    return writer.connection.scalar(newest.order_by(bank_credit.c.at.desc()).limit(1))
