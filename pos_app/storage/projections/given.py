"""Blanks that were handed out: alone, with a sale, a return or an exchange."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from pos_app.domain.document import DocumentKind
from pos_app.storage.documents import BookedDocument
from pos_app.storage.json_text import text_of

GIVEN = "blank/"
"""A row of `status` a blank: it is derived, and few of them are ever asked for."""


def handed_out(connection: Connection, document: BookedDocument) -> None:
    """`blank/<serial>` names the document and its place."""
    for serial in _serials(document):
        doc_id, epoch, seq = document.place
        body = text_of({"doc_id": doc_id, "epoch": epoch, "seq": seq})
        connection.exec_driver_sql(
            "INSERT INTO status (name, body) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
            (GIVEN + serial, body),
        )


def _serials(document: BookedDocument) -> Iterator[str]:
    payload = document.payload
    if document.kind == DocumentKind.VOUCHER_ISSUE:
        yield str(payload["serial"])
    for part in (payload, payload.get("return") or {}, payload.get("sale") or {}):
        for entry in part.get("issued", ()):
            yield str(entry["serial"])
