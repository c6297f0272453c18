"""Goods, rules, people and policy: what documents are checked against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from central.apply.shelves import Body, Goods, Rule, Rules, Shelf, Shelves
from central.bulk import among
from central.feeds import scope_of
from central.publishing.catalogue import prices_here
from central.publishing.people import policy_of
from central.tables.catalogue import campaign, category, product, product_price, promotion
from central.tables.feeds import feed_item
from central.tables.people import staff
from central.tables.tills import till
from pos_app.domain.policy import Policy
from pos_app.domain.product import Product
from pos_app.domain.promotion import Promotion


class Catalogue:
    """Of one transaction, over shelves that may be kept longer. What documents cannot change; nothing here
    is written while they are applied."""

    def __init__(self, connection: Connection, shelves: Shelves | None = None) -> None:
        self._connection = connection
        self._shelves = shelves or Shelves()
        self._open: dict[int, Shelf] = {}
        self._people: dict[int, datetime | None] = {}
        self._homes: dict[str, int | None] = {}

    def _shelf(self, store: int) -> Shelf:
        if store not in self._open:
            self._open[store] = self._shelves.of(self._connection, store)
        return self._open[store]

    # --- people -------------------------------------------------------------------------------
    def look_up_people(self, numbers: Iterable[int]) -> None:
        """Those of all documents, in one question."""
        wanted = [one for one in set(numbers) if one not in self._people]
        if wanted:
            query = select(staff.c.no, staff.c.removed_at).where(among(staff.c.no, wanted))
            self._people |= dict(self._connection.execute(query).all())

    def knows_person(self, no: int) -> bool:
        """Whether there is or was such a number among the staff."""
        self.look_up_people([no])
        return no in self._people

    def removed_at(self, no: int) -> datetime | None:
        """When one of the staff left."""
        self.look_up_people([no])
        return self._people.get(no)

    def policy(self, store: int, till: str) -> Policy:
        """Of one till, now."""
        kept = self._shelf(store).policies
        if till not in kept:
            kept[till] = Policy.from_json(policy_of(self._connection, store, till))
        return kept[till]

    def look_up_homes(self, tills: Iterable[str]) -> None:
        """Those of all documents, in one question."""
        wanted = [one for one in set(tills) if one not in self._homes]
        if wanted:
            query = select(till.c.id, till.c.store).where(among(till.c.id, wanted))
            self._homes |= dict(self._connection.execute(query).all())

    def home(self, till_id: str) -> int | None:
        """The store that a till stands in and writes for; None for the office's journal."""
        self.look_up_homes([till_id])
        return self._homes.get(till_id)

    # --- goods --------------------------------------------------------------------------------
    def goods(self, store: int, ids: Iterable[str]) -> Mapping[str, Goods]:
        """Those that are known of these, and maybe others."""
        shelf = self._shelf(store)
        missing = [one for one in ids if one not in shelf.goods]
        if missing:
            self._load_goods(store, shelf, missing)
        return shelf.goods

    def _load_goods(self, store: int, shelf: Shelf, ids: list[str]) -> None:
        prices: dict[str, list[Row[Any]]] = defaultdict(list)
        query = select(product_price).where(
            product_price.c.store.in_((0, store)), among(product_price.c.product, ids)
        )
        for row in self._connection.execute(query.order_by(product_price.c.ver)):
            prices[row.product].append(row)
        told = self._told("catalogue", store, [f"product/{one}" for one in ids])
        for row in self._connection.execute(select(product).where(among(product.c.id, ids))):
            body, own = self._body(shelf, row), tuple(prices[row.id])
            sold = _readable({**body, "prices": prices_here(own, store)})
            shelf.goods[row.id] = Goods(body, own, sold, told.get(f"product/{row.id}"))

    def _body(self, shelf: Shelf, row: Row[Any]) -> Body:
        if shelf.categories is None:
            shelf.categories = {one.id: one for one in self._connection.execute(select(category))}
        kind = shelf.categories.get(row.category)
        own = {"id": row.id, "sku": row.sku, "name": row.name, "category": row.category}
        if kind is not None:
            own |= {"vat": kind.vat, "return_days": kind.return_days}
        return {**own, **row.body}

    def _told(self, feed: str, store: int, keys: Iterable[str]) -> dict[str, int]:
        query = select(feed_item.c.key, feed_item.c.ver).where(
            feed_item.c.feed == feed,
            feed_item.c.scope == scope_of(feed, store),
            feed_item.c.only == "",
            among(feed_item.c.key, keys),
        )
        return dict(self._connection.execute(query).all())

    # --- rules --------------------------------------------------------------------------------
    def rules(self, store: int) -> Mapping[str, Rules]:
        """Every promotion by id."""
        shelf = self._shelf(store)
        if shelf.rules is None:
            rows: dict[str, list[Row[Any]]] = defaultdict(list)
            for row in self._connection.execute(select(promotion).order_by(promotion.c.ver)):
                rows[row.id].append(row)
            told = self._told("catalogue", store, [f"promotion/{one}" for one in rows])
            shelf.rules = {
                name: Rules(
                    {row.ver: _rule(row) for row in versions},
                    versions[-1].store in (0, store),
                    told.get(f"promotion/{name}"),
                )
                for name, versions in rows.items()
            }
        return shelf.rules

    def campaign(self, store: int, no: int) -> tuple[Mapping[int, Body], int | None]:
        """Its versions, and when the tills of this store were told of it last."""
        kept = self._shelf(store).campaigns
        if no not in kept:
            query = select(campaign).where(campaign.c.no == no).order_by(campaign.c.ver)
            versions: dict[int, Body] = {
                row.ver: {**row.body, "campaign": row.no, "ver": row.ver}
                for row in self._connection.execute(query)
            }
            kept[no] = versions, self._told("campaigns", store, [f"campaign/{no}"]).get(f"campaign/{no}")
        return kept[no]


def _readable(body: Body) -> Product | None:
    """What an import has spoilt stops no booking: a document that names it cannot be priced again."""
    try:
        return Product.from_json(body)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _rule(row: Row[Any]) -> Rule:
    body = {**row.body, "id": row.id, "ver": row.ver}
    return Rule(Promotion.from_json(body), row.valid_from, row.valid_to)
