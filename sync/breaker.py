"""A circuit breaker for questions that a customer waits for: after silence nobody pays for it again."""

from __future__ import annotations

import threading
from typing import Final, Protocol

FAILURES: Final = 2
PAUSE_MS: Final = 30_000


class _Mono(Protocol):
    def mono_ms(self) -> int:
        """Milliseconds that only ever grow."""


class Breaker:
    """Open at first; the sync loop's hello closes it, its failure or two silences in a row open it.

    While open one question every 30 s is let through, to find out. Monotonic time only: a till's clock may
    jump (decision 5). Used by several threads.
    """

    def __init__(self, clock: _Mono) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._failures = 0
        self._opened_ms: int | None = clock.mono_ms()

    @property
    def lets_through(self) -> bool:
        """Whether a question would be let through now."""
        with self._guard:
            return self._is_passable()

    def enter(self) -> bool:
        """Ask for one question; of an open breaker the one of this half minute."""
        with self._guard:
            if not self._is_passable():
                return False
            if self._opened_ms is not None:
                self._opened_ms = self._clock.mono_ms()
            return True

    def succeeded(self) -> None:
        """An answer came, or the sync loop was answered."""
        with self._guard:
            self._failures, self._opened_ms = 0, None

    def failed(self) -> None:
        """Silence."""
        with self._guard:
            self._failures += 1
            if self._failures >= FAILURES:
                self._opened_ms = self._clock.mono_ms()

    def opened(self) -> None:
        """The sync loop knows that central cannot be reached."""
        with self._guard:
            if self._opened_ms is None:
                self._opened_ms = self._clock.mono_ms()

    def _is_passable(self) -> bool:
        return self._opened_ms is None or self._clock.mono_ms() - self._opened_ms >= PAUSE_MS
