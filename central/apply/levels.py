"""Stock levels: the sums of their entries, kept in the same transaction."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, insert, select

from central.bulk import add_to_rows, among
from central.tables.ledgers import stock_level


def enter(connection: Connection, moved: Counter[tuple[int, str]]) -> None:
    """Adds thousandths per (store, product), and empties `moved`."""
    places = [place for place, delta in sorted(moved.items()) if delta]
    known = _known(connection, {product for _, product in places})
    rows = {one: {"store": one[0], "product": one[1], "quantity": moved[one]} for one in places}
    old = [row for one, row in rows.items() if one in known]
    new = [row for one, row in rows.items() if one not in known]
    add_to_rows(connection, stock_level, ("store", "product"), old)
    if new:
        connection.execute(insert(stock_level), new)
    moved.clear()


def _known(connection: Connection, products: set[str]) -> set[tuple[int, str]]:
    here = among(stock_level.c.product, sorted(products))
    rows = connection.execute(select(stock_level.c.store, stock_level.c.product).where(here))
    return {(row.store, row.product) for row in rows}
