"""Central's tables; importing this package registers every one of them in `metadata`."""

from central.tables import (
    catalogue,
    claims,
    customers,
    feeds,
    inbox,
    ledgers,
    money,
    orders,
    people,
    tenant,
    tills,
    vouchers,
)
from central.tables.base import metadata

__all__ = [
    "catalogue",
    "claims",
    "customers",
    "feeds",
    "inbox",
    "ledgers",
    "metadata",
    "money",
    "orders",
    "people",
    "tenant",
    "tills",
    "vouchers",
]
