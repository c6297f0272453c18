"""Goods, rules and policies of a store as they were read last; kept while its feeds stand still."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from central.feeds import scope_of
from central.tables.feeds import feed_counter
from pos_app.domain.policy import Policy
from pos_app.domain.product import Product
from pos_app.domain.promotion import Promotion

Body = Mapping[str, Any]
_FEEDS = ("catalogue", "campaigns", "policy")
_MOST_GOODS = 20_000
"""Of one store, some 3 KB each."""


@dataclass(frozen=True, slots=True)
class Goods:
    """One product: its feed item without prices but with VAT, every version of every price here, and what
    the tills hold: None when nobody can read it. `told` = the version of the feed at which they were told of
    it last; None: never."""

    body: Body
    prices: tuple[Row[Any], ...]
    product: Product | None
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


@dataclass(slots=True)
class Shelf:
    """What was read for one store; filled by `Catalogue`."""

    goods: dict[str, Goods] = field(default_factory=dict)
    rules: dict[str, Rules] | None = None
    campaigns: dict[int, tuple[dict[int, Body], int | None]] = field(default_factory=dict)
    categories: dict[str, Row[Any]] | None = None
    policies: dict[str, Policy] = field(default_factory=dict)


class Shelves:
    """Of one process. Whatever changes goods, rules or policies is published in the same transaction, so a
    shelf holds good while the counters of its feeds stay where they are; one question tells."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Any, Shelf]] = {}

    def of(self, connection: Connection, store: int) -> Shelf:
        """The store's shelf, an empty one when something has changed."""
        columns = feed_counter.c
        query = select(columns.feed, columns.handle, columns.ver).where(
            columns.scope == scope_of("catalogue", store), columns.feed.in_(_FEEDS)
        )
        stand = {tuple(row) for row in connection.execute(query)}
        known, shelf = self._kept.get(store, (None, Shelf()))
        if known != stand or len(shelf.goods) > _MOST_GOODS:
            shelf = Shelf()
            self._kept[store] = stand, shelf
        return shelf
