"""GET /v1/lookup: one receipt, order or customer, named exactly (protocol §9)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, Connection, select

from central.keys import instant_text
from central.papers import receipt_named
from central.publishing import orders, sales
from central.publishing.customers import item_of, main_id
from central.tables.customers import customer, customer_alias, customer_card
from central.tables.money import receipt
from central.tables.orders import order
from central.verdicts import KEYS
from sync.messages.checks import LookupAnswer

By = Literal["receipt", "order", "customer"]
NEWEST: Final = 20


def look_up(connection: Connection, by: By, key: str, now: datetime) -> LookupAnswer:
    """Whole keys only: nothing here matches a part of a number or a name."""
    if by == "receipt":
        found = _receipt(connection, key)
    elif by == "order":
        found = _order(connection, key)
    else:
        found = _customer(connection, key, now)
    return LookupAnswer(found=bool(found), server_time=instant_text(now), **found)


def _receipt(connection: Connection, key: str) -> dict[str, Any]:
    row = receipt_named(connection, key)
    return {} if row is None or not row.body else {"receipt": sales.body(connection, row)}


def _order(connection: Connection, key: str) -> dict[str, Any]:
    number = KEYS["handover"](connection, key)
    if number is None:
        return {}
    row = connection.execute(select(order).where(order.c.order == int(number))).one()
    found = {"order": {**orders.body(connection, row), "store": row.store}}
    return {**found, "receipts": _newest(connection, receipt.c.order == int(number))}


def _customer(connection: Connection, key: str, now: datetime) -> dict[str, Any]:
    """By id, by a member card's serial, or by the whole phone number (E.164); two people may share one."""
    if key.startswith("+"):
        where = customer.c.phone == key
    else:
        where = customer.c.id == main_id(connection, _holder(connection, key) if key.isdigit() else key)
    ids = connection.scalars(select(customer.c.id).where(where, customer.c.erased_at.is_(None))).all()
    items = [item for one in sorted(ids) if (item := item_of(connection, one, now)) is not None]
    if not items:
        return {}
    return {"customers": items, "receipts": _receipts_of(connection, [item["id"] for item in items])}


def _holder(connection: Connection, serial: str) -> str:
    """Whose member card this is; "" for one that is nobody's or was revoked."""
    query = select(customer_card.c.customer).where(
        customer_card.c.serial == serial, customer_card.c.revoked_at.is_(None)
    )
    return connection.scalar(query) or ""


def _receipts_of(connection: Connection, mains: list[str]) -> list[dict[str, Any]]:
    aliases = connection.scalars(select(customer_alias.c.alias).where(customer_alias.c.customer.in_(mains)))
    return _newest(connection, receipt.c.customer.in_([*mains, *aliases]))


def _newest(connection: Connection, where: ColumnElement[bool]) -> list[dict[str, Any]]:
    """Receipts on which goods can come back, the newest first."""
    newest = (
        select(receipt)
        .where(where, receipt.c.body.is_not(None))
        .order_by(receipt.c.business_date.desc(), receipt.c.doc_id.desc())
        .limit(NEWEST)
    )
    return [
        {
            "doc_id": row.doc_id,
            "receipt_no": row.receipt_no,
            "kind": row.kind,
            "store": row.store,
            "business_date": row.business_date.isoformat(),
            "total": row.total,
        }
        for row in connection.execute(newest)
    ]
