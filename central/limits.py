"""How often somebody may try: a sliding window per name, in memory."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from datetime import datetime, timedelta

from central.errors import TooBusy


class Attempts:
    """At most `most` failures per name within `window`; the next one is told to wait."""

    def __init__(self, most: int, window: timedelta) -> None:
        self._most = most
        self._window = window
        self._seen: dict[str, deque[datetime]] = defaultdict(deque)
        self._guard = threading.Lock()

    def check(self, name: str, now: datetime) -> None:
        """Raises TooBusy while the window is full of failures."""
        with self._guard:
            seen = self._seen[name]
            while seen and seen[0] <= now - self._window:
                seen.popleft()
            if not seen:
                del self._seen[name]
            elif len(seen) >= self._most:
                wait = seen[0] + self._window - now
                raise TooBusy(retry_after=int(wait.total_seconds()) + 1)

    def failed(self, name: str, now: datetime) -> None:
        """One more failure."""
        with self._guard:
            self._seen[name].append(now)
