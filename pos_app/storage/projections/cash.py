"""Signed cash entries: the money in the drawer is their sum (rules: Shifts)."""

from __future__ import annotations

from sqlalchemy import Connection

from pos_app.storage.documents import BookedDocument, payload_of
from pos_app.storage.projections import parts

CASH = "cash"


def opening(connection: Connection, document: BookedDocument) -> None:
    """`shift_open`: the float, by denomination."""
    counted = document.payload["float"]
    amount = sum(int(value) * int(count) for value, count in counted.items())
    _enter(connection, document, "float", amount, document.payload["number"])


def paid(connection: Connection, document: BookedDocument) -> None:
    """Cash tenders (tendered less change; negative in a void) and cash refunds (≤ 0)."""
    moved = (*parts.tenders(document), *parts.refunds(document))
    amount = sum(int(item["amount"]) for item in moved if item["kind"] == CASH)
    _enter(connection, document, document.kind, amount, document.shift)


def put_in(connection: Connection, document: BookedDocument) -> None:
    """`cash_in`."""
    _enter(connection, document, document.kind, int(document.payload["amount"]), document.shift)


def taken_out(connection: Connection, document: BookedDocument) -> None:
    """`cash_out`; its amount is stated positive."""
    _enter(connection, document, document.kind, -int(document.payload["amount"]), document.shift)


def corrected(connection: Connection, document: BookedDocument) -> None:
    """`tender_correction`: a tender that was cash and was not, or the other way round."""
    payload = document.payload
    original = payload_of(connection, payload["of"]) or {}
    amount = sum(
        int(tender["amount"]) for tender in original.get("tenders", ()) if tender["no"] == payload["tender"]
    )
    sign = (payload["to"] == CASH) - (payload["from"] == CASH)
    _enter(connection, document, document.kind, sign * amount, document.shift)


def given_back(connection: Connection, document: BookedDocument) -> None:
    """`payment_refund` of a deposit that was booked. Of an abandoned cart nothing was booked before."""
    payload = document.payload
    reference = payload.get("reference")
    if payload["kind"] == CASH and reference and payload_of(connection, reference) is not None:
        _enter(connection, document, document.kind, -abs(int(payload["amount"])), document.shift)


def _enter(
    connection: Connection, document: BookedDocument, why: str, amount: int, shift: int | None
) -> None:
    if amount == 0 or shift is None:
        return
    connection.exec_driver_sql(
        "INSERT INTO cash_entry (doc_id, epoch, seq, shift, why, amount) VALUES (?, ?, ?, ?, ?, ?)",
        (*document.place, shift, why, amount),
    )
