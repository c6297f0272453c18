"""Feed items of stock: the own store exactly, the others in coarse bands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from central.bulk import narrowed
from central.feeds import FeedWriter, scope_of
from central.tables.ledgers import stock_level
from central.tables.tenant import store

_MANY = 10


def stock(writer: FeedWriter, products: Iterable[str] | None = None) -> None:
    """`<product id>` for every store; None = all products that have a level anywhere."""
    connection = writer.connection
    names = {row.no: row.name for row in connection.execute(select(store.c.no, store.c.name))}
    query = narrowed(select(stock_level), stock_level.c.product, products)
    levels: dict[str, dict[int, int]] = defaultdict(dict)
    for row in connection.execute(query):
        levels[row.product][row.store] = row.quantity
    for product, by_store in levels.items():
        for no in names:
            body = {
                "product": product,
                "quantity": by_store.get(no, 0),
                "others": [
                    {"store": other, "name": name, "band": band(by_store.get(other, 0))}
                    for other, name in names.items()
                    if other != no
                ],
            }
            writer.put("stock", scope_of("stock", no), product, body)


def band(quantity: int) -> int:
    """What another store is told: whole pieces up to nine, 10 = ten or more."""
    return max(0, min(quantity // 1000, _MANY))
