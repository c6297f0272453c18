"""After something was lost: what tills are asked for again, and what revoked tills have left."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table

from central.tables.base import Instant, metadata, row_id, uuid

# Central was restored from a backup: this till sends again from here (protocol §6). One row an epoch.
rewind = Table(
    "rewind",
    metadata,
    uuid("till", primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("from_seq", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
)

# Items of a revoked till, exactly as they came; they enter the inbox when their case is closed so (§4.6).
salvaged_item = Table(
    "salvaged_item",
    metadata,
    row_id(),
    uuid("till", nullable=False),
    Column("carried_by", String(60), nullable=False),
    Column("fingerprint", String(64), nullable=False, unique=True),  # the same bytes are kept once
    Column("item", LargeBinary, nullable=False),
    uuid("case", nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("released_at", Instant),
)
