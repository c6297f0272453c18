"""Feed items of cases: what is open in a store and how it may be closed, and what was closed lately."""

from __future__ import annotations

from sqlalchemy import select, update

from central.cases import case_body
from central.feeds import FeedWriter, scope_of
from central.tables.inbox import case


def cases(writer: FeedWriter) -> None:
    """`<case id>` of everything opened or closed since the last time; what has no store has no item.

    Cases are opened in many places, some of which may not write feeds (the inbox): each case says itself
    whether the feed tells it as it is.
    """
    rows = list(writer.connection.execute(select(case).where(case.c.fed.is_(False)).order_by(case.c.id)))
    for row in rows:
        if row.store is not None:
            writer.put("cases", scope_of("cases", row.store), row.id, case_body(row))
    for row in rows:
        writer.connection.execute(update(case).where(case.c.id == row.id).values(fed=True))
