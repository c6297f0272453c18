"""What own documents did to the stock here, in thousandths; only goods that can be sold again come back."""

from __future__ import annotations

from sqlalchemy import Connection

from pos_app.storage.documents import BookedDocument
from pos_app.storage.projections import parts

RESELL = "resell"


def moved(connection: Connection, document: BookedDocument) -> None:
    """Goods sold, handed over, returned in a state to be resold, exchanged."""
    for line in parts.sold_lines(document):
        _effect(connection, document, line.get("product"), -int(line["quantity"]))
    for line in parts.returned_lines(document):
        if line.get("condition", RESELL) == RESELL:
            _effect(connection, document, line.get("product"), int(line["quantity"]))


def reversed_by_id(connection: Connection, document: BookedDocument) -> None:
    """`void`: the negative of what the voided document did."""
    connection.exec_driver_sql(
        "INSERT INTO stock_effect (doc_id, epoch, seq, product, delta) "
        "SELECT ?, ?, ?, product, -delta FROM stock_effect WHERE doc_id = ?",
        (*document.place, document.payload["of"]),
    )


def brought_back(connection: Connection, document: BookedDocument) -> None:
    """`handover_reversal`: its lines go back to the shelf."""
    for line in document.payload.get("lines", ()):
        _effect(connection, document, line.get("product"), abs(int(line["quantity"])))


def adjusted(connection: Connection, document: BookedDocument) -> None:
    """`stock_adjust`."""
    for line in document.payload["lines"]:
        _effect(connection, document, line["product"], int(line["delta"]))


def counted(connection: Connection, document: BookedDocument) -> None:
    """`stock_count`: counted less expected."""
    for line in document.payload["lines"]:
        _effect(connection, document, line["product"], int(line["counted"]) - int(line["expected"]))


def _effect(connection: Connection, document: BookedDocument, product: str | None, delta: int) -> None:
    if product is None or delta == 0:
        return
    connection.exec_driver_sql(
        "INSERT INTO stock_effect (doc_id, epoch, seq, product, delta) VALUES (?, ?, ?, ?, ?)",
        (*document.place, product, delta),
    )
