"""Money outside the drawer: what the bank says has arrived, and what terminals were asked for."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table

from central.tables.base import Instant, dong, metadata, uuid

# state: unmatched | matched | differs (another amount) | twice (its document has a credit already) |
# unclaimed (a till asked for it and made no sale of it: `case`) | returned | foreign (asked for by no till)
bank_credit = Table(
    "bank_credit",
    metadata,
    Column("id", String(80), primary_key=True),  # the bank's own number of the transaction
    Column("at", Instant, nullable=False),
    dong("amount"),
    Column("text", String(300), nullable=False),
    Column("state", String(12), nullable=False, index=True),
    uuid("doc_id", index=True),
    uuid("case"),
)

# What was promised to be paid by transfer: one row per tender of a document, by its reference.
awaited_transfer = Table(
    "awaited_transfer",
    metadata,
    uuid("doc_id", primary_key=True),
    Column("reference", String(60), primary_key=True),
    uuid("till", nullable=False),
    Column("store", Integer, nullable=False),
    Column("staff", Integer, nullable=False),
    Column("shift", Integer),
    dong("amount"),
    Column("since", Instant, nullable=False),  # by the till's clock: when it was sold
    Column("state", String(12), nullable=False, index=True),  # awaited | matched | void | missing | lost
)

# Terminals and wallets: intents with what became of them (protocol §14).
# state: asked | approved | declined | unknown; refunded: đồng that went back; `reference`: what it was asked
# under; `settled`: held against the sales since its last change
payment = Table(
    "payment",
    metadata,
    uuid("intent", primary_key=True),
    uuid("till", nullable=False),
    Column("epoch", Integer, nullable=False, server_default="1"),
    Column("seq", BigInteger, nullable=False),
    Column("shift", Integer),
    Column("store", Integer, nullable=False),
    Column("staff", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("reference", String(60)),
    dong("amount"),
    dong("refunded", server_default="0"),
    Column("state", String(12), nullable=False),
    Column("slip", String(60)),
    Column("at", Instant, nullable=False),
    Column("settled", Boolean, nullable=False, server_default="0", index=True),
)
