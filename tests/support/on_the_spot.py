"""Runs what screens would run beside themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ui.running import Done


def at_once(work: Callable[[], Any], done: Done) -> None:
    """Runs it on the spot and calls back."""
    try:
        result = work()
    except Exception as error:  # noqa: BLE001  told, as the loop beside the screen tells it
        done(None, error)
        return
    done(result, None)


class Later:
    """Keeps what was started until `finish`."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Callable[[], Any], Done]] = []

    def __call__(self, work: Callable[[], Any], done: Done) -> None:
        self._waiting.append((work, done))

    def finish(self) -> None:
        """Run the oldest one."""
        at_once(*self._waiting.pop(0))
