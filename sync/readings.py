"""What a request with a head says of the till at this moment: head, clock, health."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from pos_app.storage.clock import Boot, Clock
from pos_app.storage.journal import Journal
from sync.messages import Clock as ClockReading
from sync.messages import Head, Health

HEALTH_HOLDS_MS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Reading:
    """One of them."""

    head: Head
    clock: ClockReading
    health: Health


class Readings:
    """`health` counts the outbox, which takes a while when much is in it; `more` = what syncing knows."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        boot: Boot,
        health: Callable[[], Health],
        more: Callable[[], Mapping[str, object]],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._boot = boot
        self._count = health
        self._more = more
        self._health: Health | None = None
        self._counted_ms = 0

    def now(self) -> Reading:
        """Everything read anew."""
        self._health = self._count()
        self._counted_ms = self._clock.mono_ms()
        return self._with(self._health)

    def on_the_way(self) -> Reading:
        """For one batch of many: its health may be two seconds old."""
        if self._health is None or self._clock.mono_ms() - self._counted_ms > HEALTH_HOLDS_MS:
            return self.now()
        return self._with(self._health)

    def _with(self, health: Health) -> Reading:
        head = self._journal.head()
        return Reading(
            head=Head(epoch=head.epoch, seq=head.seq, hash=head.hash.hex()),
            clock=ClockReading(
                wall=self._clock.now().isoformat(timespec="milliseconds"),
                mono_ms=self._clock.mono_ms(),
                boot_id=self._boot.boot_id,
            ),
            health=health.model_copy(update=dict(self._more())),
        )
