"""What central says of documents later on: the feed `results`, taken over into till.db (protocol §6)."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from pos_app.storage import erasing
from pos_app.storage.clock import Clock
from pos_app.storage.files import TillFiles
from pos_app.storage.json_text import object_of, text_of

log = logging.getLogger(__name__)

FEED: Final = "results"
_BATCH: Final = 500
_STATUSES: Final = frozenset(
    {"applied", "applied_flagged", "duplicate", "parked", "quarantined", "fork", "conflict"}
)


@dataclass(frozen=True, slots=True)
class _Outcome:
    ver: int
    doc_id: str
    body: Mapping[str, Any]


class LaterOutcomes:
    """The feed's file may be deleted at any time; what it said stands in `upload` from here on.

    An item is taken over once, by its version: an answer to an upload that came after it is newer. A
    document leaves the outbox only by such an answer, so one that has none yet is left as it is.
    """

    def __init__(self, files: TillFiles, clock: Clock) -> None:
        self._files = files
        self._clock = clock

    def take_over(self) -> int:
        """Everything new, in small transactions: a sale never waits long. Returns how many items."""
        count = 0
        while batch := self._next():
            handle, outcomes = batch
            with self._files.till.writing() as connection:
                for one in outcomes:
                    self._take(connection, one)
                connection.exec_driver_sql(
                    "INSERT INTO results_taken (id, handle, ver) VALUES (1, ?, ?) "
                    "ON CONFLICT (id) DO UPDATE SET handle = excluded.handle, ver = excluded.ver",
                    (handle, outcomes[-1].ver),
                )
            count += len(outcomes)
        return count

    def _next(self) -> tuple[str, Sequence[_Outcome]] | None:
        with self._files.store.reading() as connection:
            feed = connection.exec_driver_sql("SELECT handle FROM feed WHERE name = ?", (FEED,)).fetchone()
            if feed is None:
                return None
            rows = connection.exec_driver_sql(
                "SELECT ver, key, body FROM item WHERE feed = ? AND ver > ? ORDER BY ver LIMIT ?",
                (FEED, self._taken_of(feed[0]), _BATCH),
            ).fetchall()
        outcomes = [_Outcome(int(ver), key, object_of(body)) for ver, key, body in rows]
        return (feed[0], outcomes) if outcomes else None

    def _taken_of(self, handle: str) -> int:
        """The version up to which this feed was taken over; 0 for one that begins anew."""
        with self._files.till.reading() as connection:
            row = connection.exec_driver_sql(
                "SELECT ver FROM results_taken WHERE handle = ?", (handle,)
            ).fetchone()
        return 0 if row is None else int(row[0])

    def _take(self, connection: Connection, one: _Outcome) -> None:
        if one.body.get("private") == "erased":
            erasing.erase(connection, one.doc_id)
        status = one.body.get("status")
        if status not in _STATUSES:
            log.warning("central says %r of a document: not known to this version", status)
            return
        case = one.body.get("case")
        # only a different word is news: what somebody has seen already stays seen
        connection.exec_driver_sql(
            "UPDATE upload SET status = :status, codes = :codes, case_id = :case, "
            "missing = CASE WHEN :status = 'parked' THEN missing ELSE '[]' END, at = :at, is_seen = 0 "
            "WHERE doc_id = :doc_id AND (status, codes, case_id) IS NOT (:status, :codes, :case)",
            {
                "doc_id": one.doc_id,
                "status": status,
                "codes": text_of([str(code) for code in one.body.get("codes") or ()]),
                "case": None if case is None else str(case),
                "at": self._clock.now().isoformat(),
            },
        )
