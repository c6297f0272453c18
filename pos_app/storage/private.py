"""Private parts: personal data beside a document, erasable without touching the chain (protocol §3)."""

from __future__ import annotations

from sqlalchemy import Connection

from pos_app.domain.canonical import PRIVATE_LIMIT, parse_body
from pos_app.domain.document import PrivatePart
from pos_app.storage.json_text import JsonObject


def keep(connection: Connection, doc_id: str, part: PrivatePart) -> None:
    """Store a part in the transaction of its document."""
    connection.exec_driver_sql(
        "INSERT INTO private (doc_id, salt, bytes) VALUES (?, ?, ?)", (doc_id, part.salt, part.data)
    )


def part_of(connection: Connection, doc_id: str) -> PrivatePart | None:
    """The stored part; None when there is none or it was erased."""
    row = connection.exec_driver_sql("SELECT salt, bytes FROM private WHERE doc_id = ?", (doc_id,)).fetchone()
    return None if row is None else PrivatePart(row[0], row[1])


def read(connection: Connection, doc_id: str) -> JsonObject | None:
    """The fields of a part."""
    part = part_of(connection, doc_id)
    return None if part is None else parse_body(part.data, limit=PRIVATE_LIMIT)


def erase(connection: Connection, doc_id: str) -> None:
    """Delete salt and bytes."""
    connection.exec_driver_sql("DELETE FROM private WHERE doc_id = ?", (doc_id,))
