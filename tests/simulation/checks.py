"""What must hold after each act and after each turn of syncing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from central.tables.ledgers import (
    stock_level,
)
from sync.engine import SyncReport
from tests.simulation.till import SimTill
from tests.simulation.wares import Wares

if TYPE_CHECKING:
    from tests.simulation.world import World

Body = dict[str, Any]


@dataclass
class Base:
    """What a till showed when its feed came, and which cursor that was."""

    cursor: object
    shown: dict[str, int]
    documents: frozenset[str]

    @classmethod
    def of(cls, till: SimTill, wares: Wares) -> Base:
        return cls(_cursor(till), shown_stock(till, wares), frozenset(till.documents()))


def _cursor(till: SimTill) -> object:
    return till.stores.feeds.cursor("stock")


def shown_stock(till: SimTill, wares: Wares) -> dict[str, int]:
    return {
        product: stock.here or 0 for product, stock in till.stores.stock.of_many(list(wares.products)).items()
    }


def after_act(world: World, till: SimTill) -> None:
    """Shown = what the feed said, and every own document since: none forgotten, none counted twice."""
    base = world.bases[till.name]
    if base.cursor != _cursor(till):
        world.bases[till.name] = Base.of(till, world.wares)
        return
    moved = Counter(base.shown)
    for stored in till.services.journal.documents_since(1, 1):
        if stored.doc_id not in base.documents:
            moved.update(goods_moved(stored.content))
    expected = {product: moved[product] for product in world.wares.products}
    assert shown_stock(till, world.wares) == expected


def after_sync(world: World, till: SimTill, report: SyncReport) -> None:
    """A whole turn leaves the till showing what central has booked; a retired epoch gets no feeds."""
    is_whole = report.is_online and report.reason is None and report.need is None
    if is_whole and not till.unsent and not till.wire.trouble:
        levels = stock_levels(world, till.identity.store)
        shown = shown_stock(till, world.wares)
        assert shown == {product: levels[product] for product in shown}
    else:
        after_act(world, till)
    world.bases[till.name] = Base.of(till, world.wares)


def goods_moved(body: Body) -> Counter[str]:
    """Thousandths that a document takes from its store's stock (−) or brings back (+)."""
    payload, moved = body["payload"], Counter[str]()
    if body.get("training"):
        return moved
    if body["kind"] in ("sale", "handover"):
        extra = (payload.get("sale") or {}).get("lines", ())
        for line in (*payload["lines"], *extra):
            if line.get("product"):
                moved[line["product"]] -= line["quantity"]
    elif body["kind"] == "return":
        for line in payload["lines"]:
            if line.get("condition", "resell") == "resell":
                moved[line["product"]] += line["quantity"]
    return moved


def stock_levels(world: World, store: int) -> dict[str, int]:
    query = select(stock_level.c.product, stock_level.c.quantity).where(stock_level.c.store == store)
    return {row.product: row.quantity for row in rows_of(world, query)}


def rows_of(world: World, query: Any) -> list[Any]:
    with world.central.central.database.reading() as connection:
        return list(connection.execute(query))
