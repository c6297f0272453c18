"""Feed items of customers: short name, phone tag, balance and their own vouchers; nothing more personal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from central.bulk import narrowed
from central.feeds import REGION_SCOPE, FeedWriter
from central.tables.customers import customer, customer_alias, customer_card
from central.tables.ledgers import points_entry, voucher_use
from central.tables.vouchers import revocation, voucher
from pos_app.domain.customer import short_name

STORED_VALUE = "stored"
"""A gift card takes nothing off: it is paid with."""


def customers(writer: FeedWriter, now: datetime, ids: Iterable[str] | None = None) -> None:
    """`<customer id>`; None = all. An id that was merged into another is published as that other."""
    facts = _Facts(writer.connection, now)
    wanted = None if ids is None else {facts.main.get(one, one) for one in ids}
    query = narrowed(select(customer), customer.c.id, wanted)
    for row in writer.connection.execute(query):
        if row.id in facts.main or row.erased_at is not None:
            writer.delete("customers", REGION_SCOPE, row.id)
        else:
            writer.put("customers", REGION_SCOPE, row.id, facts.body(row))


def item_of(connection: Connection, customer_id: str, now: datetime) -> dict[str, Any] | None:
    """The item of one customer as the feed carries it; None for one that is not there."""
    facts = _Facts(connection, now)
    main = facts.main.get(customer_id, customer_id)
    found = select(customer).where(customer.c.id == main, customer.c.erased_at.is_(None))
    row = connection.execute(found).one_or_none()
    return None if row is None else facts.body(row)


def balance_of(connection: Connection, customer_id: str) -> int:
    """Points of a customer, over all ids that were merged into one."""
    ids = ids_of(connection, customer_id)
    total = connection.scalar(select(func.sum(points_entry.c.delta)).where(points_entry.c.customer.in_(ids)))
    return int(total or 0)


def ids_of(connection: Connection, customer_id: str) -> list[str]:
    """The id that they go by now, and all that were merged into it."""
    main = main_id(connection, customer_id)
    aliases = connection.scalars(select(customer_alias.c.alias).where(customer_alias.c.customer == main))
    return [main, *aliases]


def main_id(connection: Connection, customer_id: str) -> str:
    """The id that a customer goes by now."""
    found = connection.scalar(select(customer_alias.c.customer).where(customer_alias.c.alias == customer_id))
    return found or customer_id


class _Facts:
    """Whatever hangs on customers, read once for many of them."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self.connection = connection
        self.now = now
        self.main: dict[str, str] = {}
        self.aliases: dict[str, list[str]] = defaultdict(list)
        for row in connection.execute(select(customer_alias)):
            self.main[row.alias] = row.customer
            self.aliases[row.customer].append(row.alias)

    def body(self, row: Row[Any]) -> dict[str, Any]:
        ids = [row.id, *sorted(self.aliases[row.id])]
        body: dict[str, Any] = {
            "id": row.id,
            "name": short_name(row.name),
            "tag": row.tag or "",
            "last3": (row.phone or "")[-3:],
            "tier": row.tier,
            "balance": self._balance(ids),
            "cards": self._cards(ids),
            "aliases": ids[1:],
            "flags": row.flags,
            "vouchers": self._vouchers(ids),
        }
        if row.birthday_month is not None and row.birthday_day is not None:
            body["birthday"] = [row.birthday_month, row.birthday_day]
        if row.staff is not None:
            body["staff"] = row.staff
        return body

    def _balance(self, ids: list[str]) -> int:
        total = select(func.sum(points_entry.c.delta)).where(points_entry.c.customer.in_(ids))
        return int(self.connection.scalar(total) or 0)

    def _cards(self, ids: list[str]) -> list[str]:
        query = select(customer_card.c.serial).where(
            customer_card.c.customer.in_(ids), customer_card.c.revoked_at.is_(None)
        )
        return sorted(self.connection.scalars(query))

    def _vouchers(self, ids: list[str]) -> list[dict[str, Any]]:
        query = (
            select(voucher)
            .where(
                voucher.c.customer.in_(ids),
                voucher.c.valid_until >= self.now.date(),
                voucher.c.kind != STORED_VALUE,
            )
            .order_by(voucher.c.valid_until, voucher.c.serial)
        )
        return [_voucher(row) for row in self.connection.execute(query) if self._is_good(row)]

    def _is_good(self, row: Row[Any]) -> bool:
        if uses_of(self.connection, row.serial) >= row.max_uses > 0:
            return False
        gone = select(revocation.c.key).where(revocation.c.key == f"code/{row.serial}")
        return self.connection.scalar(gone) is None


def uses_of(connection: Connection, serial: str) -> int:
    """How often a voucher has been used, less the uses that were given back."""
    total = select(func.sum(voucher_use.c.uses)).where(voucher_use.c.serial == serial)
    return int(connection.scalar(total) or 0)


def _voucher(row: Row[Any]) -> dict[str, Any]:
    return {
        "serial": row.serial,
        "code": row.code,
        "campaign": row.campaign,
        "value": row.value,
        "kind": row.kind,
        "until": row.valid_until.isoformat(),
    }
