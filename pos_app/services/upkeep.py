"""What the till does for its own files while people sell: backups, pruning, a reserve of room on the disk."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from pos_app.domain.errors import TroubleOutside
from pos_app.domain.policy import Policy
from pos_app.storage.backups import Backup, Backups
from pos_app.storage.clock import Clock
from pos_app.storage.escrow import KeyEscrow
from pos_app.storage.pruning import Pruning
from pos_app.storage.reserve import Reserve
from pos_app.storage.shifts import ShiftStore
from pos_app.storage.status import StatusStore

log = logging.getLogger(__name__)

STATUS: Final = "backup"
"""Status row: {at, elsewhere, reason}; `elsewhere` = none, same_disk, ok or a trouble's code."""

EVERY: Final = timedelta(hours=1)
TRY_AGAIN: Final = timedelta(minutes=10)
_STEPS: Final = 5


@dataclass(frozen=True, slots=True)
class UpkeepStores:
    """What is kept up."""

    backups: Backups
    pruning: Pruning
    reserve: Reserve
    escrow: KeyEscrow
    shifts: ShiftStore
    status: StatusStore


class Upkeep:
    """`run_once` is called every minute by a loop of its own; it never raises trouble of the disk."""

    def __init__(self, stores: UpkeepStores, policy: Callable[[], Policy], clock: Clock) -> None:
        self._stores = stores
        self._policy = policy
        self._clock = clock
        self._tried_at: datetime | None = None

    def run_once(self) -> None:
        """A backup when one is due, then a few steps of pruning."""
        now = self._clock.now()
        self._stores.reserve.hold()
        try:
            if self.is_due(now):
                self._tried_at = now
                self.back_up()
            self._prune(now)
        except TroubleOutside as trouble:
            log.warning("upkeep stopped by trouble outside: %s", trouble)

    def is_due(self, now: datetime) -> bool:
        """Hourly, and once after each closing of a shift; after a failure ten minutes later."""
        if self._tried_at is not None and now - self._tried_at < TRY_AGAIN and self._failed():
            return False
        last = self.last_at()
        # one from the future was made by a clock that ran ahead
        return last is None or abs(now - last) >= EVERY or self._closed_since(last)

    def back_up(self) -> Backup:
        """Now, and verified; the copy elsewhere may fail without taking this one back.

        Raises BackupUnsound, DiskFull, DiskTrouble, DatabaseUnreadable.
        """
        stores = self._stores
        try:
            made = stores.backups.make(self._clock.now(), stores.escrow.box())
        except TroubleOutside as trouble:
            self._tell(reason=trouble.code)
            raise
        self._tell(at=made.made_at.isoformat(), reason="", elsewhere=self._carry(made))
        return made

    def last_at(self) -> datetime | None:
        """When the last backup was made that has verified."""
        at = self._row().get("at")
        return None if at is None else datetime.fromisoformat(str(at))

    def _carry(self, made: Backup) -> str:
        place = self._stores.backups.place
        if place.elsewhere is None:
            return "none"
        try:
            self._stores.backups.carry_elsewhere(made)
        except TroubleOutside as trouble:
            log.warning("the backup could not be carried elsewhere: %s", trouble)
            return trouble.code
        return "ok" if place.is_apart else "same_disk"

    def _closed_since(self, last: datetime) -> bool:
        newest = next((row for row in self._stores.shifts.latest(2) if row.closed_at is not None), None)
        return newest is not None and newest.closed_at is not None and newest.closed_at > last

    def _failed(self) -> bool:
        return bool(self._row().get("reason"))

    def _prune(self, now: datetime) -> None:
        incarnation = (self._stores.status.get("sync") or {}).get("incarnation")
        if incarnation is None:
            return
        retention = timedelta(seconds=self._policy().journal_retention)
        for _ in range(_STEPS):
            if not self._stores.pruning.step(now, retention, str(incarnation)):
                return

    def _row(self) -> dict[str, Any]:
        return self._stores.status.get(STATUS) or {}

    def _tell(self, **what: str) -> None:
        self._stores.status.set(STATUS, {**self._row(), **what})
