"""Cases: open conflicts that a person must close with a document, never a timer (protocol §1.10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from central.case_actions import actions_of
from central.keys import instant_text
from central.tables.inbox import case
from central.tables.tills import till
from pos_app.domain.ids import uuid7

GAP_TOO_LONG = "GAP_TOO_LONG"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What a case is about. `facts`: amounts, staff, tills, connectivity, the policy it was allowed under."""

    code: str
    doc_id: str | None = None
    till: str | None = None
    store: int | None = None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Closing:
    """How a case ends: by whom (staff number), with which document."""

    action: str
    by: int
    document: str


def open_case(connection: Connection, trouble: Trouble, now: datetime) -> str:
    """The id of a new case, or of the open one about the same code, document and till."""
    same = select(case.c.id).where(
        case.c.code == trouble.code,
        case.c.doc_id == trouble.doc_id if trouble.doc_id is not None else case.c.doc_id.is_(None),
        case.c.till == trouble.till if trouble.till is not None else case.c.till.is_(None),
        case.c.closed_at.is_(None),
    )
    found = connection.scalar(same.limit(1)) if trouble.doc_id or trouble.till else None
    if found is not None:
        return str(found)
    store = trouble.store
    if store is None and trouble.till is not None:
        store = connection.scalar(select(till.c.store).where(till.c.id == trouble.till))
    made = uuid7(now)
    connection.execute(
        insert(case),
        {
            "id": made,
            "code": trouble.code,
            "store": store,
            "till": trouble.till,
            "doc_id": trouble.doc_id,
            "facts": dict(trouble.facts),
            "opened_at": now,
        },
    )
    return made


def add_facts(connection: Connection, case_id: str, more: Mapping[str, Any]) -> None:
    """What has become known since an open case was opened; a closed one stays as it was decided."""
    here = (case.c.id == case_id) & case.c.closed_at.is_(None)
    facts = connection.scalar(select(case.c.facts).where(here))
    if facts is not None:
        connection.execute(update(case).where(here).values(facts={**facts, **more}, fed=False))


def mark_closed(connection: Connection, case_id: str, closing: Closing, now: datetime) -> bool:
    """Enters the document that decides an open case; False when there is no such open case."""
    done = connection.execute(
        update(case)
        .where(case.c.id == case_id, case.c.closed_at.is_(None))
        .values(
            closed_at=now,
            closed_by=closing.document,
            closed_staff=closing.by,
            action=closing.action,
            fed=False,
        )
    )
    return bool(done.rowcount)


def accepted_gaps(connection: Connection, till_id: str, epoch: int) -> set[int]:
    """Places of a journal that never came, and whose case a person has closed."""
    decided = select(case.c.facts).where(
        case.c.code == GAP_TOO_LONG, case.c.till == till_id, case.c.closed_at.is_not(None)
    )
    return {
        seq for facts in connection.scalars(decided) if facts["epoch"] == epoch for seq in facts["missing"]
    }


def list_cases(
    connection: Connection, only_open: bool = True, store: int | None = None
) -> list[dict[str, Any]]:
    """Newest first."""
    query = select(case).order_by(case.c.id.desc())
    if only_open:
        query = query.where(case.c.closed_at.is_(None))
    if store is not None:
        query = query.where(case.c.store == store)
    return [{"id": row.id, "store": row.store, **case_body(row)} for row in connection.execute(query)]


def case_body(row: Row[Any]) -> dict[str, Any]:
    """A case as feeds and people see it; what is not known is absent."""
    body = {
        "code": row.code,
        "store": row.store,
        "till": row.till,
        "doc_id": row.doc_id,
        "facts": row.facts,
        "opened_at": instant_text(row.opened_at),
    }
    if row.closed_at is None:
        body["actions"] = list(actions_of(row.code))
    else:
        body |= {
            "actions": [],
            "closed_at": instant_text(row.closed_at),
            "closed_by": row.closed_staff,
            "action": row.action,
            "document": row.closed_by,
        }
    return {name: value for name, value in body.items() if value is not None}
