"""What is told of a download that takes long: how much of what, and how long still."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pos_app.storage.download import Download
from sync.messages import FeedPage
from sync.server_clock import Clock

TELL_EVERY_MS: Final = 500
LEAST_MS: Final = 2_000
"""Before so much time has passed nothing is said of the rest: the first pages are no measure."""


class Progress:
    """Of one feed after the other. A change that fits into one page is not worth a word."""

    def __init__(self, clock: Clock, told: Callable[[Download | None], None]) -> None:
        self._clock = clock
        self._told = told
        self._feed, self._at, self._of = "", 0, 0
        self._begun_ms = self._told_ms = 0
        self._had = self._done = 0
        self._is_whole = self._is_told = False

    def begin(self, feed: str, at: int, of: int, staged: tuple[int, bool]) -> None:
        """The next feed; `staged` as FeedStore has it: what an interruption has left, and all or changes."""
        had, self._is_whole = staged
        self._feed, self._at, self._of = feed, at, of
        self._begun_ms, self._told_ms = self._clock.mono_ms(), 0
        self._had = self._done = had

    def again(self) -> None:
        """What had come is dropped, everything is fetched anew."""
        self._begun_ms, self._had, self._done = self._clock.mono_ms(), 0, 0
        self._is_whole = True

    def came(self, page: FeedPage) -> None:
        """One more page is here."""
        self._done += len(page.items)
        if page.up_to_date and not self._is_told:
            return
        now = self._clock.mono_ms()
        if not page.up_to_date and self._told_ms and now - self._told_ms < TELL_EVERY_MS:
            return
        self._told_ms, self._is_told = now, True
        # an item that changed during the download comes twice; how many changes there are nobody says
        total = max(page.count, self._done) if self._is_whole else 0
        left = self._left(total, now) if self._is_whole else None
        self._told(Download(self._feed, self._done, total, self._at, self._of, left, page.up_to_date))

    def end(self) -> None:
        """Nothing is fetched any more."""
        if self._is_told:
            self._is_told = False
            self._told(None)

    def _left(self, total: int, now: int) -> int | None:
        elapsed, came = now - self._begun_ms, self._done - self._had
        if elapsed < LEAST_MS or came <= 0:
            return None
        return round(elapsed / 1000 * (total - self._done) / came)
