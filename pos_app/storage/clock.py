"""What time it is: the wall, the monotonic clock, and which run of the machine they belong to."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from pos_app.domain.ids import uuid7


class Clock(Protocol):
    """Handed in wherever time is needed; tests hand in one that stands still."""

    def now(self) -> datetime:
        """Aware UTC."""

    def mono_ms(self) -> int:
        """Milliseconds that only ever grow while the machine runs."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def mono_ms(self) -> int:
        return time.monotonic_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Boot:
    """Names the run to which `mono_ms` belongs: two runs' monotonic times cannot be compared."""

    boot_id: str

    @classmethod
    def new(cls, clock: Clock) -> Boot:
        return cls(uuid7(clock.now()))
