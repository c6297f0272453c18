"""Goods, rules, people and policy: what documents are checked against, read once a transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from central.feeds import scope_of
from central.publishing.catalogue import chunks
from central.publishing.people import policy_of
from central.tables.catalogue import campaign, category, product, product_price, promotion
from central.tables.feeds import feed_item
from central.tables.people import staff
from central.tables.tills import till
from pos_app.domain.policy import Policy
from pos_app.domain.promotion import Promotion

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Goods:
    """One product: its feed item without prices but with VAT, and every version of every price here.

    `told` = the version of the feed at which the tills were told of it last; None: never.
    """

    body: Body
    prices: Sequence[Row[Any]]
    told: int | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a promotion."""

    promotion: Promotion
    valid_from: datetime
    valid_to: datetime | None


@dataclass(frozen=True, slots=True)
class Rules:
    """All versions of one promotion, oldest first. `here`: whether the newest counts in this store."""

    versions: Mapping[int, Rule]
    here: bool
    told: int | None


class Catalogue:
    """What documents cannot change; nothing here is written while they are applied."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._goods: dict[int, dict[str, Goods]] = defaultdict(dict)
        self._rules: dict[int, dict[str, Rules]] = {}
        self._campaigns: dict[tuple[int, int], tuple[dict[int, Body], int | None]] = {}
        self._categories: dict[str, Row[Any]] | None = None
        self._people: dict[int, Row[Any]] | None = None
        self._policies: dict[tuple[int, str], Policy] = {}
        self._homes: dict[str, int | None] = {}

    def person(self, no: int) -> Row[Any] | None:
        """One of the staff, also who left."""
        if self._people is None:
            self._people = {row.no: row for row in self._connection.execute(select(staff))}
        return self._people.get(no)

    def policy(self, store: int, till: str) -> Policy:
        """Of one till, now."""
        place = store, till
        if place not in self._policies:
            self._policies[place] = Policy.from_json(policy_of(self._connection, store, till))
        return self._policies[place]

    def home(self, till_id: str) -> int | None:
        """The store that a till stands in and writes for; None for the office's journal."""
        if till_id not in self._homes:
            here = select(till.c.store).where(till.c.id == till_id)
            self._homes[till_id] = self._connection.scalar(here)
        return self._homes[till_id]

    # --- goods --------------------------------------------------------------------------------
    def goods(self, store: int, ids: Iterable[str]) -> Mapping[str, Goods]:
        """Those that are known of these, and maybe others."""
        missing = {one for one in ids if one not in self._goods[store]}
        if missing:
            self._load_goods(store, missing)
        return self._goods[store]

    def _load_goods(self, store: int, ids: set[str]) -> None:
        prices: dict[str, list[Row[Any]]] = defaultdict(list)
        for condition in chunks(ids, product_price.c.product):
            query = select(product_price).where(product_price.c.store.in_((0, store)))
            for row in self._connection.execute(query.where(condition).order_by(product_price.c.ver)):  # type: ignore[arg-type]
                prices[row.product].append(row)
        told = self._told("catalogue", store, [f"product/{one}" for one in ids])
        for condition in chunks(ids, product.c.id):
            for row in self._connection.execute(select(product).where(condition)):  # type: ignore[arg-type]
                body = self._body(row)
                self._goods[store][row.id] = Goods(body, prices[row.id], told.get(f"product/{row.id}"))

    def _body(self, row: Row[Any]) -> Body:
        if self._categories is None:
            self._categories = {one.id: one for one in self._connection.execute(select(category))}
        kind = self._categories.get(row.category)
        own = {"id": row.id, "sku": row.sku, "name": row.name, "category": row.category}
        if kind is not None:
            own |= {"vat": kind.vat, "return_days": kind.return_days}
        return {**own, **row.body}

    def _told(self, feed: str, store: int, keys: Iterable[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for condition in chunks(keys, feed_item.c.key):
            query = select(feed_item.c.key, feed_item.c.ver).where(
                feed_item.c.feed == feed, feed_item.c.scope == scope_of(feed, store), feed_item.c.only == ""
            )
            found.update((row.key, row.ver) for row in self._connection.execute(query.where(condition)))  # type: ignore[arg-type]
        return found

    # --- rules --------------------------------------------------------------------------------
    def rules(self, store: int) -> Mapping[str, Rules]:
        """Every promotion by id."""
        if store not in self._rules:
            rows: dict[str, list[Row[Any]]] = defaultdict(list)
            for row in self._connection.execute(select(promotion).order_by(promotion.c.ver)):
                rows[row.id].append(row)
            told = self._told("catalogue", store, [f"promotion/{one}" for one in rows])
            self._rules[store] = {
                name: Rules(
                    {row.ver: _rule(row) for row in versions},
                    versions[-1].store in (0, store),
                    told.get(f"promotion/{name}"),
                )
                for name, versions in rows.items()
            }
        return self._rules[store]

    def campaign(self, store: int, no: int) -> tuple[Mapping[int, Body], int | None]:
        """Its versions, and when the tills of this store were told of it last."""
        if (store, no) not in self._campaigns:
            query = select(campaign).where(campaign.c.no == no).order_by(campaign.c.ver)
            versions: dict[int, Body] = {
                row.ver: {**row.body, "campaign": row.no, "ver": row.ver}
                for row in self._connection.execute(query)
            }
            told = self._told("campaigns", store, [f"campaign/{no}"]).get(f"campaign/{no}")
            self._campaigns[store, no] = versions, told
        return self._campaigns[store, no]


def _rule(row: Row[Any]) -> Rule:
    body = {**row.body, "id": row.id, "ver": row.ver}
    return Rule(Promotion.from_json(body), row.valid_from, row.valid_to)
