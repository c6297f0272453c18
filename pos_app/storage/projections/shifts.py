"""Shifts of the drawer: opened, closed, verified, and which documents belong to them."""

from __future__ import annotations

from sqlalchemy import Connection

from pos_app.domain.document import DocumentKind
from pos_app.storage.documents import BookedDocument
from pos_app.storage.json_text import text_of


def belongs(connection: Connection, document: BookedDocument) -> None:
    """Note the shift that a document names; the opening belongs to its own."""
    shift = document.payload["number"] if document.kind == DocumentKind.SHIFT_OPEN else document.shift
    if shift is not None:
        connection.exec_driver_sql(
            "INSERT INTO shift_document (doc_id, epoch, seq, shift) VALUES (?, ?, ?, ?)",
            (*document.place, shift),
        )


def opened(connection: Connection, document: BookedDocument) -> None:
    """`shift_open`. A second open shift violates a unique index: at most one is open."""
    payload, body = document.payload, document.body
    connection.exec_driver_sql(
        "INSERT INTO shift (epoch, number, state, doc_id, opened_at, opened_by, business_date, float, "
        "first_seq) VALUES (?, ?, 'open', ?, ?, ?, ?, ?, ?)",
        (
            document.epoch, payload["number"], document.doc_id, body["wall"], body["staff"],
            payload["business_date"], text_of(payload["float"]), document.seq,
        ),
    )  # fmt: skip


def closed(connection: Connection, document: BookedDocument) -> None:
    """`shift_close`: the range ends before the closing document itself."""
    payload, body = document.payload, document.body
    connection.exec_driver_sql(
        "UPDATE shift SET state = 'closed', closed_doc_id = ?, closed_at = ?, closed_by = ?, z_no = ?, "
        "last_seq = ?, to_verify = ? WHERE epoch = ? AND number = ?",
        (
            document.doc_id, body["wall"], body["staff"], payload["z_no"], payload.get("last_seq"),
            bool(payload.get("to_verify")), document.epoch, payload["number"],
        ),
    )  # fmt: skip


def verified(connection: Connection, document: BookedDocument) -> None:
    """`shift_verify` of an own closing; `of` is the closing's doc_id."""
    connection.exec_driver_sql(
        "UPDATE shift SET state = 'verified', verified_by = ? WHERE closed_doc_id = ?",
        (document.body["staff"], document.payload["of"]),
    )
