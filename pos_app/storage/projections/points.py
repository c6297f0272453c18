"""Points entries of own documents."""

from __future__ import annotations

from sqlalchemy import Connection

from pos_app.storage.documents import BookedDocument
from pos_app.storage.projections import parts


def entered(connection: Connection, document: BookedDocument) -> None:
    """Every {customer, delta, why} of the document, and of an exchange's parts."""
    for entry in parts.points(document):
        _entry(connection, document, entry["customer"], int(entry["delta"]), str(entry["why"]))


def adjusted(connection: Connection, document: BookedDocument) -> None:
    """`points_adjust`."""
    payload = document.payload
    _entry(connection, document, payload["customer"], int(payload["delta"]), str(payload["reason"]))


def _entry(connection: Connection, document: BookedDocument, customer: str, delta: int, why: str) -> None:
    connection.exec_driver_sql(
        "INSERT INTO points_effect (doc_id, epoch, seq, customer, delta, why, business_date) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*document.place, customer, delta, why, document.business_date),
    )
