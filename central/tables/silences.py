"""When tills were not heard: what tells a store without a line from one till without a cable."""

from __future__ import annotations

from sqlalchemy import Column, Table

from central.tables.base import Instant, metadata, uuid

silence = Table(
    "silence",
    metadata,
    uuid("till", primary_key=True),
    Column("since", Instant, primary_key=True),  # it was heard
    Column("until", Instant, nullable=False, index=True),  # it was heard again
)
