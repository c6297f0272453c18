"""The other documents of a conflict, as a case names them: store, till, person, receipt."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from central.tables.inbox import document
from central.tables.money import receipt

_LIMIT = 10


def receipts_of(connection: Connection, doc_ids: Iterable[str]) -> list[dict[str, Any]]:
    """Who did the same before, oldest first; at most ten of them."""
    rows = connection.execute(
        select(receipt.c.doc_id, receipt.c.store, receipt.c.till, receipt.c.staff, receipt.c.receipt_no)
        .where(receipt.c.doc_id.in_(sorted(set(doc_ids))))
        .order_by(receipt.c.doc_id)
        .limit(_LIMIT)
    )
    return [dict(row._mapping) for row in rows]


def payload_of(connection: Connection, doc_id: str) -> dict[str, Any] | None:
    """The payload of a stored document; None when it is not here, or is none."""
    body = connection.scalar(select(document.c.body).where(document.c.doc_id == doc_id))
    payload = None if body is None else json.loads(bytes(body)).get("payload")
    return payload if isinstance(payload, dict) else None
