"""Documents exactly as they arrived, what became of each, and what waits for a person."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table

from central.tables.base import Instant, metadata, row_id, uuid

# Append-only: rows are inserted, never changed, never deleted.
document = Table(
    "document",
    metadata,
    uuid("doc_id", primary_key=True),
    uuid("till", nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("prev_hash", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("signature", LargeBinary(64), nullable=False),
    Column("verified", Boolean, nullable=False),  # false: its till's key was not known when it arrived
    Column("carried_by", String(60), nullable=False),  # keyid of the request
    Column("received_at", Instant, nullable=False),
    Index("ix_document_fence", "till", "epoch", "seq"),
    Index("ix_document_prev_hash", "prev_hash"),
    Index("ix_document_hash", "hash"),
)

# What became of a document. No row: stored, not applied yet.
result = Table(
    "result",
    metadata,
    uuid("doc_id", primary_key=True),
    Column("status", String(20), nullable=False),
    Column("first", String(20), nullable=False),  # the status it was first answered with
    Column("codes", JSON, nullable=False),
    uuid("case"),
    Column("missing", JSON, nullable=False),
    Column("booked", Boolean, nullable=False),  # its effects stand
    Column("fork", Boolean, nullable=False, server_default="0"),
    Column("note", String(300), nullable=False, server_default=""),
    Column("at", Instant, nullable=False),
)

# What a parked document waits for: a doc_id, `<till>/<epoch>/<seq>#<hash10>`, or `key/<till>/<epoch>`.
waiting = Table(
    "waiting",
    metadata,
    uuid("doc_id", primary_key=True),
    Column("missing", String(100), primary_key=True),
    Column("since", Instant, nullable=False),
    Index("ix_waiting_missing", "missing"),
)

# state: stored | erased | missing | mismatch
private_part = Table(
    "private_part",
    metadata,
    uuid("doc_id", primary_key=True),
    Column("state", String(10), nullable=False),
    Column("salt", LargeBinary(32)),
    Column("bytes", LargeBinary),
    Column("at", Instant, nullable=False),
)

# Bytes that prove nothing are kept too (protocol §1.1).
rejected = Table(
    "rejected",
    metadata,
    row_id(),
    Column("doc_id", String(100), nullable=False, index=True),
    uuid("till", nullable=False),
    Column("reason", String(40), nullable=False),
    Column("fingerprint", String(64), nullable=False, unique=True),  # the same bytes are kept once
    Column("item", LargeBinary, nullable=False),
    Column("carried_by", String(60), nullable=False),
    uuid("case"),
    Column("at", Instant, nullable=False),
)

case = Table(
    "open_case",
    metadata,
    uuid("id", primary_key=True),
    Column("code", String(40), nullable=False, index=True),
    Column("store", Integer),
    uuid("till"),
    Column("doc_id", String(100), index=True),
    Column("facts", JSON, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    uuid("closed_by"),  # the document that closed it
    Column("action", String(30)),  # how: one of central.case_actions
    Column("closed_staff", Integer),
    Column("fed", Boolean, nullable=False, server_default="0", index=True),  # stands in the feed as it is
)
