"""Places of the journal that a damaged till.db did not give back, until a person has seen them (§8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pos_app.storage.database import Database
from pos_app.storage.salvage import Lost
from pos_app.storage.status import StatusStore

_SEEN: Final = "lost_seen"


@dataclass(frozen=True, slots=True)
class LostPlaces:
    """The stretches nobody has looked at yet, in their order, and when the first of them was noted."""

    stretches: tuple[Lost, ...]
    at: datetime

    @property
    def count(self) -> int:
        """How many documents would stand there."""
        return sum(one.count for one in self.stretches)


class LostStore:
    """What central sends back closes a stretch or makes it smaller; a smaller one is shown again."""

    def __init__(self, till: Database, status: StatusStore) -> None:
        self._till = till
        self._status = status

    def unseen(self) -> LostPlaces | None:
        """None when nothing is missing, or all of it was seen."""
        seen = (self._status.get(_SEEN) or {}).get("stretches", [])
        with self._till.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT epoch, first, last, at FROM journal_lost ORDER BY epoch, first"
            ).fetchall()
        left = [row for row in rows if [*row[:3]] not in seen]
        if not left:
            return None
        first = min(datetime.fromisoformat(row[3]) for row in left)
        return LostPlaces(tuple(Lost(*row[:3]) for row in left), first)

    def seen(self, places: LostPlaces) -> None:
        """Somebody has read about them."""
        former = (self._status.get(_SEEN) or {}).get("stretches", [])
        now = [[one.epoch, one.first, one.last] for one in places.stretches]
        self._status.set(_SEEN, {"stretches": [*former, *now]})
