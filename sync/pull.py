"""Down: the feeds whose head differs from what the till holds, page by page, each applied as a whole."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from pos_app.domain.errors import CentralRefused, Offline
from pos_app.storage.download import Download
from pos_app.storage.feeds import FeedStore
from sync.client import PAGE, CentralClient
from sync.messages import FEEDS, FeedPage
from sync.progress import Progress
from sync.server_clock import Clock

log = logging.getLogger(__name__)

FIRST: Final = (
    *("keyset", "revocations", "policy", "staff", "tills", "results"),
    *("orders", "campaigns", "blanks", "transfers", "sales", "stock", "cases"),
)
"""What decides about trust and about people waiting comes before the large feeds."""
ORDER: Final = (*FIRST, *(name for name in FEEDS if name not in FIRST))
LARGEST_PAGE: Final = 5_000
SMALLEST_PAGE: Final = 50
QUICK_MS: Final = 5_000
AGAIN_MS: Final = 3_600_000
"""A feed that twice did not add up is fetched anew only after an hour."""
_RESTARTS: Final = 3

Accepts = Callable[[FeedPage], bool]


@dataclass(frozen=True, slots=True)
class PullReport:
    """`changed` were applied, `is_whole` = nothing is left to fetch."""

    changed: tuple[str, ...] = ()
    is_whole: bool = True


class Pull:
    """Keeps the page size and the feeds in trouble between runs; one at a time.

    `accepts` may refuse pages of a feed before they are staged (a keyset's signature).
    """

    def __init__(
        self,
        client: CentralClient,
        feeds: FeedStore,
        clock: Clock,
        accepts: Mapping[str, Accepts],
        told: Callable[[Download | None], None],
    ) -> None:
        self._client = client
        self._feeds = feeds
        self._clock = clock
        self._accepts = accepts
        self._page = PAGE
        self._progress = Progress(clock, told)
        self._wrong_until_ms: dict[str, int] = {}
        self._is_checked = False

    @property
    def mismatched(self) -> tuple[str, ...]:
        """Feeds that did not add up twice: central is told with every hello, and makes a case of it."""
        return tuple(sorted(self._wrong_until_ms))

    def run(
        self, heads: Mapping[str, str], goes_on: Callable[[], bool], changed_now: Callable[[str], None]
    ) -> PullReport:
        """Fetch what differs from `heads`; `goes_on` is asked before each page, `changed_now` told each feed.

        Raises Offline, CentralRefused, Unauthorised, TroubleOutside; what was staged is resumed next time.
        """
        self._check_held()
        wanted = [feed for feed in ORDER if self._is_wanted(feed, heads.get(feed))]
        changed: list[str] = []
        try:
            for at, feed in enumerate(wanted, start=1):
                self._progress.begin(feed, at, len(wanted), self._feeds.staged(feed))
                outcome = self._fetched(feed, goes_on)
                if outcome is None:
                    return PullReport(tuple(changed), is_whole=False)
                if outcome:
                    changed.append(feed)
                    changed_now(feed)
                else:
                    self._wrong_until_ms[feed] = self._clock.mono_ms() + AGAIN_MS
        finally:
            self._progress.end()
        self._feeds.confirmed(feed for feed, head in heads.items() if feed in FEEDS and self._is_fresh(feed))
        return PullReport(tuple(changed))

    def _check_held(self) -> None:
        """Once in a run of the program: what the files hold still adds up, else it is fetched again (§8)."""
        if self._is_checked:
            return
        self._is_checked = True
        for feed in ORDER:
            if self._feeds.cursor(feed) is not None and not self._feeds.check(feed):
                log.warning("the feed %s does not add up any more: it is fetched again", feed)
                self._feeds.restart(feed)

    def refetch(self, feed: str) -> None:
        """Central's directive: this feed again from nothing; what is here stays in use until then."""
        if feed in FEEDS:
            self._feeds.restart(feed)
            self._wrong_until_ms.pop(feed, None)

    def _is_wanted(self, feed: str, head: str | None) -> bool:
        return head is not None and not self._holds(feed, head) and not self._is_waiting(feed)

    def _holds(self, feed: str, head: str) -> bool:
        held, next_from = self._feeds.cursor(feed), self._feeds.resume(feed)
        return held is not None and held.cursor == head and next_from == held

    def _is_fresh(self, feed: str) -> bool:
        return feed not in self._wrong_until_ms and self._feeds.cursor(feed) is not None

    def _is_waiting(self, feed: str) -> bool:
        return self._clock.mono_ms() < self._wrong_until_ms.get(feed, 0)

    def _fetched(self, feed: str, goes_on: Callable[[], bool]) -> bool | None:
        """True = applied; False = it does not add up, twice; None = interrupted."""
        for _ in range(2):
            outcome = self._downloaded(feed, goes_on)
            if outcome is not False:
                if outcome:
                    self._wrong_until_ms.pop(feed, None)
                return outcome
        return False

    def _downloaded(self, feed: str, goes_on: Callable[[], bool]) -> bool | None:
        restarts = 0
        while goes_on():
            position = self._feeds.resume(feed)
            cursor = "" if position is None else position.cursor
            page = self._one_page(feed, cursor)
            if page is None or not self._is_accepted(feed, page) or not self._feeds.stage(feed, page):
                self._feeds.restart(feed)
                self._progress.again()
                restarts += 1
                if restarts >= _RESTARTS:
                    return False
                continue
            self._progress.came(page)
            if page.up_to_date:
                return self._feeds.finish(feed, page.count, page.checksum)
            if page.next == cursor:
                raise Offline(reason="bad_answer", retry_after_s=None)  # it would never end
        return None

    def _is_accepted(self, feed: str, page: FeedPage) -> bool:
        accepts = self._accepts.get(feed)
        return accepts is None or accepts(page)

    def _one_page(self, feed: str, cursor: str) -> FeedPage | None:
        """None: central does not know this cursor any more (410), everything must be fetched again."""
        started = self._clock.mono_ms()
        try:
            page = self._client.feed(feed, cursor, self._page)
        except Offline as error:
            if error.fields["reason"] in ("timeout", "too_large"):
                self._page = max(SMALLEST_PAGE, self._page // 2)
            raise
        except CentralRefused as refused:
            if refused.fields["status"] == 410 or refused.fields["refusal"] == "bad_cursor":
                return None
            raise
        if self._clock.mono_ms() - started < QUICK_MS:
            self._page = min(LARGEST_PAGE, self._page * 2)
        return page
