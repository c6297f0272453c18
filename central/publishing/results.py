"""Feed items of later outcomes: what became of a document after its till had been answered (protocol §6)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from central.feeds import FeedWriter, scope_of
from central.keys import instant_text
from central.publishing.catalogue import chunks
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
    for condition in chunks(doc_ids, result.c.doc_id):
        for row in writer.connection.execute(query if condition is None else query.where(condition)):
            body = {"status": row.status, "codes": row.codes, "at": instant_text(row.at)}
            if row.case is not None:
                body["case"] = row.case
            if row.missing:
                body["missing"] = row.missing
            if row.state == _ERASED:
                body["private"] = _ERASED
            writer.put("results", scope_of("results", row.store), row.doc_id, body, only=row.till)
