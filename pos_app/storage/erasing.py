"""Forgetting a person, or everybody: private parts, and every copy of a name outside a document."""

from __future__ import annotations

from sqlalchemy import Connection

from pos_app.domain.document import DocumentKind as Kind
from pos_app.storage import private
from pos_app.storage.json_text import JsonObject, object_of, text_of


def erase(connection: Connection, doc_id: str) -> None:
    """protocol §3: salt and bytes go, in one transaction with the copies in carts that were put aside.

    Hash, chain and signature stay valid. Bodies hold no personal data, and papers are made from them.
    """
    private.erase(connection, doc_id)
    customer = _customer_of(connection, doc_id)
    if customer is not None:
        _forget_in_carts(connection, customer)


def erase_everybody(connection: Connection) -> None:
    """A revoked till (protocol §4.6). What central does not hold yet stays: it is still to be given away."""
    connection.exec_driver_sql(
        "DELETE FROM private WHERE doc_id IN (SELECT doc_id FROM upload WHERE is_done)"
    )
    for draft, label, text in connection.exec_driver_sql("SELECT id, label, body FROM draft").fetchall():
        _forget_in_cart(connection, draft, label, object_of(text))


def _customer_of(connection: Connection, doc_id: str) -> str | None:
    """Whose card the document made or changed; None for any other, and for one that is pruned here."""
    row = connection.exec_driver_sql("SELECT kind, body FROM journal WHERE doc_id = ?", (doc_id,)).fetchone()
    if row is None or row[0] not in (Kind.CUSTOMER_CREATE, Kind.CUSTOMER_UPDATE):
        return None
    return str(object_of(row[1])["payload"]["customer"])


def _forget_in_carts(connection: Connection, customer: str) -> None:
    """The customer stays on the cart by id; who that is only the feed knows, as long as it does."""
    rows = connection.exec_driver_sql(
        "SELECT id, label, body FROM draft WHERE instr(body, ?)", (customer,)
    ).fetchall()
    for draft, label, text in rows:
        body = object_of(text)
        card = body["cart"]["customer"]
        if card is not None and card["id"] == customer:
            _forget_in_cart(connection, draft, label, body)


def _forget_in_cart(connection: Connection, draft: int, label: str, body: JsonObject) -> None:
    card = body["cart"]["customer"]
    if card is None:
        return
    # a cart that is held without a label is called by its customer
    kept = "" if label == card["name"] else label
    card |= {"name": "", "last3": "", "birthday": None}
    connection.exec_driver_sql(
        "UPDATE draft SET label = ?, body = ? WHERE id = ?", (kept, text_of(body), draft)
    )
