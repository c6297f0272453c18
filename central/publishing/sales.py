"""Feed items of receipts and hand-overs that can be returned, with what has come back of them so far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, func, select

from central.feeds import FeedWriter, scope_of
from central.publishing.catalogue import chunks
from central.tables.ledgers import points_entry, refund_entry, returned_entry
from central.tables.money import receipt


def sales(writer: FeedWriter, doc_ids: Iterable[str] | None = None) -> None:
    """`<doc_id>` for the store that sold; None = all. What cannot be returned has no item."""
    for condition in chunks(doc_ids, receipt.c.doc_id):
        query = select(receipt).where(receipt.c.body.is_not(None))
        rows = list(writer.connection.execute(query if condition is None else query.where(condition)))
        for row in rows:
            if row.body:
                writer.put("sales", scope_of("sales", row.store), row.doc_id, body(writer.connection, row))


def returned_of(connection: Connection, doc_id: str) -> dict[int, dict[str, int]]:
    """Per line of a sale what has come back: quantity in thousandths, amount and VAT in đồng, all ≥ 0."""
    columns = returned_entry.c
    sums = (
        select(
            columns.line,
            func.sum(columns.quantity),
            func.sum(columns.amount),
            func.sum(columns.vat),
            func.sum(columns.kept),
        )
        .where(columns.original == doc_id)
        .group_by(columns.line)
    )
    return {
        line: {"quantity": int(quantity), "amount": int(amount), "vat": int(vat), "kept": int(kept)}
        for line, quantity, amount, vat, kept in connection.execute(sums)
    }


def body(connection: Connection, row: Row[Any]) -> dict[str, Any]:
    """The whole item of one receipt."""
    returned = returned_of(connection, row.doc_id)
    lines = []
    for line in row.body["lines"]:
        back = returned.get(line["no"], {"quantity": 0, "amount": 0, "vat": 0, "kept": 0})
        kept = back.pop("kept")
        lines.append({**line, "returned": back, **({"gift_kept": kept} if kept else {})})
    return {**row.body, "lines": lines, "returns": _returns(connection, row.doc_id)}


def _returns(connection: Connection, doc_id: str) -> dict[str, Any]:
    rows = list(
        connection.execute(
            select(refund_entry).where(refund_entry.c.original == doc_id).order_by(refund_entry.c.id)
        )
    )
    refunds = [row for row in rows if row.kind != "carried"]
    cash = [row for row in refunds if row.kind == "cash"]
    return {
        "refunds": [
            {
                "kind": row.kind,
                "original_tender": row.original_tender,
                "amount": row.amount,
                "share": row.share,
            }
            for row in refunds
        ],
        "cash_share": sum(row.share for row in cash),
        "cash": sum(row.amount for row in cash),
        "carried": sum(row.carried for row in rows),
        **_points(connection, {row.doc_id for row in rows}),
    }


def _points(connection: Connection, returns: set[str]) -> dict[str, int]:
    sums = (
        select(points_entry.c.why, func.sum(points_entry.c.delta))
        .where(points_entry.c.doc_id.in_(returns))
        .group_by(points_entry.c.why)
    )
    found = {why: int(delta) for why, delta in connection.execute(sums)} if returns else {}
    return {
        "points_returned": found.get("returned", 0),
        "points_taken_back": -found.get("taken_back", 0),
    }
