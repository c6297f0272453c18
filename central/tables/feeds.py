"""The feeds as the tills read them: live items and tombstones, each with its place in the order."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String, Table, Text

from central.tables.base import metadata

# `body`: JSON text, NULL = deleted. `only`: the one till that sees the item ("" = all).
# The key of an item for one till carries no till id on the wire: uniqueness is (feed, scope, only, key).
feed_item = Table(
    "feed_item",
    metadata,
    Column("feed", String(20), primary_key=True),
    Column("scope", String(20), primary_key=True),
    Column("only", String(36), primary_key=True),
    Column("key", String(120), primary_key=True),
    Column("ver", BigInteger, nullable=False),
    Column("body", Text),
    Index("ix_feed_item_ver", "feed", "scope", "ver"),
)

# One row per (feed, scope), taken last in the writing transaction. `live` and `checksum` count the live
# items that every till of the scope sees.
feed_counter = Table(
    "feed_counter",
    metadata,
    Column("feed", String(20), primary_key=True),
    Column("scope", String(20), primary_key=True),
    Column("handle", String(32), nullable=False),
    Column("ver", BigInteger, nullable=False),
    Column("live", BigInteger, nullable=False),
    Column("checksum", String(20), nullable=False),
)

# What of a till's documents stands in the feeds: per epoch, as the markers say it (protocol §6).
feed_marker = Table(
    "feed_marker",
    metadata,
    Column("till", String(36), primary_key=True),
    Column("epoch", BigInteger, primary_key=True, autoincrement=False),
    Column("through", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)
