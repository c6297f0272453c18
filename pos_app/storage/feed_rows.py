"""Where the items of a feed go: the typed tables of its file, one writer a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection

from pos_app.storage import search_words
from pos_app.storage.json_text import object_of

MARKER = "~till/"
LAST_RANK = 1 << 30
_PLACES = 20
"""Bits of a product's place below its rank: room for products that share one."""


class Row(NamedTuple):
    """An item on its way into a table; `rank` orders products, elsewhere it is 0."""

    rank: int
    key: str
    ver: int
    body: str


class FeedRows(Protocol):
    """The typed tables of one feed."""

    def put(self, connection: Connection, row: Row) -> None:
        """Write an item whose key may be there already."""

    def add(self, connection: Connection, row: Row) -> None:
        """Write an item whose key is not there yet, in the order of rank."""

    def delete(self, connection: Connection, key: str) -> None:
        """Remove an item; nothing happens when it is not there."""

    def rows(self, connection: Connection) -> Iterator[Row]:
        """All that is not named in the staging table, in the order of rank and key."""


def rank_of(key: str, body: dict[str, Any] | None) -> int:
    """The sales rank of a product item; categories, promotions and other feeds come first."""
    if body is None or not key.startswith("product/"):
        return 0
    rank = body.get("rank")
    return rank if isinstance(rank, int) and 0 <= rank < LAST_RANK else LAST_RANK


_KEPT = (
    "JOIN item ON item.feed = ? AND item.key = {key} "
    "WHERE NOT EXISTS (SELECT 1 FROM staging WHERE staging.feed = item.feed AND staging.key = item.key) "
)


@dataclass
class CatalogueRows:
    """product, barcode, product_words; category; promotion."""

    feed: str
    _last: tuple[int, int] = field(default=(-1, 0))

    def put(self, connection: Connection, row: Row) -> None:
        self.delete(connection, row.key)
        self._insert(connection, row, _free_place(connection, row.rank))

    def add(self, connection: Connection, row: Row) -> None:
        self._insert(connection, row, self._next_place(row.rank))

    def delete(self, connection: Connection, key: str) -> None:
        kind, _, id_ = key.partition("/")
        if kind == "product":
            _delete_product(connection, id_)
        elif kind in ("category", "promotion"):
            connection.exec_driver_sql(f"DELETE FROM {kind} WHERE id = ?", (id_,))

    def rows(self, connection: Connection) -> Iterator[Row]:
        for kind in ("category", "promotion"):
            yield from _named(
                connection.exec_driver_sql(
                    f"SELECT 0, item.key, item.ver, body FROM {kind} "
                    + _KEPT.format(key=f"'{kind}/' || id")
                    + "ORDER BY item.key",
                    (self.feed,),
                )
            )
        yield from _named(
            connection.exec_driver_sql(
                f"SELECT place >> {_PLACES}, item.key, item.ver, body FROM product "
                + _KEPT.format(key="'product/' || id")
                + "ORDER BY place",
                (self.feed,),
            )
        )

    def _insert(self, connection: Connection, row: Row, place: int) -> None:
        kind, _, id_ = row.key.partition("/")
        if kind == "product":
            _put_product(connection, id_, row, place)
        elif kind in ("category", "promotion"):
            connection.exec_driver_sql(f"INSERT INTO {kind} (id, body) VALUES (?, ?)", (id_, row.body))

    def _next_place(self, rank: int) -> int:
        """Building in order of rank: places only grow, which the index needs in order to be fast."""
        last_rank, count = self._last
        count = count + 1 if rank == last_rank else 0
        self._last = rank, count
        return (rank << _PLACES) + count


def _put_product(connection: Connection, id_: str, row: Row, place: int) -> None:
    body = object_of(row.body)
    category = str(body.get("category") or "")
    connection.exec_driver_sql(
        "INSERT INTO product (place, id, sku, style, category, body) VALUES (?, ?, ?, ?, ?, ?)",
        (place, id_, str(body.get("sku") or "").upper(), body.get("style") or "", category, row.body),
    )
    codes = sorted({str(code) for code in body.get("barcodes") or ()})
    if codes:
        connection.exec_driver_sql(
            "INSERT INTO barcode (code, place) VALUES (?, ?)", [(code, place) for code in codes]
        )
    connection.exec_driver_sql(
        "INSERT INTO product_words (rowid, words) VALUES (?, ?)", (place, search_words.indexed(body))
    )


def _delete_product(connection: Connection, id_: str) -> None:
    row = connection.exec_driver_sql("SELECT place FROM product WHERE id = ?", (id_,)).fetchone()
    if row is None:
        return
    for table, column in (("product", "place"), ("barcode", "place"), ("product_words", "rowid")):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE {column} = ?", (row[0],))


def _free_place(connection: Connection, rank: int) -> int:
    row = connection.exec_driver_sql(
        "SELECT max(place) FROM product WHERE place >= ? AND place < ?",
        (rank << _PLACES, (rank + 1) << _PLACES),
    ).fetchone()
    return rank << _PLACES if row is None or row[0] is None else int(row[0]) + 1


@dataclass
class CustomerRows:
    """customer, card, alias."""

    feed: str

    def put(self, connection: Connection, row: Row) -> None:
        self.delete(connection, row.key)
        self.add(connection, row)

    def add(self, connection: Connection, row: Row) -> None:
        body = object_of(row.body)
        connection.exec_driver_sql(
            "INSERT INTO customer (id, tag, body) VALUES (?, ?, ?)",
            (row.key, body.get("tag") or "", row.body),
        )
        for table, column, values in (
            ("card", "serial", body.get("cards") or ()),
            ("alias", "alias", body.get("aliases") or ()),
        ):
            for value in {str(value) for value in values}:
                connection.exec_driver_sql(
                    f"INSERT INTO {table} ({column}, customer) VALUES (?, ?)", (value, row.key)
                )

    def delete(self, connection: Connection, key: str) -> None:
        for table, column in (("customer", "id"), ("card", "customer"), ("alias", "customer")):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE {column} = ?", (key,))

    def rows(self, connection: Connection) -> Iterator[Row]:
        yield from _named(
            connection.exec_driver_sql(
                "SELECT 0, item.key, item.ver, body FROM customer " + _KEPT.format(key="id") + "ORDER BY id",
                (self.feed,),
            )
        )


@dataclass
class StoreRows:
    """The bodies stand in `item`; orders and sales have an index of their own beside it."""

    feed: str

    def put(self, connection: Connection, row: Row) -> None:
        self.add(connection, row)

    def add(self, connection: Connection, row: Row) -> None:
        if self.feed == "orders":
            _index_order(connection, row.key, object_of(row.body))
        elif self.feed == "sales":
            _index_sale(connection, row.key, object_of(row.body))

    def delete(self, connection: Connection, key: str) -> None:
        table = {"orders": "waiting_order", "sales": "sale"}.get(self.feed)
        if table is not None:
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE key = ?", (key,))

    def rows(self, connection: Connection) -> Iterator[Row]:
        raise NotImplementedError("the store's feeds are rebuilt in their own file")


def _index_order(connection: Connection, key: str, body: dict[str, Any]) -> None:
    customer = body.get("customer") or {}
    is_open = body.get("handover") in ("none", "part")
    serial = body.get("serial")
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO waiting_order (key, order_no, number, serial, short_code, customer, tag, "
        "promised_by, is_open) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key, body["order"], str(body.get("number") or body["order"]).upper(),
            None if serial is None else str(serial),
            str(body.get("short_code") or "").replace("-", "").upper() or None,
            customer.get("id"), customer.get("tag"),
            str(body.get("promised_by") or body.get("placed_at") or ""), is_open,
        ),
    )  # fmt: skip


def _index_sale(connection: Connection, key: str, body: dict[str, Any]) -> None:
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO sale (key, receipt_no, till, epoch, seq, order_no, customer) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            key, str(body.get("receipt_no") or ""), body["till"], body["epoch"], body["seq"],
            body.get("order"), body.get("customer"),
        ),
    )  # fmt: skip


def _named(rows: Any) -> Iterator[Row]:
    for row in rows:
        yield Row(*row)


WRITERS: dict[str, Callable[[str], FeedRows]] = {
    "catalogue": CatalogueRows,
    "customers": CustomerRows,
    "store": StoreRows,
}
