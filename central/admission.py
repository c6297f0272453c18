"""How many batches are worked on at once: a few, a short line behind them, the rest come again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from central.errors import TooBusy
from central.settings import Settings


class Admission:
    """Of one worker. Who stands in line costs neither a thread nor a connection.

    Without a line places would stand empty: everybody who was refused stays away for seconds.
    """

    def __init__(self, settings: Settings) -> None:
        self._places = asyncio.Semaphore(settings.batches_at_once)
        self._settings = settings
        self._in_line = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """In the order of arrival. TooBusy when the line is full, or after waiting in it too long."""
        if self._places.locked() and self._in_line >= self._settings.batches_in_line:
            raise TooBusy(retry_after=self._settings.retry_after)
        await self._wait()
        try:
            yield
        finally:
            self._places.release()

    async def _wait(self) -> None:
        self._in_line += 1
        try:
            async with asyncio.timeout(self._settings.longest_in_line):
                await self._places.acquire()
        except TimeoutError as error:
            raise TooBusy(retry_after=self._settings.retry_after) from error
        finally:
            self._in_line -= 1
