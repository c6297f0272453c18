"""Private parts of documents: what is personal about them, beside the chain, so that it can be erased."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select, update

from central.tables.customers import customer
from central.tables.inbox import private_part
from central.tables.orders import order

ERASED = "erased"
_AT_A_TIME = 500
_ID: Final = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ORDER: Final = re.compile(rb'"order":([0-9]{1,18})(?![0-9])')


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a body may be about: ids of customers, numbers of orders."""

    ids: frozenset[str]
    orders: frozenset[int]

    @classmethod
    def in_body(cls, body: bytes) -> Named:
        """Whatever kind of document it is, and also when it is no valid one."""
        ids = frozenset(found.decode() for found in _ID.findall(body))
        return cls(ids, frozenset(int(found) for found in _ORDER.findall(body)))

    def meets(self, other: Named) -> bool:
        """Whether both name one of the same."""
        return bool(self.ids & other.ids or self.orders & other.orders)


def of_erased(connection: Connection, bodies: Mapping[str, bytes]) -> list[str]:
    """Keys of those bodies that name an erased customer or an order of one."""
    named = {key: Named.in_body(body) for key, body in bodies.items()}
    ids = _parted({one for each in named.values() for one in each.ids})
    orders = _parted({one for each in named.values() for one in each.orders})
    gone = customer.c.erased_at.is_not(None)
    theirs = select(order.c.order).join(customer, customer.c.id == order.c.customer).where(gone)
    erased = Named(
        frozenset(
            found
            for part in ids
            for found in connection.scalars(select(customer.c.id).where(gone, customer.c.id.in_(part)))
        ),
        frozenset(
            found for part in orders for found in connection.scalars(theirs.where(order.c.order.in_(part)))
        ),
    )
    return [key for key, each in named.items() if each.meets(erased)]


def forget(connection: Connection, doc_ids: Sequence[str], now: datetime) -> None:
    """Salt and bytes of these are gone for good; hashes, chain and signatures stay valid (protocol §3)."""
    for part in _parted(doc_ids):
        here = private_part.c.doc_id.in_(part)
        values = {"state": ERASED, "salt": None, "bytes": None, "at": now}
        connection.execute(update(private_part).where(here).values(values))


def _parted(values: Iterable[object]) -> list[list[object]]:
    ordered = list(values)
    return [ordered[start : start + _AT_A_TIME] for start in range(0, len(ordered), _AT_A_TIME)]
