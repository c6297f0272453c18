"""What is known of each own document: from the journal, central's answers, and what was held back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos_app.storage.database import Database


class DocumentState(StrEnum):
    """unsent = no answer yet; again = central lost it, or wants its private part; the rest as protocol §5."""

    UNSENT = "unsent"
    AGAIN = "again"
    SUSPECT = "suspect"
    APPLIED = "applied"
    DUPLICATE = "duplicate"
    FLAGGED = "applied_flagged"
    PARKED = "parked"
    QUARANTINED = "quarantined"
    FORK = "fork"
    CONFLICT = "conflict"


PLAIN: Final = frozenset({DocumentState.APPLIED, DocumentState.DUPLICATE})
"""Central has them and nothing more is to be said."""


@dataclass(frozen=True, slots=True)
class DocumentPicture:
    """One document as it stands; `missing` = what a parked one waits for, `at` = central's last word."""

    doc_id: str
    epoch: int
    seq: int
    kind: str
    receipt_no: str
    made_at: str
    state: DocumentState
    codes: tuple[str, ...] = ()
    case: str | None = None
    missing: tuple[str, ...] = ()
    at: str | None = None


_STATE: Final = (
    "CASE WHEN upload.status = 'conflict' THEN 'conflict' "
    "WHEN coalesce(upload.is_done, 0) THEN upload.status "
    "WHEN suspect.doc_id IS NOT NULL THEN 'suspect' "
    "WHEN upload.doc_id IS NOT NULL THEN 'again' ELSE 'unsent' END"
)
_FROM: Final = (
    "FROM journal LEFT JOIN upload ON upload.doc_id = journal.doc_id "
    "LEFT JOIN suspect ON suspect.doc_id = journal.doc_id "
    "LEFT JOIN receipt ON receipt.doc_id = journal.doc_id "
)
_COLUMNS: Final = (
    "journal.doc_id, journal.epoch, journal.seq, journal.kind, coalesce(receipt.receipt_no, ''), "
    f"journal.committed_at, {_STATE} AS state, upload.codes, upload.case_id, upload.missing, upload.at"
)
_SETTLED: Final = "(coalesce(upload.is_done, 0) AND upload.status IN ('applied', 'duplicate'))"


class DocumentStates:
    """Reads till.db alone; `LaterOutcomes` brings into it what central says afterwards."""

    def __init__(self, till: Database) -> None:
        self._till = till
        self._kept: tuple[object, Mapping[DocumentState, int]] | None = None

    def of(self, doc_id: str) -> DocumentPicture | None:
        """One document; None when it is not of this till."""
        with self._till.reading() as connection:
            row = connection.exec_driver_sql(
                f"SELECT {_COLUMNS} {_FROM} WHERE journal.doc_id = ?", (doc_id,)
            ).fetchone()
        return None if row is None else _picture(row)

    def counts(self) -> Mapping[DocumentState, int]:
        """How many documents stand how; states without one are absent.

        Walks the journal, once after each write: a page may ask every second.
        """
        mark = self._till.mark
        if self._kept is None or self._kept[0] is not mark:
            with self._till.reading() as connection:
                rows = connection.exec_driver_sql(
                    f"SELECT {_STATE} AS state, count(*) {_FROM} GROUP BY state"
                )
                self._kept = mark, {DocumentState(state): int(count) for state, count in rows}
        return self._kept[1]

    def not_settled(self, limit: int) -> list[DocumentPicture]:
        """Everything that is not plainly booked, newest first, at most so many."""
        with self._till.reading() as connection:
            rows = connection.exec_driver_sql(
                f"SELECT {_COLUMNS} {_FROM} WHERE NOT {_SETTLED} "
                "ORDER BY journal.epoch DESC, journal.seq DESC LIMIT ?",
                (limit,),
            ).fetchall()
        return [_picture(row) for row in rows]


def _picture(row: tuple[object, ...]) -> DocumentPicture:
    doc_id, epoch, seq, kind, receipt_no, made_at, state, codes, case, missing, at = row
    return DocumentPicture(
        doc_id=str(doc_id),
        epoch=int(str(epoch)),
        seq=int(str(seq)),
        kind=str(kind),
        receipt_no=str(receipt_no),
        made_at=str(made_at),
        state=DocumentState(str(state)),
        codes=_texts(codes),
        case=None if case is None else str(case),
        missing=_texts(missing),
        at=None if at is None else str(at),
    )


def _texts(value: object) -> tuple[str, ...]:
    return () if value is None else tuple(str(one) for one in json.loads(str(value)))
