"""Rows of goods: categories, products with prices, promotions, campaigns and what lies in the shops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from central.seed.categories import CATEGORIES
from central.seed.chain import Chain
from central.tables.catalogue import campaign, category, product, product_price, promotion
from central.tables.ledgers import stock_entry, stock_level
from pos_app.domain.validity import begins, ends

NO_DOCUMENT = ""
COUNTED_BEFORE = 30
"""Days since the shops were counted: the stock ledger begins there."""


def load_goods(connection: Connection, chain: Chain) -> None:
    """Everything of the catalogue and campaigns; opening stock has no document."""
    connection.execute(insert(category), [one.body() for one in CATEGORIES])
    connection.execute(insert(product), [_product(one) for one in chain.variants])
    connection.execute(
        insert(product_price),
        [
            {
                "product": one.product,
                "store": 0,
                "ver": one.ver,
                "amount": one.amount,
                "valid_from": one.valid_from,
                "valid_to": one.valid_to,
                "tier": one.tier,
            }
            for one in chain.prices
        ],
    )
    connection.execute(insert(promotion), [_promotion(body) for body in chain.promotions])
    connection.execute(
        insert(campaign),
        [{"no": one.no, "ver": one.body["ver"], "store": 0, "body": one.body} for one in chain.campaigns],
    )
    _load_stock(connection, chain)


def _product(one: Any) -> dict[str, Any]:
    return {
        "id": one.id,
        "sku": one.style.sku,
        "name": one.name,
        "category": one.style.category.id,
        "rank": one.rank,
        "body": one.body(),
    }


def _promotion(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": body["id"],
        "ver": body["ver"],
        "store": 0,
        "valid_from": begins(body["from"]),
        "valid_to": ends(body["to"]),
        "body": body,
    }


def _load_stock(connection: Connection, chain: Chain) -> None:
    """Levels are what lies there today; what has gone since the counting is not taken off again."""
    counted: datetime = chain.calendar.at(-COUNTED_BEFORE, 7)
    levels = [
        {"store": store, "product": product_id, "quantity": quantity}
        for (store, product_id), quantity in chain.stock.items()
    ]
    connection.execute(insert(stock_level), levels)
    gone = [*_handed_over(chain), *_sold(chain, counted)]
    total: Counter[tuple[int, str]] = Counter()
    for one in gone:
        total[one["store"], one["product"]] -= one["delta"]
    opening = [
        _entry(key, quantity + total[key], NO_DOCUMENT, counted) for key, quantity in chain.stock.items()
    ]
    connection.execute(insert(stock_entry), opening + gone)


def _handed_over(chain: Chain) -> Iterator[dict[str, Any]]:
    for done in chain.handovers:
        for one in done.lines:
            key = done.order.store, one.line.product.id
            yield _entry(key, -one.line.handed, done.doc_id, done.at, "handover")


def _sold(chain: Chain, since: datetime) -> Iterator[dict[str, Any]]:
    """Returns are older than the counting."""
    for sold in chain.history.sales:
        if sold.at >= since:
            for one in sold.lines:
                yield _entry(
                    (sold.store, one.line.product.id), -one.line.handed, sold.doc_id, sold.at, "sale"
                )


def _entry(
    key: tuple[int, str], delta: int, doc_id: str, at: datetime, reason: str = "opening"
) -> dict[str, Any]:
    return {
        "doc_id": doc_id,
        "store": key[0],
        "product": key[1],
        "delta": delta,
        "reason": reason,
        "at": at,
    }
