"""Stock of a product: here by the feed and own documents, elsewhere coarse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pos_app.storage.files import TillFiles
from pos_app.storage.json_text import object_of
from pos_app.storage.marker import marker_of

MANY: Final = 10
"""A band of 10 means ten or more."""


@dataclass(frozen=True, slots=True)
class StockElsewhere:
    """Another store's stock in pieces: 0 to 9 exact, 10 = ten or more."""

    store: int
    name: str
    band: int


@dataclass(frozen=True, slots=True)
class Stock:
    """`here` in thousandths, None when the feed does not know the product; `as_of` = age of the feed."""

    here: int | None
    others: tuple[StockElsewhere, ...] = ()
    as_of: datetime | None = None


class StockStore:
    """Shown = feed ⊕ own documents that it does not contain."""

    def __init__(self, files: TillFiles) -> None:
        self._files = files

    def of(self, product: str) -> Stock:
        return self.of_many([product])[product]

    def of_many(self, products: list[str]) -> dict[str, Stock]:
        """For a list of hits: one look at each file."""
        with self._files.store.reading() as connection:
            marker = marker_of(connection, "stock")
            age = connection.exec_driver_sql("SELECT confirmed_at FROM feed WHERE name = 'stock'").fetchone()
            bodies = {
                product: connection.exec_driver_sql(
                    "SELECT body FROM item WHERE feed = 'stock' AND key = ?", (product,)
                ).fetchone()
                for product in products
            }
        as_of = None if age is None else datetime.fromisoformat(age[0])
        with self._files.till.reading() as connection:
            deltas = {
                product: sum(
                    int(delta)
                    for doc_id, epoch, seq, delta in connection.exec_driver_sql(
                        "SELECT doc_id, epoch, seq, delta FROM stock_effect WHERE product = ?", (product,)
                    )
                    if not marker.contains(doc_id, epoch, seq)
                )
                for product in products
            }
        return {product: _stock(bodies[product], deltas[product], as_of) for product in products}


def _stock(row: object, delta: int, as_of: datetime | None) -> Stock:
    if row is None:
        return Stock(None, (), as_of)
    body = object_of(row[0])  # type: ignore[index]  # a row with one text column
    others = tuple(
        StockElsewhere(other["store"], other.get("name") or "", other["band"])
        for other in body.get("others") or ()
    )
    return Stock(int(body.get("quantity", 0)) + delta, others, as_of)
