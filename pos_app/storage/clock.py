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
        """Milliseconds that only ever grow while the machine is on, asleep or not."""


class SystemClock:
    """The clock of this machine. Its monotonic time goes on while the machine sleeps."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def mono_ms(self) -> int:
        return _mono_ns() // 1_000_000


def _mono_ns() -> int:
    """Linux alone has a monotonic clock that stands still in suspend, and another one that does not."""
    through_sleep = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic_ns() if through_sleep is None else time.clock_gettime_ns(through_sleep)


@dataclass(frozen=True, slots=True)
class Boot:
    """Names the run to which `mono_ms` belongs: two runs' monotonic times cannot be compared."""

    boot_id: str

    @classmethod
    def new(cls, clock: Clock) -> Boot:
        return cls(uuid7(clock.now()))
