"""Tills: their epochs and keys, the codes they enrol with, the nonces of their requests."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Integer, String, Table, UniqueConstraint

from central.tables.base import Instant, metadata, uuid

till = Table(
    "till",
    metadata,
    uuid("id", primary_key=True),
    Column("store", Integer, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("name", String(80), nullable=False, server_default=""),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("revoked_entry", JSON),  # {entry, key_id, signature}: what a revoked till is answered
    Column("presented_at", Instant),  # shown by a certificate alone: no personal data before a manager's yes
    Column("seen_at", Instant),
    Column("health", JSON),
    Column("app", String(80)),
    UniqueConstraint("store", "number"),
)

# state: spare | active | retired
epoch = Table(
    "epoch",
    metadata,
    uuid("till", primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("nonce", String(64), nullable=False),
    Column("state", String(10), nullable=False),
    Column("forked_at", BigInteger),  # the lowest seq that is in doubt; once set, no continuity checks
    Column("created_at", Instant, nullable=False),
    Column("retired_at", Instant),
)

till_key = Table(
    "till_key",
    metadata,
    uuid("till", primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("key_no", Integer, primary_key=True, autoincrement=False),
    Column("public_key", String(64), nullable=False),
    Column("seal_key", String(64), nullable=False),
    Column("certificate", JSON, nullable=False),
    Column("valid_from", Instant, nullable=False),
    Column("valid_to", Instant),  # it signs no requests any more; documents verify under it for ever
    Column("used_at", Instant),  # the first request with it
    # newest `head` that this key has shown (protocol §8, fork 3): `head_created` in whole seconds
    Column("head_created", BigInteger),
    Column("head_epoch", Integer),
    Column("head_seq", BigInteger),
)

# The code itself is not kept: `code_hash` = SHA-256 of its text, hex.
enrol_code = Table(
    "enrol_code",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    uuid("till", nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("public_key", String(64)),
    Column("seal_key", String(64)),
    Column("answer", JSON),
    Column("used_at", Instant),
    Column("closed", Boolean, nullable=False, server_default="0"),  # the till's first signed request came
)

# Each till's database key, sealed to the recovery key (protocol §3); the newest one.
keybox = Table(
    "keybox",
    metadata,
    uuid("till", primary_key=True),
    Column("box", String(400), nullable=False),
    Column("at", Instant, nullable=False),
)

nonce = Table(
    "nonce",
    metadata,
    Column("keyid", String(60), primary_key=True),
    Column("nonce", String(80), primary_key=True),
    Column("at", Instant, nullable=False, index=True),
)
