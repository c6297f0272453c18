"""What needs a person: answers of central that are not plain, refused codes, papers that did not print."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from pos_app.storage.database import Database
from pos_app.storage.print_jobs import PrintJob, PrintJobStore


@dataclass(frozen=True, slots=True)
class TroubledDocument:
    """An own document that central flagged, parked, quarantined or could not take."""

    doc_id: str
    kind: str
    receipt_no: str | None
    status: Literal["applied_flagged", "parked", "quarantined", "fork", "conflict", "suspect"]
    codes: tuple[str, ...]
    case: str | None
    missing: tuple[str, ...]
    at: str


@dataclass(frozen=True, slots=True)
class RefusedCode:
    """A code that was refused here, and how often."""

    doc_id: str
    serial: str | None
    reason: str
    count: int
    wall: str


class AttentionStore:
    """Read by the screen *Needs attention*."""

    def __init__(self, till: Database) -> None:
        self._till = till

    def documents(self) -> list[TroubledDocument]:
        """Newest first; a flagged one until somebody has seen it."""
        with self._till.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT upload.doc_id, journal.kind, receipt.receipt_no, status, codes, case_id, missing, at "
                "FROM upload JOIN journal USING (doc_id) LEFT JOIN receipt ON receipt.doc_id = upload.doc_id "
                f"WHERE {_WAITS} ORDER BY at DESC"
            ).fetchall()
        return [
            TroubledDocument(
                doc_id,
                kind,
                receipt_no,
                status,
                tuple(json.loads(codes)),
                case,
                tuple(json.loads(missing)),
                at,
            )
            for doc_id, kind, receipt_no, status, codes, case, missing, at in rows
        ]

    def seen(self, doc_id: str) -> None:
        """Somebody has looked at it; a new answer brings it back."""
        with self._till.writing() as connection:
            connection.exec_driver_sql("UPDATE upload SET is_seen = 1 WHERE doc_id = ?", (doc_id,))

    def suspects(self) -> list[TroubledDocument]:
        """Documents that are held back; they go on their own as soon as central takes them."""
        with self._till.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT doc_id, journal.kind, receipt.receipt_no, tried_at FROM suspect "
                "JOIN journal USING (doc_id) "
                "LEFT JOIN receipt USING (doc_id) ORDER BY suspect.epoch DESC, suspect.seq DESC"
            ).fetchall()
        return [
            TroubledDocument(doc_id, kind, receipt_no, "suspect", (), None, (), tried_at)
            for doc_id, kind, receipt_no, tried_at in rows
        ]

    def refused_codes(self, since_wall: str = "", limit: int = 100) -> list[RefusedCode]:
        """Newest first, from this RFC 3339 time of the shop on."""
        with self._till.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT doc_id, coalesce(serial, text_hash), reason, count, wall FROM refused_code "
                "WHERE wall >= ? ORDER BY epoch DESC, seq DESC LIMIT ?",
                (since_wall, limit),
            ).fetchall()
        return [RefusedCode(*row) for row in rows]

    def print_jobs(self) -> list[PrintJob]:
        """Failed and doubtful papers."""
        return PrintJobStore(self._till).troubled()


_WAITS = "status NOT IN ('applied', 'duplicate') AND NOT is_seen"
"""The first half is the condition of the index upload_not_plain, word for word."""
