"""What became of each document, as it is kept and as it is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

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


def save(
    connection: Connection, doc_id: str, outcome: Outcome, now: datetime, *, is_first: bool = False
) -> None:
    """Keeps an outcome; the first status a document ever got stays beside the newest.

    `is_first`: it is known to have none yet, so nothing need be looked for.
    """
    values: dict[str, Any] = {
        "status": outcome.status,
        "codes": outcome.codes,
        "case": outcome.case,
        "missing": outcome.missing,
        "booked": outcome.booked,
        "fork": outcome.fork,
        "note": outcome.note[:300],
        "at": now,
    }
    row = {"doc_id": doc_id, "first": outcome.status, **values}
    if is_first:
        connection.execute(insert(result), row)
    else:
        done = connection.execute(update(result).where(result.c.doc_id == doc_id).values(**values))
        if not done.rowcount:
            connection.execute(insert(result), row)
        connection.execute(delete(waiting).where(waiting.c.doc_id == doc_id))
    if outcome.missing:
        rows = [{"doc_id": doc_id, "missing": name, "since": now} for name in dict.fromkeys(outcome.missing)]
        connection.execute(insert(waiting), rows)


def answer(connection: Connection, doc_id: str, hash_text: str, is_duplicate: bool) -> ItemResult | None:
    """The result of a stored document; None while it has none."""
    row = connection.execute(select(result).where(result.c.doc_id == doc_id)).one_or_none()
    if row is None:
        return None
    private = connection.scalar(select(private_part.c.state).where(private_part.c.doc_id == doc_id))
    return ItemResult(
        doc_id=doc_id,
        hash=hash_text,
        status="duplicate" if is_duplicate else row.status,
        codes=row.codes,
        case=row.case,
        missing=row.missing,
        first=row.status if is_duplicate else None,
        private=private,
    )
