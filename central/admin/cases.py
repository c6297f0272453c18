"""Cases as a page of them: newest first, those that a key may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from central.admin.api_keys import ApiKey
from central.cases import case_body
from central.errors import NotFound
from central.tables.inbox import case


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which cases. `before`: the id of the last one of the page before."""

    store: int | None = None
    code: str | None = None
    closed: bool = False
    before: str | None = None
    limit: int = 100


def page(connection: Connection, key: ApiKey, wanted: Wanted) -> list[dict[str, Any]]:
    """Open cases, or with `closed` the closed ones."""
    over = case.c.closed_at.is_not(None) if wanted.closed else case.c.closed_at.is_(None)
    query = select(case).where(over).order_by(case.c.id.desc()).limit(wanted.limit)
    if wanted.store is not None:
        query = query.where(case.c.store == wanted.store)
    if key.stores is not None:
        query = query.where(case.c.store.in_(key.stores))
    if wanted.code is not None:
        query = query.where(case.c.code == wanted.code)
    if wanted.before is not None:
        query = query.where(case.c.id < wanted.before)
    return [told(row) for row in connection.execute(query)]


def case_of(connection: Connection, key: ApiKey, case_id: str) -> dict[str, Any]:
    """One case. NotFound, also for one of another store than the key's."""
    row = connection.execute(select(case).where(case.c.id == case_id)).one_or_none()
    if row is None:
        raise NotFound("unknown_case")
    key.need_store(row.store)
    return told(row)


def told(row: Row[Any]) -> dict[str, Any]:
    """With its id, as the `cases` feed has it as key."""
    return {"id": row.id, **case_body(row)}
