"""The index of own receipts."""

from __future__ import annotations

from sqlalchemy import Connection

from pos_app.domain.document import NUMBERED_KINDS
from pos_app.storage.documents import BookedDocument


def apply(connection: Connection, document: BookedDocument) -> None:
    """One row per numbered document; a void is written onto what it voids."""
    if document.kind not in NUMBERED_KINDS:
        return
    payload, body = document.payload, document.body
    connection.exec_driver_sql(
        "INSERT INTO receipt (doc_id, epoch, seq, receipt_no, kind, business_date, wall, total, staff, "
        "shift, customer, order_no, training) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *document.place, payload["receipt_no"], document.kind, document.business_date, body["wall"],
            payload.get("total", payload.get("difference", 0)), body["staff"], document.shift,
            payload.get("customer"), payload.get("order"), document.training,
        ),
    )  # fmt: skip
    if document.kind in ("void", "handover_reversal") and not document.training:
        connection.exec_driver_sql(
            "UPDATE receipt SET voided_by = ? WHERE doc_id = ?", (document.doc_id, payload["of"])
        )
