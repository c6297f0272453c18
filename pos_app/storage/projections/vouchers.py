"""Vouchers used here, and when a use ends: by a void, or a whole return on the same business day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from pos_app.domain.document import DocumentKind
from pos_app.storage.documents import BookedDocument, payload_of
from pos_app.storage.projections import parts


def used(connection: Connection, document: BookedDocument) -> None:
    """One row per voucher of a sale, a hand-over's extra goods or an exchange's new goods."""
    for voucher in parts.vouchers(document):
        connection.exec_driver_sql(
            "INSERT INTO voucher_use (doc_id, epoch, seq, serial, campaign, kind, amount, allowed_by, "
            "connectivity, shift, business_date) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *document.place, str(voucher["serial"]), voucher["campaign"], str(voucher["kind"]),
                int(voucher["amount"]), str(voucher.get("allowed_by", "")), document.body["connectivity"],
                document.shift, document.business_date,
            ),
        )  # fmt: skip


def released_by_void(connection: Connection, document: BookedDocument) -> None:
    """`void`, `handover_reversal`: as if it had not been used."""
    _release(connection, document, document.payload["of"])


def released_by_return(connection: Connection, document: BookedDocument) -> None:
    """`return` of a whole sale on the day of the sale (rules: Returns). Runs after the return is noted."""
    of = str((document.payload.get("original") or {}).get("doc_id") or "")
    sale = payload_of(connection, of)
    if sale is None or sale.get("business_date") != document.business_date:
        return
    if _is_all_back(connection, of, sale):
        _release(connection, document, of)


def _is_all_back(connection: Connection, of: str, sale: Mapping[str, Any]) -> bool:
    left = {line["no"]: int(line["quantity"]) for line in sale.get("lines", ())}
    rows = connection.exec_driver_sql(
        "SELECT doc_id FROM return_effect WHERE original = ? AND effect = ?",
        (of, DocumentKind.RETURN.value),
    ).fetchall()
    for (doc_id,) in rows:
        for line in (payload_of(connection, doc_id) or {}).get("lines", ()):
            no = line.get("original_line")
            left[no] = left.get(no, 0) - int(line["quantity"])
    return all(quantity <= 0 for quantity in left.values())


def _release(connection: Connection, document: BookedDocument, of: str) -> None:
    connection.exec_driver_sql(
        "UPDATE voucher_use SET released_by = ? WHERE doc_id = ? AND released_by IS NULL",
        (document.doc_id, of),
    )
