"""Customers: found by id or exact phone, entered, and erased with everything personal about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from central import consents, private_parts, publish
from central.errors import Conflict, NotFound
from central.feeds import FeedWriter
from central.keys import TenantKeys
from central.publishing.customers import ids_of, main_id
from central.raw_items import clean
from central.tables.customers import customer, customer_alias, customer_card
from central.tables.inbox import document, private_part, rejected
from central.tables.money import receipt
from central.tables.orders import order
from central.tables.recovery import salvaged_item
from pos_app.domain.ids import uuid7
from pos_app.domain.phone import tag

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCustomer:
    """`phone` as E.164; `birthday` = (month, day)."""

    name: str
    phone: str | None = None
    birthday: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was deleted: ids of the customer, private parts of documents, and those of items kept raw:
    rejected ones, and what revoked tills have left."""

    ids: int
    private_parts: int
    rejected: int
    salvaged: int


def find_by_phone(connection: Connection, phone: str) -> list[Row[Any]]:
    """Exactly this phone (E.164), not erased and not merged into another."""
    merged = select(customer_alias.c.alias)
    here = (customer.c.phone == phone) & customer.c.erased_at.is_(None) & customer.c.id.not_in(merged)
    return list(connection.execute(select(customer).where(here).order_by(customer.c.id)))


def customer_row(connection: Connection, customer_id: str) -> Row[Any]:
    """Under the id they go by now. NotFound, also for one that was erased."""
    here = (customer.c.id == main_id(connection, customer_id)) & customer.c.erased_at.is_(None)
    row = connection.execute(select(customer).where(here)).one_or_none()
    if row is None:
        raise NotFound("unknown_customer")
    return row


def enter(connection: Connection, keys: TenantKeys, new: NewCustomer, now: datetime) -> str:
    """The id of a new customer. Conflict `phone_known` when somebody goes by this phone already."""
    if new.phone is not None and find_by_phone(connection, new.phone):
        raise Conflict("phone_known")
    made = uuid7(now)
    row: dict[str, Any] = {"id": made, "name": new.name, "flags": [], "created_at": now}
    if new.phone is not None:
        row |= {"phone": new.phone, "tag": tag(new.phone, keys.phone_key)}
    if new.birthday is not None:
        row |= {"birthday_month": new.birthday[0], "birthday_day": new.birthday[1]}
    connection.execute(insert(customer), row)
    _publish(connection, [made], now)
    return made


# --- erasing ----------------------------------------------------------------------------------
def erase(connection: Connection, customer_id: str, now: datetime) -> Erased:
    """Deletes what says who it is, here and at the tills; receipts, ledgers and chains stay as they are.

    A chained body holds ids only, and its `private_hash` proves nothing once salt and bytes are gone
    (protocol §3). Asked again it deletes nothing more. NotFound.
    """
    main = main_id(connection, customer_id)
    if connection.scalar(select(customer.c.id).where(customer.c.id == main)) is None:
        raise NotFound("unknown_customer")
    ids = ids_of(connection, main)
    orders = list(connection.scalars(select(order.c.order).where(order.c.customer.in_(ids))))
    who = private_parts.Named(frozenset(ids), frozenset(orders))
    documents = _private_documents(connection, who)
    private_parts.forget(connection, documents, now)
    rejected_ones, salvaged_ones = (clean(connection, raw, who) for raw in (rejected, salvaged_item))
    blank = {"name": "", "phone": None, "tag": None, "birthday_month": None, "birthday_day": None}
    gone: dict[str, Any] = {**blank, "staff": None, "flags": [], "erased_at": now}
    here = customer.c.id.in_(ids) & customer.c.erased_at.is_(None)
    connection.execute(update(customer).where(here).values(gone))
    cards = customer_card.c.customer.in_(ids) & customer_card.c.revoked_at.is_(None)
    connection.execute(update(customer_card).where(cards).values(revoked_at=now))
    consents.forget(connection, ids)
    _publish(connection, ids, now, documents, orders)
    return Erased(len(ids), len(documents), rejected_ones, salvaged_ones)


def _private_documents(connection: Connection, who: private_parts.Named) -> list[str]:
    """Documents with a private part that name the customer, or hand over one of their orders."""
    held = (
        select(private_part.c.doc_id, document.c.body, receipt.c.customer, receipt.c.order)
        .join(document, document.c.doc_id == private_part.c.doc_id)
        .outerjoin(receipt, receipt.c.doc_id == private_part.c.doc_id)
        .where(private_part.c.state != private_parts.ERASED)
        .execution_options(yield_per=_AT_A_TIME)
    )
    return [
        row.doc_id
        for row in connection.execute(held)
        if row.customer in who.ids
        or row.order in who.orders
        or who.meets(private_parts.Named.in_body(bytes(row.body)))
    ]


def _publish(
    connection: Connection,
    ids: Sequence[str],
    now: datetime,
    documents: Sequence[str] = (),
    orders: Sequence[int] = (),
) -> None:
    """The customer, what names them, and to each till the order to erase its own private parts."""
    writer = FeedWriter(connection)
    publish.customers(writer, now, ids)
    if orders:
        publish.orders(writer, orders)
    if documents:
        publish.results(writer, documents)
    sold = list(connection.scalars(select(receipt.c.doc_id).where(receipt.c.customer.in_(ids))))
    if sold:
        publish.sales(writer, sold)
    writer.flush()
