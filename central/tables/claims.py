"""What a till has asked for before its act, until the document comes or the time is over."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Integer, String, Table

from central.tables.base import Instant, metadata, uuid

# name: <kind>/<key>, the key as central knows it; quantity in the unit of the kind
claim = Table(
    "claim",
    metadata,
    Column("name", String(120), primary_key=True),
    uuid("doc_id", primary_key=True, index=True),
    Column("quantity", BigInteger, nullable=False),
    uuid("till", nullable=False, index=True),
    Column("until", Instant, nullable=False, index=True),
)

# How often each till was answered what, a day (UTC). what: a kind of check, or lookup_<by>; verdict: a word
check_count = Table(
    "check_count",
    metadata,
    uuid("till", primary_key=True),
    Column("day", Date, primary_key=True),
    Column("what", String(20), primary_key=True),
    Column("verdict", String(20), primary_key=True),
    Column("number", Integer, nullable=False),
)
