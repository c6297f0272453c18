"""Documents by their place in a journal: till, epoch and seq."""

from __future__ import annotations

import re
from typing import Any, cast

from sqlalchemy import Connection, Row, select

from central.tables.inbox import document, result

_FENCE = re.compile(r"([0-9a-f-]{36})/([0-9]{1,3})/([0-9]{1,10})#([0-9a-f]{20})")

Place = tuple[str, int, int]


def document_at(connection: Connection, place: Place, hash10: str) -> Row[Any] | None:
    """The document at a fence whose hash begins so."""
    till, epoch, seq = place
    rows = connection.execute(
        select(document.c.doc_id, document.c.hash).where(
            document.c.till == till, document.c.epoch == epoch, document.c.seq == seq
        )
    )
    for row in rows:
        if bytes(row.hash)[:10].hex() == hash10:
            return cast("Row[Any]", row)
    return None


def fence_text(row: Any) -> str:
    """How another document names this one when it has seen its code only: `till`, `epoch`, `seq`, `hash`."""
    return f"{row.till}/{row.epoch}/{row.seq}#{bytes(row.hash)[:10].hex()}"


def is_booked(connection: Connection, dependency: str) -> bool:
    """Whether what a document depends on has been applied (protocol §5)."""
    doc_id: str | None = dependency
    found = _FENCE.fullmatch(dependency)
    if found is not None:
        row = document_at(connection, (found[1], int(found[2]), int(found[3])), found[4])
        doc_id = None if row is None else row.doc_id
    if doc_id is None:
        return False
    return bool(connection.scalar(select(result.c.booked).where(result.c.doc_id == doc_id)))


def stored_through(connection: Connection, till: str, epoch: int, begin: int) -> int:
    """The last seq before which every document is stored, looking from `begin` on."""
    rows = connection.scalars(
        select(document.c.seq)
        .where(document.c.till == till, document.c.epoch == epoch, document.c.seq > begin)
        .order_by(document.c.seq)
    )
    through = begin
    for seq in rows:
        if seq > through + 1:
            break
        through = max(through, seq)
    return through
