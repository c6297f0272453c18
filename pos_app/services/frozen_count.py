"""A count of the drawer that was compared already: it stands until its shift is closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos_app.domain.cash import count_json
from pos_app.storage.shifts import OpenShift
from pos_app.storage.status import StatusStore

_ROW: Final = "shift_count"


class FrozenCount:
    """Give it a status on the connection with synchronous=FULL: neither the end of the program nor a power
    cut thaws it."""

    def __init__(self, status: StatusStore) -> None:
        self._status = status

    def of(self, shift: OpenShift) -> dict[int, int] | None:
        """Pieces by denomination; None while nobody has seen what should be there."""
        kept = self._status.get(_ROW) or {}
        if (kept.get("epoch"), kept.get("number")) != (shift.epoch, shift.number):
            return None
        return {int(note): pieces for note, pieces in kept["counts"].items()}

    def freeze(self, shift: OpenShift, counts: Mapping[int, int]) -> None:
        """From now on nothing may be put into the drawer or taken out (rules: Shifts, counting)."""
        row = {"epoch": shift.epoch, "number": shift.number, "counts": count_json(counts)}
        self._status.set(_ROW, row)
