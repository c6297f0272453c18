"""Documents held back because central cannot take them: shown, and tried alone, for ever (protocol §5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pos_app.storage.clock import Clock
from pos_app.storage.database import Database

TRY_AGAIN_AFTER: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Suspect:
    """`since` = when it was held back first, `tried_at` = when it was sent last; aware."""

    doc_id: str
    epoch: int
    seq: int
    since: datetime
    tried_at: datetime

    def is_due(self, now: datetime) -> bool:
        """An hour has passed; a clock that was set back in between counts as one."""
        return abs(now - self.tried_at) >= TRY_AGAIN_AFTER


class SuspectStore:
    """Kept over a restart: else each start would let one document hold up all others anew.

    The wall clock is good enough here: a wrong one only moves the next try.
    """

    def __init__(self, till: Database, clock: Clock) -> None:
        self._till = till
        self._clock = clock

    def all(self) -> list[Suspect]:
        """In the order of the journal."""
        with self._till.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT doc_id, epoch, seq, since, tried_at FROM suspect ORDER BY epoch, seq"
            ).fetchall()
        return [
            Suspect(doc_id, epoch, seq, datetime.fromisoformat(since), datetime.fromisoformat(tried))
            for doc_id, epoch, seq, since, tried in rows
        ]

    def tried(self, doc_id: str, epoch: int, seq: int) -> None:
        """Hold it back from now on, or once more for an hour."""
        now = self._clock.now().isoformat()
        with self._till.writing() as connection:
            connection.exec_driver_sql(
                "INSERT INTO suspect (doc_id, epoch, seq, since, tried_at) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (doc_id) DO UPDATE SET tried_at = excluded.tried_at",
                (doc_id, epoch, seq, now, now),
            )

    def cleared(self, doc_ids: Iterable[str]) -> None:
        """Central has answered for these."""
        with self._till.writing() as connection:
            for doc_id in doc_ids:
                connection.exec_driver_sql("DELETE FROM suspect WHERE doc_id = ?", (doc_id,))

    def try_now(self, doc_id: str) -> None:
        """A person wants it tried at once; alone it stays."""
        long_ago = (self._clock.now() - TRY_AGAIN_AFTER).isoformat()
        with self._till.writing() as connection:
            connection.exec_driver_sql("UPDATE suspect SET tried_at = ? WHERE doc_id = ?", (long_ago, doc_id))
