"""How long to wait after a failure: full jitter, so that many stores do not come back at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

LONGEST_S: Final = 300.0
POLL_S: Final = 15.0
POLL_SPREAD_S: Final = 5.0


class Backoff:
    """Counts failures in a row; `random` gives 0 ≤ r < 1."""

    def __init__(self, random: Callable[[], float]) -> None:
        self._random = random
        self._failures = 0

    @property
    def failures(self) -> int:
        """How many failures since the last success."""
        return self._failures

    def failed(self, retry_after_s: float | None = None) -> float:
        """Seconds to wait: rand(0, min(300, 2^n)), and never less than central asked for."""
        self._failures += 1
        wait = self._random() * min(LONGEST_S, 2.0 ** min(self._failures, 16))
        return wait if retry_after_s is None else retry_after_s + wait

    def succeeded(self) -> None:
        """The next failure is the first one again."""
        self._failures = 0

    def poll(self) -> float:
        """Seconds to the next hello when all is well: 15 ± 5."""
        return POLL_S + (2 * self._random() - 1) * POLL_SPREAD_S
