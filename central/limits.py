"""How often somebody may call: what must not be guessed is counted for all workers, the rest by each."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import datetime

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage, Storage
from limits.strategies import FixedWindowRateLimiter, SlidingWindowCounterRateLimiter
from sqlalchemy import case, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from central.database import Database
from central.errors import TooBusy
from central.tables.admin import rate_window

_SWEPT_AFTER_S = 3600


class Windows(Storage):
    """Fixed windows of time in the database: whichever worker is asked, it counts the same calls.

    A counter is a row that is written once a call, so only what is rare by right is counted here: failures
    and look-ups of people (decision 6).
    """

    STORAGE_SCHEME = None

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._database = database
        self._now = now

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        """None of ours: what the database refuses is answered like any other of its refusals."""
        return ()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Counts; the hits of the window that runs now. A window begins with its first hit."""
        now = math.floor(self._now().timestamp())
        runs = rate_window.c.ends_at > now
        again = (
            update(rate_window)
            .where(rate_window.c.name == key)
            .values(
                hits=case((runs, rate_window.c.hits + amount), else_=amount),
                ends_at=case((runs, rate_window.c.ends_at), else_=now + expiry),
            )
        )
        with self._database.beside() as connection:
            if not connection.execute(again).rowcount:
                connection.execute(delete(rate_window).where(rate_window.c.ends_at < now - _SWEPT_AFTER_S))
                try:
                    with connection.begin_nested():
                        row = {"name": key, "hits": amount, "ends_at": now + expiry}
                        connection.execute(insert(rate_window), row)
                except IntegrityError:  # another worker was first: its row is counted on
                    connection.execute(again)
            hits = select(rate_window.c.hits).where(rate_window.c.name == key)
            return int(connection.execute(hits).scalar_one())

    def get(self, key: str) -> int:
        """The hits of the window that runs now."""
        return self._read(key)[0]

    def get_expiry(self, key: str) -> float:
        """Unix seconds at which the window ends; now, when none runs."""
        return self._read(key)[1]

    def _read(self, key: str) -> tuple[int, float]:
        now = self._now().timestamp()
        with self._database.reading() as connection:
            row = connection.execute(
                select(rate_window).where(rate_window.c.name == key, rate_window.c.ends_at > now)
            ).one_or_none()
        return (0, now) if row is None else (row.hits, float(row.ends_at))

    def check(self) -> bool:
        """It is there as long as the database is."""
        return True

    def reset(self) -> int:
        """Forgets every window."""
        with self._database.beside() as connection:
            return connection.execute(delete(rate_window)).rowcount

    def clear(self, key: str) -> None:
        """Forgets one window."""
        with self._database.beside() as connection:
            connection.execute(delete(rate_window).where(rate_window.c.name == key))


class Attempts:
    """At most so many per name in a window, over all workers; the next one is told to wait."""

    def __init__(self, windows: Windows, item: RateLimitItem, now: Callable[[], datetime]) -> None:
        self._limiter = FixedWindowRateLimiter(windows)
        self._item = item
        self._now = now

    def check(self, name: str) -> None:
        """Raises TooBusy while the window is full; counts nothing."""
        if not self._limiter.test(self._item, name):
            raise TooBusy(retry_after=self._wait(name))

    def failed(self, name: str) -> None:
        """One more failure."""
        self._limiter.hit(self._item, name)

    def use(self, name: str) -> None:
        """Counts, and raises TooBusy when that was one too many."""
        if not self._limiter.hit(self._item, name):
            raise TooBusy(retry_after=self._wait(name))

    def _wait(self, name: str) -> int:
        ends = self._limiter.get_window_stats(self._item, name).reset_time
        return max(1, math.ceil(ends - self._now().timestamp()))


class Volume:
    """Calls a minute of one till, key or address, counted by this worker alone, in memory."""

    def __init__(self, kind: str, a_minute: int) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._item = RateLimitItemPerMinute(a_minute, namespace=kind)

    def use(self, name: str) -> None:
        """Raises TooBusy above the limit."""
        if not self._limiter.hit(self._item, name):
            ends = self._limiter.get_window_stats(self._item, name).reset_time
            raise TooBusy(retry_after=min(60, max(1, math.ceil(ends - time.time()))))
