"""Keys of the shop's own systems, their acts, answers that may be asked for again, counted calls."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Integer, String, Table, Text

from central.tables.base import Instant, metadata, row_id, serial

# The secret is not kept: `hash` = SHA-256 of its text, hex. `stores`: numbers, NULL = every store.
api_key = Table(
    "api_key",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("stores", JSON),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("revoked_at", Instant),
    Column("last_used_at", Instant),
)

# Append-only: what was changed, and which customers were looked at, by whom. `subject` holds ids only.
admin_act = Table(
    "admin_act",
    metadata,
    row_id(),
    Column("at", Instant, nullable=False),
    Column("api_key", String(16), nullable=False, index=True),
    Column("act", String(40), nullable=False),
    Column("subject", String(120), nullable=False),
)

# Answers by Idempotency-Key; `fingerprint` = SHA-256 over method, path and body, hex.
idempotency = Table(
    "idempotency",
    metadata,
    Column("api_key", String(16), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("answer", Text, nullable=False),
    Column("at", Instant, nullable=False, index=True),
)

# Vouchers that were asked for together, in their order: what was answered once is answered again.
voucher_batch = Table(
    "voucher_batch",
    metadata,
    Column("api_key", String(16), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    serial("serial", nullable=False),
)

# Calls within a window of time, for limits that hold over all workers. `ends_at`: Unix seconds.
rate_window = Table(
    "rate_window",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("hits", Integer, nullable=False),
    Column("ends_at", BigInteger, nullable=False, index=True),
)
