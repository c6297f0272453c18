"""Private parts of documents: what is personal about them, beside the chain, so that it can be erased."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, update

from central.tables.inbox import private_part

ERASED = "erased"
_AT_A_TIME = 500


def forget(connection: Connection, doc_ids: Sequence[str], now: datetime) -> None:
    """Salt and bytes of these are gone for good; hashes, chain and signatures stay valid (protocol §3)."""
    for start in range(0, len(doc_ids), _AT_A_TIME):
        here = private_part.c.doc_id.in_(doc_ids[start : start + _AT_A_TIME])
        values = {"state": ERASED, "salt": None, "bytes": None, "at": now}
        connection.execute(update(private_part).where(here).values(values))
