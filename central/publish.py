"""The door to the feeds: (re)publishes nouns from the tables, all of them or those that were touched."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from central.feeds import FeedWriter, scope_of
from central.keys import TenantKeys, current_keyset, ensure_code_keys, renew_keyset
from central.publishing.blanks import blanks
from central.publishing.cases import cases
from central.publishing.catalogue import campaigns, categories, products, promotions, store_numbers
from central.publishing.customers import customers
from central.publishing.foreign import foreign
from central.publishing.orders import orders
from central.publishing.people import people, phone_keys, policies, stores
from central.publishing.results import results
from central.publishing.sales import sales
from central.publishing.stock import stock
from central.publishing.transfers import transfers
from central.publishing.trust import keyset, revocations, tills
from sync.messages import FEEDS

__all__ = [
    "Touched",
    "blanks",
    "campaigns",
    "cases",
    "categories",
    "customers",
    "everything",
    "keyset",
    "orders",
    "people",
    "phone_keys",
    "policies",
    "products",
    "promotions",
    "results",
    "revocations",
    "sales",
    "stock",
    "stores",
    "tills",
    "touched",
    "transfers",
]


@dataclass(slots=True)
class Touched:
    """Which rows changed in a transaction: their items are made anew at its end."""

    products: set[str] = field(default_factory=set)
    customers: set[str] = field(default_factory=set)
    orders: set[int] = field(default_factory=set)
    sales: set[str] = field(default_factory=set)
    revocations: set[str] = field(default_factory=set)
    results: set[str] = field(default_factory=set)
    transfers: set[str] = field(default_factory=set)
    blanks: set[str] = field(default_factory=set)
    levels: Counter[tuple[int, str]] = field(default_factory=Counter)
    """Thousandths by which the stock of (store, product) moved, not yet entered."""

    def update(self, other: Touched) -> None:
        """Takes over what another one noted."""
        self.levels.update(other.levels)
        self.products |= other.products
        self.customers |= other.customers
        self.orders |= other.orders
        self.sales |= other.sales
        self.revocations |= other.revocations
        self.results |= other.results
        self.transfers |= other.transfers
        self.blanks |= other.blanks


def touched(writer: FeedWriter, what: Touched, now: datetime) -> None:
    """Puts the items of everything noted; the writer is flushed by who owns the transaction."""
    if what.products:
        stock(writer, what.products)
    if what.customers:
        customers(writer, now, what.customers)
    if what.orders:
        orders(writer, what.orders)
    if what.sales:
        sales(writer, what.sales)
    if what.revocations:
        revocations(writer, what.revocations)
    if what.results:
        results(writer, what.results)
    if what.transfers:
        transfers(writer, what.transfers)
    if what.blanks:
        blanks(writer, what.blanks)
    cases(writer)


def everything(connection: Connection, keys: TenantKeys, now: datetime) -> int:
    """Publishes every feed from the tables; returns the number of items that changed. Used by the seed."""
    ensure_code_keys(connection, keys, now)
    if current_keyset(connection) is None:
        renew_keyset(connection, keys, now)
    writer = FeedWriter(connection)
    for no in store_numbers(connection):
        for feed in FEEDS:
            writer.open(feed, scope_of(feed, no))
    products(writer, now)
    categories(writer)
    promotions(writer, now)
    campaigns(writer)
    foreign(writer, now.date())
    customers(writer, now)
    orders(writer)
    sales(writer)
    stock(writer)
    stores(writer)
    people(writer)
    policies(writer)
    phone_keys(writer, keys.phone_key)
    keyset(writer)
    tills(writer)
    revocations(writer)
    blanks(writer)
    transfers(writer)
    cases(writer)
    return writer.flush()
