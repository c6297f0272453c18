"""Voucher codes that central has issued, and whatever central takes back."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Date, Integer, String, Table

from central.tables.base import Instant, metadata, serial, uuid

# kind: amount | percent | gift | stored; value: đồng, basis points, gift number, đồng
voucher = Table(
    "voucher",
    metadata,
    serial("serial", primary_key=True),
    Column("code", String(200), nullable=False),  # the text in its QR
    Column("short_code", String(9), nullable=False, server_default="", index=True),
    Column("key_id", Integer, nullable=False),
    Column("campaign", Integer, nullable=False, index=True),
    Column("kind", String(10), nullable=False),
    Column("value", BigInteger, nullable=False),
    Column("min_basket", BigInteger, nullable=False, server_default="0"),
    Column("valid_until", Date, nullable=False),
    Column("store", Integer, nullable=False, server_default="0"),
    Column("max_uses", Integer, nullable=False, server_default="1"),
    uuid("customer", index=True),
    Column("issued_at", Instant, nullable=False),
)

# Codes signed beforehand for one till, which hands them out in the dark (protocol §7). Each has a voucher.
blank = Table(
    "blank",
    metadata,
    serial("serial", primary_key=True),
    uuid("till", nullable=False, index=True),
    Column("campaign", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    uuid("given_doc"),  # the document that says whom it was given to
    Column("revoked_at", Instant),
)

# key: code/<serial> | receipt/<till>/<epoch>/<seq> | key/<kid> | till/<id> | staff/<no>
revocation = Table(
    "revocation",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("facts", JSON),
)
