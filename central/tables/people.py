"""Staff of the stores and the verifiers of their PINs."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, String, Table

from central.tables.base import Instant, metadata

# store 0 = every store. `verifier` = t of protocol §4.8: Argon2id(pin, salt, memory KiB, time, lanes), hex.
staff = Table(
    "staff",
    metadata,
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("store", Integer, nullable=False, server_default="0"),
    Column("name", String(120), nullable=False),
    Column("initials", String(4), nullable=False),
    Column("tint", Integer, nullable=False, server_default="0"),
    Column("role", String(20), nullable=False),
    Column("active", Boolean, nullable=False, server_default="1"),
    Column("salt", String(64), nullable=False),
    Column("memory", Integer, nullable=False),
    Column("time", Integer, nullable=False),
    Column("lanes", Integer, nullable=False),
    Column("verifier", String(64), nullable=False),
    Column("badge", String(200)),  # text of the badge's QR (type 5)
    Column("removed_at", Instant),
)
