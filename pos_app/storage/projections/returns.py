"""Which receipts own documents took something back from; the figures stay in those documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from pos_app.domain.code_reading import decode_structure
from pos_app.domain.errors import CodeRefused
from pos_app.domain.signed_codes import ReceiptCode
from pos_app.storage.documents import BookedDocument
from pos_app.storage.json_text import text_of


def code_key(code: ReceiptCode) -> str:
    """How a receipt is named of which only the code was seen."""
    return code_place(code.store, code.till_number, code.epoch, code.seq)


def code_place(store: int, till_number: int, epoch: int, seq: int) -> str:
    """The same from its figures."""
    return f"code:{store}/{till_number}/{epoch}/{seq}"


def place_key(place: str) -> str:
    """How a receipt of another till is named by its place: `<till>/<epoch>/<seq>`."""
    return f"place:{place}"


def came_back(connection: Connection, document: BookedDocument) -> None:
    """`return`, `exchange`: noted under the original's doc_id, its place, and its code when that was read."""
    payload = document.payload
    part = payload.get("return") or payload
    total = int(part.get("total", 0))
    for key in _names(part.get("original") or payload.get("original") or {}):
        _effect(connection, document, key, document.kind, {"total": total})


def reversed_whole(connection: Connection, document: BookedDocument) -> None:
    """`void`, `handover_reversal`: nothing of it can come back any more."""
    _effect(connection, document, document.payload["of"], document.kind, {})


def _names(original: Mapping[str, Any]) -> list[str]:
    names = [original["doc_id"]] if original.get("doc_id") else []
    if original.get("place"):
        names.append(place_key(original["place"]))
    if original.get("code"):
        try:
            code = decode_structure(original["code"]).code
        except CodeRefused:
            # the document stands as it was signed; what was typed there is no code
            return names
        if isinstance(code, ReceiptCode):
            names.append(code_key(code))
    return names


def _effect(
    connection: Connection, document: BookedDocument, original: str, effect: str, body: Mapping[str, Any]
) -> None:
    connection.exec_driver_sql(
        "INSERT INTO return_effect (doc_id, epoch, seq, original, effect, body) VALUES (?, ?, ?, ?, ?, ?)",
        (*document.place, original, effect, text_of(body)),
    )
