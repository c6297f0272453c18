"""What became of each document, as it is kept and as it is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from central.bulk import among
from central.tables.inbox import private_part, result, waiting
from sync.messages import ItemResult, ResultStatus


@dataclass(frozen=True, slots=True)
class Outcome:
    """The status of protocol §5. `note` is for people at central and never leaves it."""

    status: ResultStatus
    codes: list[str] = field(default_factory=list)
    case: str | None = None
    missing: list[str] = field(default_factory=list)
    booked: bool = False
    fork: bool = False
    note: str = ""


def first_row(doc_id: str, outcome: Outcome, now: datetime) -> dict[str, Any]:
    """The row of a document that has no outcome yet."""
    return {"doc_id": doc_id, "first": outcome.status, **_values(outcome, now)}


def waiting_rows(doc_id: str, outcome: Outcome, now: datetime) -> list[dict[str, Any]]:
    """What a parked document waits for."""
    return [{"doc_id": doc_id, "missing": name, "since": now} for name in dict.fromkeys(outcome.missing)]


def save(connection: Connection, doc_id: str, outcome: Outcome, now: datetime) -> None:
    """Keeps an outcome; the first status a document ever got stays beside the newest."""
    values = _values(outcome, now)
    done = connection.execute(update(result).where(result.c.doc_id == doc_id).values(**values))
    if not done.rowcount:
        connection.execute(insert(result), {"doc_id": doc_id, "first": outcome.status, **values})
    connection.execute(delete(waiting).where(waiting.c.doc_id == doc_id))
    if outcome.missing:
        connection.execute(insert(waiting), waiting_rows(doc_id, outcome, now))


def _values(outcome: Outcome, now: datetime) -> dict[str, Any]:
    return {
        "status": outcome.status,
        "codes": outcome.codes,
        "case": outcome.case,
        "missing": outcome.missing,
        "booked": outcome.booked,
        "fork": outcome.fork,
        "note": outcome.note[:300],
        "at": now,
    }


def answers(connection: Connection, doc_ids: Sequence[str]) -> dict[str, Row[Any]]:
    """What is answered for stored documents, with `private`, the state of their private parts; one that has
    no outcome yet is missing."""
    query = select(result, private_part.c.state.label("private")).outerjoin(
        private_part, private_part.c.doc_id == result.c.doc_id
    )
    return {row.doc_id: row for row in connection.execute(query.where(among(result.c.doc_id, doc_ids)))}


def told(answered: Mapping[str, Row[Any]], doc_id: str, hash_text: str, *, is_duplicate: bool) -> ItemResult:
    """One of `answers`, in the words of the wire. What has none yet is to be sent once more."""
    row = answered.get(doc_id)
    if row is None:
        return ItemResult(doc_id=doc_id, hash=hash_text, status="retry")
    return ItemResult(
        doc_id=doc_id,
        hash=hash_text,
        status="duplicate" if is_duplicate else row.status,
        codes=row.codes,
        case=row.case,
        missing=row.missing,
        first=row.status if is_duplicate else None,
        private=row.private,
    )
