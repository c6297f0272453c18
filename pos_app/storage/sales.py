"""Receipts that can come back: by the feed or the own journal, less what own documents took back since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection

from pos_app.domain.document import DocumentKind
from pos_app.domain.original import OriginalSale
from pos_app.domain.signed_codes import ReceiptCode
from pos_app.storage.documents import BookedDocument, stored_document
from pos_app.storage.files import TillFiles
from pos_app.storage.identity import Identity
from pos_app.storage.json_text import JsonObject, object_of
from pos_app.storage.marker import Marker, marker_of
from pos_app.storage.originals import after_own, code_name_of, original_body
from pos_app.storage.projections.returns import code_key, place_key

Source = Literal["feed", "own", "online", "code"]

_FEED = "SELECT item.body FROM sale JOIN item ON item.feed = 'sales' AND item.key = sale.key WHERE "
_RETURNABLE = (DocumentKind.SALE.value, DocumentKind.HANDOVER.value, DocumentKind.EXCHANGE.value)


@dataclass(frozen=True, slots=True)
class FoundSale:
    """A receipt as it stands. `source` as in a return's `original`; `voided_by` = an own void or reversal."""

    sale: OriginalSale
    source: Source
    till: str
    epoch: int
    seq: int
    hash10: str
    body: JsonObject
    voided_by: str | None = None

    @property
    def fence(self) -> str:
        """How a document names it that depends on it without knowing its id (protocol §5)."""
        return f"{self.place}#{self.hash10}"

    @property
    def place(self) -> str:
        """Where it stands in its till's journal: what its code says too."""
        return f"{self.till}/{self.epoch}/{self.seq}"


class SaleStore:
    """Feed first; what the feed does not have yet (sold offline) comes from the own journal at once."""

    def __init__(self, files: TillFiles, identity: Identity) -> None:
        self._files = files
        self._identity = identity

    def by_doc(self, doc_id: str) -> FoundSale | None:
        return self._found("sale.key = ?", (doc_id,), "doc_id = ?", (doc_id,))

    def by_receipt_no(self, receipt_no: str) -> FoundSale | None:
        number = receipt_no.strip().upper()
        return self._found("sale.receipt_no = ?", (number,), "receipt_no = ?", (number,))

    def by_fence(self, till: str, epoch: int, seq: int) -> FoundSale | None:
        """By the place in a till's journal."""
        is_own = till == self._identity.till
        place = (epoch, seq)
        return self._found(
            "till = ? AND epoch = ? AND seq = ?",
            (till, *place),
            "epoch = ? AND seq = ?",
            place if is_own else None,
        )

    def by_order(self, order: int) -> list[FoundSale]:
        """All hand-overs of an order."""
        return self._all("sale.order_no = ?", order, "order_no = ?")

    def by_customer(self, customer: str) -> list[FoundSale]:
        """What this store still knows of a customer's receipts, newest first."""
        found = self._all("sale.customer = ?", customer, "customer = ?")
        return sorted(found, key=lambda one: str(one.sale.business_date or ""), reverse=True)

    def by_tag(self, tag: str) -> list[FoundSale]:
        """Receipts of the customers with this phone tag."""
        with self._files.customers.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT id FROM customer WHERE tag = ? UNION SELECT alias FROM alias "
                "JOIN customer ON customer.id = alias.customer WHERE tag = ?",
                (tag, tag),
            ).fetchall()
        return [found for row in rows for found in self.by_customer(row[0])]

    def returned_on_code(self, code: ReceiptCode, till: str) -> int:
        """đồng ≥ 0 that own documents gave back on the receipt with this code, of that till (protocol §9)."""
        with self._files.till.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT DISTINCT doc_id, body FROM return_effect LEFT JOIN receipt USING (doc_id) "
                "WHERE original IN (?, ?) AND receipt.voided_by IS NULL",
                (code_key(code), place_key(f"{till}/{code.epoch}/{code.seq}")),
            ).fetchall()
        return -sum(int(object_of(row[1]).get("total", 0)) for row in rows)

    def told(self, body: JsonObject) -> FoundSale:
        """A receipt that central's look-up has told of, less what own documents took back since."""
        with self._files.store.reading() as connection:
            marker = marker_of(connection, "sales")
        with self._files.till.reading() as connection:
            return replace(_from_feed(connection, body, marker), source="online")

    # --- feed ⊕ own ---------------------------------------------------------------------------
    def _found(
        self,
        feed_where: str,
        feed_values: tuple[Any, ...],
        own_where: str,
        own_values: tuple[Any, ...] | None,
    ) -> FoundSale | None:
        with self._files.store.reading() as connection:
            row = connection.exec_driver_sql(f"{_FEED}{feed_where}", feed_values).fetchone()
            marker = marker_of(connection, "sales")
        with self._files.till.reading() as connection:
            if row is not None:
                return _from_feed(connection, object_of(row[0]), marker)
            if own_values is None:
                return None
            return self._own(connection, own_where, own_values)

    def _all(self, feed_where: str, value: object, own_where: str) -> list[FoundSale]:
        with self._files.store.reading() as connection:
            rows = connection.exec_driver_sql(f"{_FEED}{feed_where}", (value,)).fetchall()
            marker = marker_of(connection, "sales")
        with self._files.till.reading() as connection:
            found = [_from_feed(connection, object_of(row[0]), marker) for row in rows]
            known = {one.sale.doc_id for one in found}
            own = connection.exec_driver_sql(
                f"SELECT doc_id FROM receipt WHERE {own_where} AND training = 0", (value,)
            ).fetchall()
            for (doc_id,) in own:
                one = None if doc_id in known else self._own(connection, "doc_id = ?", (doc_id,))
                if one is not None:
                    found.append(one)
        return found

    def _own(self, connection: Connection, where: str, values: tuple[Any, ...]) -> FoundSale | None:
        row = connection.exec_driver_sql(
            f"SELECT doc_id, voided_by FROM receipt WHERE {where} AND training = 0", values
        ).fetchone()
        stored = None if row is None else stored_document(connection, row[0])
        if row is None or stored is None or stored.kind not in _RETURNABLE:
            return None
        body = original_body(BookedDocument.of(stored), stored.hash)
        sale = after_own(connection, OriginalSale.from_json(body), None, code_name_of(body))
        return FoundSale(
            sale, "own", self._identity.till, stored.epoch, stored.seq, stored.hash[:10].hex(), body, row[1]
        )


def _from_feed(connection: Connection, body: JsonObject, marker: Marker) -> FoundSale:
    voided = connection.exec_driver_sql(
        "SELECT voided_by FROM receipt WHERE doc_id = ?", (body["doc_id"],)
    ).fetchone()
    sale = after_own(
        connection, OriginalSale.from_json(_with_own_lines(connection, body)), marker, code_name_of(body)
    )
    return FoundSale(
        sale, "feed", body["till"], body["epoch"], body["seq"], str(body.get("hash10") or ""), body,
        None if voided is None else voided[0],
    )  # fmt: skip


def _with_own_lines(connection: Connection, body: JsonObject) -> JsonObject:
    """The feed's lines know nothing of a gift's condition; the own document does."""
    stored = stored_document(connection, body["doc_id"])
    if stored is None or stored.kind not in _RETURNABLE:
        return body
    own: Mapping[int, Any] = {
        line["no"]: line for line in original_body(BookedDocument.of(stored), stored.hash)["lines"]
    }
    lines = [{**own.get(line["no"], {}), **line} for line in body["lines"]]
    return {**body, "lines": lines}
