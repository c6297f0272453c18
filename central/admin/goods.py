"""Products, their price versions and their stock, as a shop's own system enters them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from central import publish
from central.apply.levels import enter
from central.errors import NotFound, Unprocessable
from central.feeds import FeedWriter
from central.tables.catalogue import category, product, product_price
from central.tables.ledgers import stock_entry, stock_level
from central.tables.tenant import store

NO_DOCUMENT = ""
_OWN = ("id", "sku", "name", "category", "rank")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPrice:
    """One version: đồng from an instant on, to another or until a later version begins. Store 0 = every."""

    amount: int
    valid_from: datetime
    valid_to: datetime | None = None
    store: int = 0
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Thousandths of one product at one store: counted (absolute), or moved by."""

    store: int
    product: str
    quantity: int
    counted: bool


def put_product(connection: Connection, body: Mapping[str, Any], withdrawn: bool, now: datetime) -> bool:
    """Enters a product or replaces its description; True when it is new. Its prices stay as they are.

    Unprocessable for a category that is not known.
    """
    known_category = connection.scalar(select(category.c.id).where(category.c.id == body["category"]))
    if known_category is None:
        raise Unprocessable("unknown_category", where="body.category")
    before = connection.execute(select(product).where(product.c.id == body["id"])).one_or_none()
    values = {name: body[name] for name in _OWN}
    values["body"] = {name: value for name, value in body.items() if name not in _OWN}
    gone_since = None if before is None else before.withdrawn_at
    values["withdrawn_at"] = (gone_since or now) if withdrawn else None
    if before is None:
        connection.execute(insert(product), values)
    else:
        connection.execute(update(product).where(product.c.id == body["id"]).values(values))
    _publish_product(connection, body["id"], now)
    return before is None


def product_of(connection: Connection, product_id: str) -> dict[str, Any]:
    """A product with every price version it ever had. NotFound."""
    row = connection.execute(select(product).where(product.c.id == product_id)).one_or_none()
    if row is None:
        raise NotFound("unknown_product")
    prices = select(product_price).where(product_price.c.product == product_id)
    ordered = prices.order_by(product_price.c.ver, product_price.c.store)
    return {
        **row.body,
        **{name: getattr(row, name) for name in _OWN},
        "withdrawn": row.withdrawn_at is not None,
        "prices": [dict(price) for price in connection.execute(ordered).mappings()],
    }


def product_ids(connection: Connection, after: str, limit: int) -> list[str]:
    """Ids in their order, for walking through the catalogue."""
    query = select(product.c.id).where(product.c.id > after).order_by(product.c.id).limit(limit)
    return list(connection.scalars(query))


def add_price(connection: Connection, product_id: str, price: NewPrice, now: datetime) -> int:
    """The number of the new version. Earlier ones are never edited: of two in force the later begun counts.

    NotFound, Unprocessable for a store that is not known or an end before the beginning.
    """
    if connection.scalar(select(product.c.id).where(product.c.id == product_id)) is None:
        raise NotFound("unknown_product")
    _need_store(connection, price.store)
    if price.valid_to is not None and price.valid_to <= price.valid_from:
        raise Unprocessable("ends_before_it_begins", where="body.to")
    newest = select(func.max(product_price.c.ver)).where(product_price.c.product == product_id)
    ver = int(connection.scalar(newest) or 0) + 1
    row = {
        "product": product_id,
        "store": price.store,
        "ver": ver,
        "amount": price.amount,
        "tier": price.tier,
    }
    row |= {"valid_from": price.valid_from, "valid_to": price.valid_to}
    connection.execute(insert(product_price), row)
    _publish_product(connection, product_id, now)
    return ver


def _publish_product(connection: Connection, product_id: str, now: datetime) -> None:
    writer = FeedWriter(connection)
    publish.products(writer, now, [product_id])
    writer.flush()


def _need_store(connection: Connection, no: int) -> None:
    if no and connection.scalar(select(store.c.no).where(store.c.no == no)) is None:
        raise Unprocessable("unknown_store", where="body.store")


# --- stock ------------------------------------------------------------------------------------
def move_stock(connection: Connection, moves: Sequence[Move], reason: str, now: datetime) -> list[int]:
    """Enters each move; the level of each afterwards, in thousandths. All of them or none.

    A count is compared with what central has booked by now: what tills have sold and not yet sent is taken
    off when it arrives, so goods are best counted while the store's tills are online.
    """
    for move in moves:
        _need_store(connection, move.store)
    _need_products(connection, {move.product for move in moves})
    levels = {(one.store, one.product): level(connection, one.store, one.product) for one in moves}
    moved: Counter[tuple[int, str]] = Counter()
    entries, after = [], []
    for move in moves:
        place = move.store, move.product
        delta = move.quantity - levels[place] if move.counted else move.quantity
        levels[place] += delta
        moved[place] += delta
        after.append(levels[place])
        if delta:
            entry = {"doc_id": NO_DOCUMENT, "store": move.store, "product": move.product, "delta": delta}
            entries.append({**entry, "reason": reason, "at": now})
    if entries:
        connection.execute(insert(stock_entry), entries)
        enter(connection, moved)
    writer = FeedWriter(connection)
    publish.stock(writer, {move.product for move in moves})
    writer.flush()
    return after


def level(connection: Connection, store_no: int, product_id: str) -> int:
    """Thousandths; 0 for what was never there."""
    here = (stock_level.c.store == store_no) & (stock_level.c.product == product_id)
    return int(connection.scalar(select(stock_level.c.quantity).where(here)) or 0)


def _need_products(connection: Connection, ids: set[str]) -> None:
    for one in sorted(ids):
        if connection.scalar(select(product.c.id).where(product.c.id == one)) is None:
            raise Unprocessable("unknown_product", where="body.lines")
