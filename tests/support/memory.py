"""How much memory this process takes at most while something is done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_PAGE = 4096


def resident() -> int:
    """Bytes of this process in memory now."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * _PAGE


@contextmanager
def most_memory() -> Iterator[Callable[[], int]]:
    """Memory is looked at all the time inside the block; the answer is by how much it grew at most."""
    before, most = resident(), [0]
    ending = threading.Event()

    def watch() -> None:
        while not ending.wait(0.002):
            most[0] = max(most[0], resident())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield lambda: max(0, most[0] - before)
    finally:
        ending.set()
        watcher.join()
