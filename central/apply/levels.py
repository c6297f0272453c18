"""Stock levels: the sums of their entries, kept in the same transaction."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, bindparam, insert, select, update

from central.tables.ledgers import stock_level

_CHUNK = 500


def enter(connection: Connection, moved: Counter[tuple[int, str]]) -> None:
    """Adds thousandths per (store, product), and empties `moved`."""
    places = [place for place, delta in sorted(moved.items()) if delta]
    known = _known(connection, {product for _, product in places})
    old = [{"b_store": one[0], "b_product": one[1], "delta": moved[one]} for one in places if one in known]
    new = [{"store": one[0], "product": one[1], "quantity": moved[one]} for one in places if one not in known]
    if old:
        here = (stock_level.c.store == bindparam("b_store")) & (
            stock_level.c.product == bindparam("b_product")
        )
        sum_ = stock_level.c.quantity + bindparam("delta")
        connection.execute(update(stock_level).where(here).values(quantity=sum_), old)
    if new:
        connection.execute(insert(stock_level), new)
    moved.clear()


def _known(connection: Connection, products: set[str]) -> set[tuple[int, str]]:
    found: set[tuple[int, str]] = set()
    wanted = sorted(products)
    for start in range(0, len(wanted), _CHUNK):
        part = stock_level.c.product.in_(wanted[start : start + _CHUNK])
        rows = connection.execute(select(stock_level.c.store, stock_level.c.product).where(part))
        found.update((row.store, row.product) for row in rows)
    return found
