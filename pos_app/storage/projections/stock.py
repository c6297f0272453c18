"""What own documents did to the stock here, in thousandths; only goods that can be sold again come back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from pos_app.storage.documents import BookedDocument
from pos_app.storage.projections import parts

RESELL = "resell"


def moved(connection: Connection, document: BookedDocument) -> None:
    """Goods sold, handed over, returned in a state to be resold, exchanged."""
    out = [(line.get("product"), -int(line["quantity"])) for line in parts.sold_lines(document)]
    back = [
        (line.get("product"), int(line["quantity"]))
        for line in parts.returned_lines(document)
        if line.get("condition", RESELL) == RESELL
    ]
    _effects(connection, document, out + back)


def reversed_by_id(connection: Connection, document: BookedDocument) -> None:
    """`void`: the negative of what the voided document did."""
    connection.exec_driver_sql(
        "INSERT INTO stock_effect (doc_id, epoch, seq, product, delta) "
        "SELECT ?, ?, ?, product, -delta FROM stock_effect WHERE doc_id = ?",
        (*document.place, document.payload["of"]),
    )


def brought_back(connection: Connection, document: BookedDocument) -> None:
    """`handover_reversal`: its lines go back to the shelf."""
    lines = document.payload.get("lines", ())
    _effects(connection, document, [(line.get("product"), abs(int(line["quantity"]))) for line in lines])


def adjusted(connection: Connection, document: BookedDocument) -> None:
    """`stock_adjust`."""
    lines = document.payload["lines"]
    _effects(connection, document, [(line["product"], int(line["delta"])) for line in lines])


def counted(connection: Connection, document: BookedDocument) -> None:
    """`stock_count`: counted less expected."""
    lines = document.payload["lines"]
    differences = [(line["product"], int(line["counted"]) - int(line["expected"])) for line in lines]
    _effects(connection, document, differences)


def _effects(
    connection: Connection, document: BookedDocument, deltas: Sequence[tuple[str | None, int]]
) -> None:
    rows = [(*document.place, product, delta) for product, delta in deltas if product is not None and delta]
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO stock_effect (doc_id, epoch, seq, product, delta) VALUES (?, ?, ?, ?, ?)", rows
        )
