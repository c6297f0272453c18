"""Central's tables; importing this package registers every one of them in `metadata`."""

from central.tables import (
    admin,
    catalogue,
    claims,
    customers,
    feeds,
    inbox,
    ledgers,
    money,
    orders,
    people,
    recovery,
    silences,
    tenant,
    tills,
    transfers,
    vouchers,
)
from central.tables.base import metadata

__all__ = [
    "admin",
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
    "recovery",
    "silences",
    "tenant",
    "tills",
    "transfers",
    "vouchers",
]
