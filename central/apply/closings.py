"""Closings whose documents have all come are compared with what those add up to (protocol §5, §10 j)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, update

from central.apply import shift
from central.cases import Trouble, accepted_gaps, open_case
from central.tables.inbox import result
from central.tables.money import shift as shift_table


def recompute(connection: Connection, place: tuple[str, int], now: datetime) -> set[str]:
    """Every closing of a till's epoch whose range is complete; those that have another result now."""
    changed: set[str] = set()
    for row in shift.awaiting(connection, *place):
        bodies = shift.range_bodies(connection, row)
        if bodies is None:
            _accept_gap(connection, row)
            continue
        wrong = shift.differences(connection, row, bodies)
        values = {"state": shift.state_of(row, wrong), "recomputed": wrong or None}
        connection.execute(update(shift_table).where(_is(row)).values(**values))
        if wrong:
            _doubt(connection, row, wrong, now)
            changed.add(row.close_doc)
    return changed


def _accept_gap(connection: Connection, row: Row[Any]) -> None:
    """It waits no longer for what a person has closed the case of. Should that come after all, it counts."""
    accepted = accepted_gaps(connection, row.till, row.epoch)
    if accepted and shift.is_whole_but_for(connection, row, accepted):
        values = {"state": shift.ACCEPTED_GAP}
        connection.execute(update(shift_table).where(_is(row)).values(**values))


def _is(row: Row[Any]) -> Any:
    return (
        (shift_table.c.till == row.till)
        & (shift_table.c.epoch == row.epoch)
        & (shift_table.c.number == row.number)
    )


def _doubt(connection: Connection, row: Row[Any], wrong: dict[str, Any], now: datetime) -> None:
    facts = {"shift": row.number, "epoch": row.epoch, "staff": row.closed_by, "differences": wrong}
    trouble = Trouble(
        code="CLOSING_MISMATCH", doc_id=row.close_doc, till=row.till, store=row.store, facts=facts
    )
    case_id = open_case(connection, trouble, now)
    values = {"status": "applied_flagged", "codes": ["CLOSING_MISMATCH"], "case": case_id, "at": now}
    connection.execute(update(result).where(result.c.doc_id == row.close_doc).values(**values))
