"""Small projections: refused codes, drawer openings, customers made here."""

from __future__ import annotations

from sqlalchemy import Connection

from pos_app.storage.documents import BookedDocument


def refused_code(connection: Connection, document: BookedDocument) -> None:
    """`voucher_refused`."""
    payload = document.payload
    connection.exec_driver_sql(
        "INSERT INTO refused_code (doc_id, epoch, seq, serial, text_hash, reason, count, wall) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *document.place, payload.get("serial"), payload.get("text_hash"), payload["reason"],
            int(payload.get("count", 1)), document.body["wall"],
        ),
    )  # fmt: skip


def drawer_opened(connection: Connection, document: BookedDocument) -> None:
    """`drawer_open`: the drawer was opened without a sale."""
    connection.exec_driver_sql(
        "INSERT INTO drawer_opening (doc_id, epoch, seq, shift, staff, wall, reason) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *document.place, document.shift, document.body["staff"], document.body["wall"],
            str(document.payload.get("reason", "")),
        ),
    )  # fmt: skip


def own_customer(connection: Connection, document: BookedDocument) -> None:
    """`customer_create`, `customer_update`: the newest private part of a customer who is known here."""
    connection.exec_driver_sql(
        "INSERT INTO own_customer (customer, doc_id, epoch, seq) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (customer) DO NOTHING",
        (document.payload["customer"], *document.place),
    )
