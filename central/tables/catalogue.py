"""Goods, prices, promotions and voucher campaigns. Prices and rules are added, never edited in place."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Integer, String, Table

from central.tables.base import Instant, metadata

# vat: [{rate, from, to?}] in basis points
category = Table(
    "category",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("icon", String(40), nullable=False, server_default=""),
    Column("vat", JSON, nullable=False),
    Column("return_days", Integer, nullable=False),
    Column("uncoded", Boolean, nullable=False, server_default="0"),
)

# `body`: the rest of the feed item (style, variant, colour, colour_name, size, unit, weighed, barcodes,
# shelf, no_return …), without id, sku, name, category, rank and prices.
product = Table(
    "product",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("sku", String(60), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("category", String(40), nullable=False, index=True),
    Column("rank", Integer, nullable=False, server_default="0"),
    Column("body", JSON, nullable=False),
    Column("withdrawn_at", Instant),
)

# store 0 = every store; a row with the store's own number wins for that store (same tier)
product_price = Table(
    "product_price",
    metadata,
    Column("product", String(40), primary_key=True),
    Column("store", Integer, primary_key=True, autoincrement=False),
    Column("ver", Integer, primary_key=True, autoincrement=False),
    Column("amount", BigInteger, nullable=False),
    Column("valid_from", Instant, nullable=False),
    Column("valid_to", Instant),
    Column("tier", String(20)),
)

# `body`: the whole feed item of `promotion/<id>`; store 0 = every store
promotion = Table(
    "promotion",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("ver", Integer, primary_key=True, autoincrement=False),
    Column("store", Integer, nullable=False, server_default="0"),
    Column("valid_from", Instant, nullable=False),
    Column("valid_to", Instant),
    Column("body", JSON, nullable=False),
)

# `body`: the whole feed item of `campaign/<no>`; store 0 = every store
campaign = Table(
    "campaign",
    metadata,
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("ver", Integer, primary_key=True, autoincrement=False),
    Column("store", Integer, nullable=False, server_default="0"),
    Column("body", JSON, nullable=False),
)
