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
        wanted = tuple(dict.fromkeys(products))
        places = ", ".join("?" * len(wanted))
        with self._files.store.reading() as connection:
            marker = marker_of(connection, "stock")
            age = connection.exec_driver_sql("SELECT confirmed_at FROM feed WHERE name = 'stock'").fetchone()
            bodies = {
                str(key): str(body)
                for key, body in connection.exec_driver_sql(
                    f"SELECT key, body FROM item WHERE feed = 'stock' AND key IN ({places})", wanted
                )
            }
        as_of = None if age is None else datetime.fromisoformat(age[0])
        with self._files.till.reading() as connection:
            deltas = dict.fromkeys(wanted, 0)
            for product, doc_id, epoch, seq, delta in connection.exec_driver_sql(
                f"SELECT product, doc_id, epoch, seq, delta FROM stock_effect WHERE product IN ({places})",
                wanted,
            ):
                if not marker.contains(doc_id, epoch, seq):
                    deltas[product] += int(delta)
        return {product: _stock(bodies.get(product), deltas[product], as_of) for product in wanted}


def _stock(text: str | None, delta: int, as_of: datetime | None) -> Stock:
    if text is None:
        return Stock(None, (), as_of)
    body = object_of(text)
    others = tuple(
        StockElsewhere(other["store"], other.get("name") or "", other["band"])
        for other in body.get("others") or ()
    )
    return Stock(int(body.get("quantity", 0)) + delta, others, as_of)
