"""Which time counts: a lower bound that nobody at the till can set back, and when the wall must wait."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

BUILT: Final = datetime(2026, 11, 1, tzinfo=UTC)
"""The date of this release: no till that runs it lives before it."""

FAR_AHEAD: Final = timedelta(hours=36)
"""A wall further ahead than this waits until a person has confirmed the date (protocol §8)."""
FAR_OFF: Final = timedelta(hours=24)
"""A server time further than this from the bound and from the wall waits in the same way."""
BEHIND: Final = timedelta(minutes=5)
"""A wall further behind the bound than this is told."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The PC's clock at one moment: `wall` aware UTC, milliseconds that only grow within `boot_id`."""

    wall: datetime
    mono_ms: int
    boot_id: str


@dataclass(frozen=True, slots=True)
class ServerTime:
    """What central said, and what the monotonic clock showed then."""

    told: datetime
    mono_ms: int
    boot_id: str

    def at(self, reading: Reading) -> datetime:
        """What central would say now; of another boot only what it did say, because nothing else is sure."""
        if reading.boot_id != self.boot_id:
            return self.told
        return self.told + timedelta(milliseconds=max(reading.mono_ms - self.mono_ms, 0))


@dataclass(frozen=True, slots=True)
class TrustedTime:
    """What the till knows about time (protocol §8). Frozen: every event makes the next one.

    `local_low` = the newest own document's wall that counts, or the server time accepted after it;
    `waiting` = a server time that a person must confirm first.
    """

    built: datetime = BUILT
    server: ServerTime | None = None
    local_low: datetime | None = None
    waiting: ServerTime | None = None

    # --- what counts ---------------------------------------------------------------------------
    def low(self, reading: Reading) -> datetime:
        """`trusted_low`: it cannot be earlier than this."""
        known = [self.built]
        known += [] if self.server is None else [self.server.at(reading)]
        known += [] if self.local_low is None else [self.local_low]
        return max(known)

    def now(self, reading: Reading) -> datetime:
        """For every expiry check: setting the clock back revives nothing."""
        low = self.low(reading)
        return low if self.wall_waits(reading) else max(reading.wall, low)

    def wall_waits(self, reading: Reading) -> bool:
        """Whether the wall is too far ahead to be believed. A till that knows nothing has only its wall."""
        if self.server is None and self.local_low is None:
            return False
        return reading.wall - self.low(reading) > FAR_AHEAD

    def is_behind(self, reading: Reading) -> bool:
        """Whether somebody has set the clock back, or its battery is empty."""
        return self.low(reading) - reading.wall > BEHIND

    # --- what happens --------------------------------------------------------------------------
    def committed(self, reading: Reading) -> TrustedTime:
        """An own document carries this wall."""
        if self.wall_waits(reading):
            return self
        if self.local_low is not None and reading.wall <= self.local_low:
            return self
        return replace(self, local_low=reading.wall)

    def heard(self, told: datetime, reading: Reading) -> TrustedTime:
        """Central has said what time it is: accepted at once unless it is far from all that is known."""
        server = ServerTime(told, reading.mono_ms, reading.boot_id)
        if min(abs(told - self.low(reading)), abs(told - reading.wall)) > FAR_OFF:
            return replace(self, waiting=server)
        return self._accepted(server)

    def wall_confirmed(self, reading: Reading) -> TrustedTime:
        """A person says that the PC's date is right: a server time that says otherwise is not believed."""
        return replace(self, local_low=max(reading.wall, self.low(reading)), waiting=None)

    def server_confirmed(self) -> TrustedTime:
        """A person says that central's date is right."""
        return self if self.waiting is None else self._accepted(self.waiting)

    def _accepted(self, server: ServerTime) -> TrustedTime:
        """It becomes `local_low` too: a clock that ran ahead cures itself at the next contact."""
        return replace(self, server=server, local_low=server.told, waiting=None)
