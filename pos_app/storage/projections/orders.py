"""What own documents did to orders: handed over, refused, paid, moved on; each with its few figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from pos_app.storage.documents import BookedDocument, payload_of
from pos_app.storage.json_text import text_of


def handed_over(connection: Connection, document: BookedDocument) -> None:
    """`handover`: quantities per line, handed and refused; `provisional`: its lines were unknown."""
    payload = document.payload
    handed = _quantities(payload.get("lines", ()))
    refused = _quantities(payload.get("refused", ()))
    body: dict[str, Any] = {"handed": handed, "refused": refused}
    if payload.get("provisional"):
        body["provisional"] = True
    _effect(connection, document, payload["order"], "handover", body)


def taken_back(connection: Connection, document: BookedDocument) -> None:
    """`handover_reversal` of an own hand-over: what it handed over is waiting again."""
    original = payload_of(connection, document.payload["of"])
    if original is None:
        return
    lines = document.payload.get("lines") or original.get("lines", ())
    order_lines = {line["no"]: line.get("order_line") for line in original.get("lines", ())}
    handed: dict[str, int] = {}
    for line in lines:
        no = line.get("order_line", order_lines.get(line.get("original_line", line.get("no"))))
        if no is not None:
            handed[str(no)] = handed.get(str(no), 0) - abs(int(line["quantity"]))
    _effect(connection, document, original["order"], "handover", {"handed": handed, "refused": {}})


def paid(connection: Connection, document: BookedDocument) -> None:
    """`order_payment`: a deposit taken at this till."""
    payload = document.payload
    body = {"tenders": payload["tenders"], "amount": payload["total"], "doc_id": document.doc_id}
    _effect(connection, document, payload["order"], "payment", body)


def moved_on(connection: Connection, document: BookedDocument) -> None:
    """`order_event`: picking, ready (on a shelf), refused, unclaimed, returned to stock."""
    payload = document.payload
    body = {name: payload[name] for name in ("event", "shelf", "reason") if name in payload}
    _effect(connection, document, payload["order"], "event", body)


def released(connection: Connection, document: BookedDocument) -> None:
    """`reservation_release`."""
    payload = document.payload
    _effect(connection, document, payload["order"], "event", {"event": "returned_to_stock"})


def _quantities(lines: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        no = line.get("order_line")
        if no is not None:
            found[str(no)] = found.get(str(no), 0) + int(line["quantity"])
    return found


def _effect(
    connection: Connection, document: BookedDocument, order: int, effect: str, body: Mapping[str, Any]
) -> None:
    connection.exec_driver_sql(
        "INSERT INTO order_effect (doc_id, epoch, seq, order_no, effect, body) VALUES (?, ?, ?, ?, ?, ?)",
        (*document.place, order, effect, text_of(body)),
    )
