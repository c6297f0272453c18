"""Feed items of products with their prices, categories, promotions and campaigns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from central.bulk import narrowed
from central.feeds import FeedWriter, scope_of
from central.keys import instant_text
from central.tables.catalogue import campaign, category, product, product_price, promotion
from central.tables.tenant import store


def store_numbers(connection: Connection) -> list[int]:
    """All stores of the tenant."""
    return list(connection.scalars(select(store.c.no).order_by(store.c.no)))


def products(writer: FeedWriter, now: datetime, ids: Iterable[str] | None = None) -> None:
    """`product/<id>` for every store; None = all products. Withdrawn ones leave the feed."""
    stores = store_numbers(writer.connection)
    wanted = None if ids is None else list(ids)
    prices = _prices(writer.connection, now, wanted)
    query = narrowed(select(product), product.c.id, wanted)
    for row in writer.connection.execute(query):
        for no in stores:
            scope = scope_of("catalogue", no)
            here = prices_here(prices.get(row.id, ()), no)
            if row.withdrawn_at is not None or not here:
                writer.delete("catalogue", scope, f"product/{row.id}")
            else:
                writer.put("catalogue", scope, f"product/{row.id}", _product(row, here))


def _product(row: Row[Any], prices: list[dict[str, Any]]) -> dict[str, Any]:
    own = {
        "id": row.id,
        "sku": row.sku,
        "name": row.name,
        "category": row.category,
        "rank": row.rank,
        "prices": prices,
    }
    return {**row.body, **own}


def _prices(connection: Connection, now: datetime, ids: Sequence[str] | None) -> dict[str, list[Row[Any]]]:
    """Prices that are in force or will be: a till needs no others."""
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    alive = product_price.c.valid_to.is_(None) | (product_price.c.valid_to > now)
    query = select(product_price).where(alive).order_by(product_price.c.ver)
    for row in connection.execute(narrowed(query, product_price.c.product, ids)):
        found[row.product].append(row)
    return found


def prices_here(rows: Iterable[Row[Any]], no: int) -> list[dict[str, Any]]:
    """A store's own prices of a tier take the place of the chain's."""
    rows = [row for row in rows if row.store in (0, no)]
    own = {row.tier for row in rows if row.store == no}
    return [_price(row) for row in rows if row.store == no or row.tier not in own]


def _price(row: Row[Any]) -> dict[str, Any]:
    body = {"ver": row.ver, "amount": row.amount, "from": instant_text(row.valid_from)}
    if row.valid_to is not None:
        body["to"] = instant_text(row.valid_to)
    if row.tier is not None:
        body["tier"] = row.tier
    return body


def categories(writer: FeedWriter) -> None:
    """`category/<id>` for every store."""
    for row in writer.connection.execute(select(category)):
        body = {
            "id": row.id,
            "name": row.name,
            "icon": row.icon,
            "vat": row.vat,
            "return_days": row.return_days,
            "uncoded": row.uncoded,
        }
        for no in store_numbers(writer.connection):
            writer.put("catalogue", scope_of("catalogue", no), f"category/{row.id}", body)


def promotions(writer: FeedWriter, now: datetime) -> None:
    """`promotion/<id>`: the newest version, unless it is over."""
    newest: dict[str, Row[Any]] = {}
    for row in writer.connection.execute(select(promotion).order_by(promotion.c.ver)):
        newest[row.id] = row
    for no in store_numbers(writer.connection):
        for row in newest.values():
            over = row.valid_to is not None and row.valid_to <= now
            scope, key = scope_of("catalogue", no), f"promotion/{row.id}"
            if over or row.store not in (0, no):
                writer.delete("catalogue", scope, key)
            else:
                writer.put("catalogue", scope, key, {**row.body, "id": row.id, "ver": row.ver})


def campaigns(writer: FeedWriter) -> None:
    """`campaign/<no>`: the newest version."""
    newest: dict[int, Row[Any]] = {}
    for row in writer.connection.execute(select(campaign).order_by(campaign.c.ver)):
        newest[row.no] = row
    for no in store_numbers(writer.connection):
        for row in newest.values():
            scope, key = scope_of("campaigns", no), f"campaign/{row.no}"
            if row.store in (0, no):
                writer.put("campaigns", scope, key, {**row.body, "campaign": row.no, "ver": row.ver})
            else:
                writer.delete("campaigns", scope, key)
