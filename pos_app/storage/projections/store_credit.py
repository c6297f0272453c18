"""Store credit: an account per return that created it, spent as a tender that names the account."""

from __future__ import annotations

from sqlalchemy import Connection

from pos_app.domain.ids import is_uuid7
from pos_app.storage.documents import BookedDocument
from pos_app.storage.projections import parts

STORE_CREDIT = "store_credit"


def moved(connection: Connection, document: BookedDocument) -> None:
    """Refunds as store credit fill an account: the one that `reference` names, else the document's own.

    Tenders empty the account that `reference` names; a void's negative tender fills it again.
    """
    for refund in parts.refunds(document):
        if refund["kind"] == STORE_CREDIT:
            reference = str(refund.get("reference") or "")
            account = reference if is_uuid7(reference) else document.doc_id
            _entry(connection, document, account, -int(refund["amount"]))
    for tender in parts.tenders(document):
        if tender["kind"] == STORE_CREDIT and tender.get("reference"):
            _entry(connection, document, tender["reference"], -int(tender["amount"]))


def _entry(connection: Connection, document: BookedDocument, account: str, amount: int) -> None:
    connection.exec_driver_sql(
        "INSERT INTO credit_entry (doc_id, epoch, seq, account, amount) VALUES (?, ?, ?, ?, ?)",
        (*document.place, account, amount),
    )
