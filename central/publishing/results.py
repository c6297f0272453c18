"""Feed items of later outcomes: what became of a document after its till had been answered (protocol §6)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from central.bulk import narrowed
from central.feeds import FeedWriter, scope_of
from central.keys import instant_text
from central.tables.inbox import document, private_part, result
from central.tables.tills import till

_ERASED = "erased"


def results(writer: FeedWriter, doc_ids: Iterable[str]) -> None:
    """`<doc_id>` for the till that wrote the document; the office's own have no item."""
    query = (
        select(result, document.c.till, till.c.store, private_part.c.state)
        .join(document, document.c.doc_id == result.c.doc_id)
        .join(till, till.c.id == document.c.till)
        .outerjoin(private_part, private_part.c.doc_id == result.c.doc_id)
    )
    for row in writer.connection.execute(narrowed(query, result.c.doc_id, doc_ids)):
        body = {"status": row.status, "codes": row.codes, "at": instant_text(row.at)}
        if row.case is not None:
            body["case"] = row.case
        if row.missing:
            body["missing"] = row.missing
        if row.state == _ERASED:
            body["private"] = _ERASED
        writer.put("results", scope_of("results", row.store), row.doc_id, body, only=row.till)
