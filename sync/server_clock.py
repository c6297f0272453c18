"""Central's time as the till knows it: last server time plus monotonic time since (protocol §4.4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """The part of pos_app.storage.clock.Clock that is needed here."""

    def now(self) -> datetime:
        """Aware UTC."""

    def mono_ms(self) -> int:
        """Milliseconds that only ever grow."""


class ServerClock:
    """Before central was heard, the PC's own clock; afterwards that is never looked at again."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heard: tuple[datetime, int] | None = None
        self._accepted: datetime | None = None

    def learn(self, server_time: datetime) -> None:
        """Central has just said what time it is (aware)."""
        self._heard = (server_time, self._clock.mono_ms())

    def now(self) -> datetime:
        """Central's time by our reckoning, aware UTC."""
        if self._heard is None:
            return self._clock.now()
        told, at = self._heard
        return told + timedelta(milliseconds=self._clock.mono_ms() - at)

    def created(self) -> datetime:
        """For the next signature: whole seconds, never below one that central has already accepted.

        Only accepted ones count: a PC clock far ahead must be able to come back after `clock_skew`.
        """
        now = self.now().replace(microsecond=0)
        return now if self._accepted is None else max(now, self._accepted)

    def accepted(self, created: datetime) -> None:
        """Central took a request signed with this time."""
        if self._accepted is None or created > self._accepted:
            self._accepted = created
