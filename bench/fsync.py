"""What this disk's fsync costs now: the base line that commits are judged against."""

from __future__ import annotations

import os
import time
from pathlib import Path

from bench.goals import Result, p50_and_p99

BLOCK = 4096
ROUNDS = 300


def measure(folder: Path, rounds: int = ROUNDS) -> list[float]:
    """Seconds of each append-and-fsync of a 4 KiB block, as a commit into the WAL does it."""
    path = folder / "fsync.probe"
    taken = []
    with path.open("wb", buffering=0) as file:
        for _ in range(rounds):
            begun = time.perf_counter()
            file.write(bytes(BLOCK))
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - begun)
    path.unlink()
    return taken


def results(seconds: list[float]) -> list[Result]:
    """Without a goal: it is the disk's, not ours."""
    return p50_and_p99("fsync of 4 KiB", seconds, None)
