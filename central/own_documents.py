"""A till's own documents as they are stored, page by page: for one that lost its journal (protocol §5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from central import results
from central.tables.inbox import document, private_part, result
from central.tables.tenant import tenant
from sync.messages import Item, ItemResult
from sync.messages.recovery import OWN_DOCUMENTS, OwnDocuments

_PAGE_BYTES = 4 << 20


def page(connection: Connection, till: str, epoch: int, first: int) -> OwnDocuments:
    """The page that begins at `first`. All documents of one place are on the same page."""
    # what came before its till's key was known is proved since it was booked
    proved = document.c.verified | document.c.doc_id.in_(select(result.c.doc_id).where(result.c.booked))
    here = (document.c.till == till, document.c.epoch == epoch, proved)
    seqs = list(
        connection.scalars(
            select(document.c.seq)
            .where(*here, document.c.seq >= first)
            .distinct()
            .order_by(document.c.seq)
            .limit(OWN_DOCUMENTS + 1)
        )
    )
    rows = connection.execute(
        select(document, private_part.c.salt, private_part.c.bytes.label("private"))
        .outerjoin(private_part, private_part.c.doc_id == document.c.doc_id)
        .where(*here, document.c.seq.in_(seqs[:OWN_DOCUMENTS]))
        .order_by(document.c.seq, document.c.received_at)
    )
    items: list[Item] = []
    size = 0
    following = seqs[OWN_DOCUMENTS] if len(seqs) > OWN_DOCUMENTS else None
    for row in rows:
        size += len(row.body) + len(row.private or b"")
        if items and size > _PAGE_BYTES and row.seq != items[-1].seq:
            following = row.seq
            break
        items.append(_item(row))
    return OwnDocuments(
        items=items,
        results=_results(connection, items),
        next=following,
        incarnation=connection.execute(select(tenant.c.incarnation)).scalar_one(),
    )


def _item(row: Row[Any]) -> Item:
    return Item(
        till=row.till,
        epoch=row.epoch,
        seq=row.seq,
        doc_id=row.doc_id,
        body=bytes(row.body).decode("utf-8"),
        hash=bytes(row.hash).hex(),
        signature=bytes(row.signature).hex(),
        private=None if row.private is None else bytes(row.private).decode("utf-8"),
        salt=None if row.salt is None else bytes(row.salt).hex(),
    )


def _results(connection: Connection, items: Sequence[Item]) -> list[ItemResult]:
    """What has none yet is stored all the same; the till sends it once more and learns it then."""
    answered = results.answers(connection, [one.doc_id for one in items])
    return [results.told(answered, one.doc_id, one.hash, is_duplicate=True) for one in items]
