"""Feed items of receipts and hand-overs that can be returned, with what has come back of them so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from central.bulk import among, narrowed
from central.feeds import FeedWriter, scope_of
from central.publishing.customers import main_id
from central.tables.customers import customer
from central.tables.ledgers import points_entry, refund_entry, returned_entry
from central.tables.money import receipt
from pos_app.domain.customer import short_name

_BACK = ("refund", "return", "void")
"""Why points move when goods come back: `refund` = spent ones, `return` = earned ones, `void` = both."""

_NOTHING = {"quantity": 0, "amount": 0, "vat": 0, "kept": 0}
_NO_RETURNS: Mapping[str, Any] = {
    "refunds": [], "cash_share": 0, "cash": 0, "carried": 0, "points_returned": 0, "points_taken_back": 0,
}  # fmt: skip


def sales(writer: FeedWriter, doc_ids: Iterable[str] | None = None) -> None:
    """`<doc_id>` for the store that sold; None = all. What cannot be returned has no item."""
    query = select(receipt).where(receipt.c.body.is_not(None))
    rows = list(writer.connection.execute(narrowed(query, receipt.c.doc_id, doc_ids)))
    untouched = _untouched(writer.connection, rows)
    for row in rows:
        if row.body:
            item = _sold(row) if row.doc_id in untouched else body(writer.connection, row)
            writer.put("sales", scope_of("sales", row.store), row.doc_id, item)


def _untouched(connection: Connection, rows: Sequence[Row[Any]]) -> set[str]:
    """Those without a customer of which nothing has come back: nearly all that are new."""
    ids = [row.doc_id for row in rows]
    touched: set[str] = set()
    for original in (returned_entry.c.original, refund_entry.c.original):
        touched.update(connection.scalars(select(original).where(among(original, ids))))
    return {row.doc_id for row in rows if row.customer is None} - touched


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
    returns = _returns(connection, row.doc_id)
    return _sold(row, returned_of(connection, row.doc_id), returns) | _name(connection, row.customer)


def _sold(
    row: Row[Any], returned: Mapping[int, Mapping[str, int]] | None = None, returns: Any = _NO_RETURNS
) -> dict[str, Any]:
    """An item without the customer's name."""
    lines = []
    for line in row.body["lines"]:
        back = dict((returned or {}).get(line["no"], _NOTHING))
        kept = back.pop("kept")
        lines.append({**line, "returned": back, **({"gift_kept": kept} if kept else {})})
    unchanging = {name: value for name, value in row.body.items() if name != "customer_name"}
    return {**unchanging, "lines": lines, "returns": returns}


def _name(connection: Connection, customer_id: str | None) -> dict[str, str]:
    """The short name, as long as the customer is known by it."""
    if customer_id is None:
        return {}
    known = select(customer.c.name).where(
        customer.c.id == main_id(connection, customer_id), customer.c.erased_at.is_(None)
    )
    name = connection.scalar(known)
    return {"customer_name": short_name(name)} if name else {}


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
    """What returns and voids gave back of the points spent, and took back of those earned."""
    deltas = list(
        connection.scalars(
            select(points_entry.c.delta).where(
                points_entry.c.doc_id.in_(returns), points_entry.c.why.in_(_BACK)
            )
        )
    )
    return {
        "points_returned": sum(delta for delta in deltas if delta > 0),
        "points_taken_back": -sum(delta for delta in deltas if delta < 0),
    }
