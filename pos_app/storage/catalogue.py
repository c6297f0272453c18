"""Products, categories and promotions of the catalogue feed, and the search in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from pos_app.domain.product import Category, Product
from pos_app.domain.promotion import Promotion
from pos_app.storage import search_words
from pos_app.storage.database import Database
from pos_app.storage.json_text import object_of

LONGEST_PREFIX = 7
"""Letters of the longest indexed prefix; longer words are rare, but for the digits of a barcode."""

_Stamp = tuple[Path, str]


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Narrows a search; None = any."""

    category: str | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is read once per version of the feed."""

    mark: object
    stamp: _Stamp
    categories: dict[str, Category]
    promotions: tuple[Promotion, ...]


class CatalogueStore:
    """Reads only; the sync loop replaces what lies underneath at any moment."""

    def __init__(self, catalogue: Database) -> None:
        self._catalogue = catalogue
        self._kept: _Kept | None = None

    def by_barcode(self, code: str) -> Product | None:
        """The product with this barcode; of several the one that sells best."""
        return self._one(
            "SELECT body FROM barcode JOIN product USING (place) WHERE code = ? ORDER BY place LIMIT 1", code
        )

    def by_id(self, product: str) -> Product | None:
        return self._one("SELECT body FROM product WHERE id = ?", product)

    def by_sku(self, sku: str) -> Product | None:
        return self._one("SELECT body FROM product WHERE sku = ? ORDER BY place LIMIT 1", sku.strip().upper())

    def search(self, text: str, limit: int = 50, where: SearchFilter | None = None) -> list[Product]:
        """The best sellers that have all words of the text, as prefixes, in any order.

        Looks at name, variant, SKU and barcode without case and marks; what has the marks as typed comes
        first (rules: search). An empty text lists the best sellers.
        """
        words = search_words.folded_words(text)
        if len(words) == 1 and len(words[0]) > LONGEST_PREFIX and words[0].isdecimal():
            return self._by_barcode_begin(words[0], limit)
        exact = search_words.exact_words(text)
        category = None if where is None else where.category
        mark = self._catalogue.mark
        with self._catalogue.reading() as connection:
            found: dict[int, str] = {}
            for terms in [words] if exact == words else [exact, words]:
                if len(found) < limit:
                    found |= _hits(connection, search_words.match(terms, category), limit, found)
            kept = self._up_to_date(connection, mark)
        return [_product(body, kept) for body in list(found.values())[:limit]]

    def _by_barcode_begin(self, digits: str, limit: int) -> list[Product]:
        """All barcodes of a chain begin alike: here the table of barcodes is quicker than the words."""
        mark = self._catalogue.mark
        with self._catalogue.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT DISTINCT place, body FROM barcode JOIN product USING (place) "
                "WHERE code >= ? AND code < ? LIMIT ?",
                (digits, digits + ":", limit),
            ).fetchall()
            kept = self._up_to_date(connection, mark)
        return [_product(row[1], kept) for row in rows]

    def variants(self, style: str) -> list[Product]:
        """All colours and sizes of a style, best sellers first."""
        return self._all("SELECT body FROM product WHERE style = ? AND style <> '' ORDER BY place", style)

    def categories(self) -> list[Category]:
        """In the order of their ids."""
        return list(self._now().categories.values())

    def promotions(self) -> tuple[Promotion, ...]:
        """All automatic promotions, kept in memory until the feed changes."""
        return self._now().promotions

    def version(self) -> int:
        """The newest `ver` of the feed, for `as_of`."""
        with self._catalogue.reading() as connection:
            row = connection.exec_driver_sql("SELECT version FROM feed WHERE name = 'catalogue'").fetchone()
        return 0 if row is None else int(row[0])

    def count(self) -> int:
        """How many products there are; counted, so not for every key stroke."""
        with self._catalogue.reading() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM product").scalar_one())

    def _one(self, query: str, value: str) -> Product | None:
        mark = self._catalogue.mark
        with self._catalogue.reading() as connection:
            row = connection.exec_driver_sql(query, (value,)).fetchone()
            return None if row is None else _product(row[0], self._up_to_date(connection, mark))

    def _all(self, query: str, value: str) -> list[Product]:
        mark = self._catalogue.mark
        with self._catalogue.reading() as connection:
            rows = connection.exec_driver_sql(query, (value,)).fetchall()
            kept = self._up_to_date(connection, mark)
        return [_product(row[0], kept) for row in rows]

    def _now(self) -> _Kept:
        kept, mark = self._kept, self._catalogue.mark
        if kept is not None and kept.mark is mark:
            return kept
        with self._catalogue.reading() as connection:
            return self._up_to_date(connection, mark)

    def _up_to_date(self, connection: Connection, mark: object) -> _Kept:
        """To be called last: `mark` is that from before the reading, so nothing changed in between."""
        kept = self._kept
        if kept is not None and kept.mark is mark and mark is self._catalogue.mark:
            return kept
        row = connection.exec_driver_sql(
            "SELECT handle || '/' || cursor FROM feed WHERE name = 'catalogue'"
        ).fetchone()
        stamp = (self._catalogue.path, "" if row is None else str(row[0]))
        if kept is None or kept.stamp != stamp:
            kept = _read_kept(connection, stamp)
        self._kept = replace(kept, mark=mark)
        return self._kept


def _read_kept(connection: Connection, stamp: _Stamp) -> _Kept:
    categories = [
        Category.from_json(object_of(row[0]))
        for row in connection.exec_driver_sql("SELECT body FROM category ORDER BY id")
    ]
    promotions = tuple(
        Promotion.from_json(object_of(row[0]))
        for row in connection.exec_driver_sql("SELECT body FROM promotion ORDER BY id")
    )
    return _Kept(None, stamp, {category.id: category for category in categories}, promotions)


def _product(body: str, kept: _Kept) -> Product:
    item = object_of(body)
    return Product.from_json(item, kept.categories.get(str(item.get("category"))))


def _hits(connection: Connection, match: str, limit: int, known: dict[int, str]) -> dict[int, str]:
    """Place → body in the order of places; one more look than needed for every hit that is known already."""
    most = limit + len(known)
    if not match:
        rows: Sequence[Sequence[object]] = connection.exec_driver_sql(
            "SELECT place, body FROM product ORDER BY place LIMIT ?", (most,)
        ).fetchall()
    else:
        rows = connection.exec_driver_sql(
            "SELECT place, body FROM product_words CROSS JOIN product ON place = product_words.rowid "
            "WHERE product_words MATCH ? ORDER BY product_words.rowid LIMIT ?",
            (match, most),
        ).fetchall()
    return {int(str(place)): str(body) for place, body in rows if int(str(place)) not in known}
