"""Four batches at a time, a short line behind them, the rest come again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from central.admission import Admission
from central.errors import TooBusy
from central.settings import Settings

LINE = 2


def admission(longest_s: float = 60.0) -> Admission:
    place = {"folder": Path(), "database_url": "", "public_url": ""}
    return Admission(Settings(**place, batches_in_line=LINE, longest_in_line=longest_s))  # type: ignore[arg-type]


class Crowd:
    """Batches that are worked on until they are let go; `admitted` in the order of their places."""

    def __init__(self, door: Admission) -> None:
        self.door = door
        self.admitted: list[int] = []
        self.go = [asyncio.Event() for _ in range(10)]

    async def batch(self, number: int) -> None:
        async with self.door.place():
            self.admitted.append(number)
            await self.go[number].wait()


def run(act: Callable[[Crowd], Awaitable[None]], longest_s: float = 60.0) -> None:
    async def main() -> None:
        await act(Crowd(admission(longest_s)))

    asyncio.run(main())


async def _turns() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def test_four_are_worked_on_and_the_line_follows_in_order() -> None:
    async def act(crowd: Crowd) -> None:
        async with asyncio.TaskGroup() as tasks:
            for number in range(4 + LINE):
                tasks.create_task(crowd.batch(number))
            await _turns()
            assert crowd.admitted == [0, 1, 2, 3]
            crowd.go[2].set()
            await _turns()
            assert crowd.admitted == [0, 1, 2, 3, 4]
            for event in crowd.go:
                event.set()
        assert crowd.admitted == [0, 1, 2, 3, 4, 5]

    run(act)


def test_who_finds_the_line_full_is_told_to_come_again() -> None:
    async def act(crowd: Crowd) -> None:
        async with asyncio.TaskGroup() as tasks:
            for number in range(4 + LINE):
                tasks.create_task(crowd.batch(number))
            await _turns()
            with pytest.raises(TooBusy) as refused:
                await crowd.batch(9)
            assert refused.value.retry_after == 2
            for event in crowd.go:
                event.set()

    run(act)


def test_nobody_waits_longer_than_the_limit() -> None:
    async def act(crowd: Crowd) -> None:
        async with asyncio.TaskGroup() as tasks:
            for number in range(4):
                tasks.create_task(crowd.batch(number))
            await _turns()
            with pytest.raises(TooBusy):
                await crowd.batch(9)
            for event in crowd.go:
                event.set()
            await _turns()
            await crowd.batch(8)  # the place that was waited for in vain is not lost

    run(act, longest_s=0.01)
