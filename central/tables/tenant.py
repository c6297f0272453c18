"""The chain itself: its one row, its stores, the layers of its policy, its public keys."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, String, Table

from central.tables.base import Instant, metadata, uuid

# One row. `incarnation` changes when central is restored from a backup (protocol §6).
tenant = Table(
    "tenant",
    metadata,
    uuid("id", primary_key=True),
    Column("name", String(120), nullable=False),
    Column("incarnation", String(32), nullable=False),
    uuid("office"),  # the till id of central's own journal (protocol §2); set with its first document
    Column("created_at", Instant, nullable=False),
)

store = Table(
    "store",
    metadata,
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("code", String(5), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("chain", String(120), nullable=False, server_default=""),
    Column("tagline", String(200), nullable=False, server_default=""),
    Column("address", String(300), nullable=False, server_default=""),
    Column("phone", String(30), nullable=False, server_default=""),
    Column("tax_code", String(20), nullable=False, server_default=""),
    Column("hotline", String(30)),
)

# Layers of the policy, each only what differs: ("tenant", ""), ("store", "12"), ("till", till id).
policy = Table(
    "policy",
    metadata,
    Column("level", String(10), primary_key=True),
    Column("owner", String(36), primary_key=True),
    Column("body", JSON, nullable=False),
)

# Public halves of the keys that central signs with; the private ones stand in the key store file.
# `types`: code types 1, 2, 3, 5 as numbers, or "enrol", "directive".
code_key = Table(
    "code_key",
    metadata,
    Column("kid", Integer, primary_key=True, autoincrement=False),
    Column("public", String(64), nullable=False),
    Column("types", JSON, nullable=False),
    Column("issue_from", Instant, nullable=False),
    Column("issue_to", Instant, nullable=False),
    Column("verify_until", Instant, nullable=False),
    Column("revoked_at", Instant),
)

keyset = Table(
    "keyset",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", JSON, nullable=False),
    Column("at", Instant, nullable=False),
)
