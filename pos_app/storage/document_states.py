"""What is known of each own document: from the journal, central's answers, and what was held back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class DocumentPlace:
    """A document that is not plainly booked; `said` = when central spoke of it last, RFC 3339 or None."""

    doc_id: str
    state: DocumentState
    case: str | None = None
    is_seen: bool = False
    said: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentPicture:
    """One document as it stands; `missing` = what a parked one waits for, `at` = central's last word.

    `amount` in đồng: a receipt's total, the money of a cash movement; None for all others.
    """

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
    amount: int | None = None


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
    f"journal.committed_at, {_STATE} AS state, upload.codes, upload.case_id, upload.missing, upload.at, "
    "CASE WHEN journal.kind IN ('cash_in', 'cash_out') "
    "THEN json_extract(CAST(journal.body AS TEXT), '$.payload.amount') ELSE receipt.total END"
)
_PLACES: Final = (
    "WITH RECURSIVE era (epoch) AS (SELECT min(epoch) FROM journal UNION ALL SELECT "
    "(SELECT min(epoch) FROM journal WHERE epoch > era.epoch) FROM era WHERE era.epoch IS NOT NULL) "
    "SELECT journal.epoch, journal.seq, journal.doc_id, "
    f"{_STATE}, upload.case_id, coalesce(upload.is_seen, 0), upload.at "
    "FROM era LEFT JOIN outbox_mark USING (epoch) "
    "CROSS JOIN journal ON journal.epoch = era.epoch AND journal.seq > coalesce(done_through, 0) "
    "LEFT JOIN upload ON upload.doc_id = journal.doc_id "
    "LEFT JOIN suspect ON suspect.doc_id = journal.doc_id WHERE NOT coalesce(upload.is_done, 0) UNION ALL "
    "SELECT epoch, seq, doc_id, status, case_id, is_seen, at FROM upload INDEXED BY upload_not_plain "
    "WHERE status NOT IN ('applied', 'duplicate') AND is_done ORDER BY 1 DESC, 2 DESC"
)
"""Walks what lies behind the outbox's marks and an index of few rows, never the whole journal."""


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

    def places(self) -> list[DocumentPlace]:
        """Everything that is not plainly booked, newest first: ids only, so that ten thousand are quick."""
        with self._till.reading() as connection:
            rows = connection.exec_driver_sql(_PLACES).fetchall()
        return [
            DocumentPlace(doc_id, DocumentState(state), case, bool(is_seen), said)
            for _epoch, _seq, doc_id, state, case, is_seen, said in rows
        ]

    def pictures(self, doc_ids: Sequence[str]) -> dict[str, DocumentPicture]:
        """Some of them in full, by id; those that are not of this till are absent."""
        marks = ", ".join("?" * len(doc_ids))
        with self._till.reading() as connection:
            rows = connection.exec_driver_sql(
                f"SELECT {_COLUMNS} {_FROM} WHERE journal.doc_id IN ({marks})", tuple(doc_ids)
            ).fetchall()
        return {str(row[0]): _picture(row) for row in rows}


def _picture(row: tuple[object, ...]) -> DocumentPicture:
    doc_id, epoch, seq, kind, receipt_no, made_at, state, codes, case, missing, at, amount = row
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
        amount=None if amount is None else int(str(amount)),
    )


def _texts(value: object) -> tuple[str, ...]:
    return () if value is None else tuple(str(one) for one in json.loads(str(value)))
