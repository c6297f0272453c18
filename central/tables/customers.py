"""Customers with their personal data (erasable), their cards and the ids that were merged into them."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table

from central.tables.base import Instant, metadata, row_id, serial, uuid

customer = Table(
    "customer",
    metadata,
    uuid("id", primary_key=True),
    Column("name", String(200), nullable=False),  # full; the feed carries the short form only
    Column("phone", String(20), index=True),  # E.164
    Column("tag", String(16), index=True),  # phone tag, hex
    Column("birthday_month", Integer),
    Column("birthday_day", Integer),
    Column("tier", String(20), nullable=False, server_default="member"),
    Column("staff", Integer),  # staff number, when the customer works here
    Column("flags", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("erased_at", Instant),
)

customer_card = Table(
    "customer_card",
    metadata,
    serial("serial", primary_key=True),
    uuid("customer", nullable=False, index=True),
    Column("code", String(200), nullable=False, server_default=""),  # the text in its QR
    Column("version", Integer, nullable=False, server_default="1"),
    Column("revoked_at", Instant),
)

# Balance = sum over all ids of one customer; a merge adds a row here and can be undone by removing it.
customer_alias = Table(
    "customer_alias",
    metadata,
    uuid("alias", primary_key=True),
    uuid("customer", nullable=False, index=True),
    Column("at", Instant, nullable=False),
)

# What a customer has agreed to or taken back; the newest row of a purpose counts. Erased with the customer.
consent = Table(
    "consent",
    metadata,
    row_id(),
    uuid("doc_id", nullable=False),
    uuid("customer", nullable=False, index=True),
    Column("purpose", String(30), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
)
