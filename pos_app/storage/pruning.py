"""Pruning: what central has long acknowledged leaves the journal, and its last hash stays as a checkpoint."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from pos_app.storage.database import Database

STEP: Final = 200
"""Documents that one transaction deletes: a sale waits for no more than that."""
NEWEST_KEPT: Final = 1000
"""Of each epoch, however old: what a start checks, and the head that the next document names."""

# Plainly settled: nobody has to look at it any more.
_SETTLED: Final = "is_done AND (status IN ('applied', 'duplicate') OR (is_seen AND status <> 'quarantined'))"


class Pruning:
    """Projections stay: vouchers, credits, points and returns are answered from them as before.

    Never pruned: what the *current* incarnation of central has not acknowledged, what waits for a person,
    documents of a shift that is open or still to be verified.
    """

    def __init__(self, till: Database) -> None:
        self._till = till

    def step(self, now: datetime, retention: timedelta, incarnation: str) -> int:
        """Delete at most 200 documents of one epoch; how many. 0 = there is nothing left to do."""
        before = (now - retention).isoformat(timespec="milliseconds")
        with self._till.reading() as connection:
            if _through(connection, before, incarnation) is None:
                return 0
        with self._till.writing() as connection:
            place = _through(connection, before, incarnation)
            return 0 if place is None else _prune(connection, *place, now)


def _through(connection: Connection, before: str, incarnation: str) -> tuple[int, int] | None:
    """(epoch, seq) up to which can be pruned now; None when nowhere."""
    epochs = connection.exec_driver_sql(
        "SELECT epoch, min(seq), max(seq) FROM journal GROUP BY epoch ORDER BY epoch"
    )
    for epoch, first, last in epochs.fetchall():
        limit = min(first + STEP - 1, last - NEWEST_KEPT)
        if limit < first:
            continue
        kept = _first_kept(connection, (epoch, first, limit), before, incarnation)
        through = limit if kept is None else kept - 1
        if through >= first:
            return epoch, through
    return None


def _first_kept(
    connection: Connection, window: tuple[int, int, int], before: str, incarnation: str
) -> int | None:
    """The first document of the window that must stay."""
    seq: int | None = connection.exec_driver_sql(
        "SELECT min(seq) FROM journal AS j WHERE epoch = ? AND seq BETWEEN ? AND ? AND ("
        "committed_at >= ? OR NOT EXISTS (SELECT 1 FROM upload WHERE upload.doc_id = j.doc_id "
        f"AND incarnation = ? AND {_SETTLED}) OR EXISTS ("
        "SELECT 1 FROM shift_document AS d JOIN shift ON shift.epoch = d.epoch AND shift.number = d.shift "
        "WHERE d.doc_id = j.doc_id AND (state = 'open' OR (state = 'closed' AND to_verify))))",
        (*window, before, incarnation),
    ).scalar_one()
    return seq


def _prune(connection: Connection, epoch: int, through: int, now: datetime) -> int:
    here = "epoch = ? AND seq <= ?"
    doc_ids = f"doc_id IN (SELECT doc_id FROM journal WHERE {here})"
    # the checkpoint first: its triggers look at what is about to go, and permit it to go
    connection.exec_driver_sql("DELETE FROM journal_checkpoint WHERE epoch = ?", (epoch,))
    connection.exec_driver_sql(
        "INSERT INTO journal_checkpoint (epoch, seq, hash, at) "
        "SELECT epoch, seq, hash, ? FROM journal WHERE epoch = ? AND seq = ?",
        (now.isoformat(), epoch, through),
    )
    connection.exec_driver_sql(f"DELETE FROM private WHERE {doc_ids}", (epoch, through))
    gone = connection.exec_driver_sql(f"DELETE FROM journal WHERE {here}", (epoch, through)).rowcount
    connection.exec_driver_sql(f"DELETE FROM upload WHERE {here}", (epoch, through))
    return gone
