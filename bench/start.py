"""Starting: a process of its own from nothing to a till that takes a scan."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from bench.goals import Result, percentile
from bench.sample import barcode

START_S, MEMORY_MB = 1.5, 250.0
ROUNDS = 3


def measure(folder: Path) -> list[Result]:
    """Warm: one start before it is not counted. The child says when it is ready, then its memory."""
    _start(folder)
    told = [_start(folder) for _ in range(ROUNDS)]
    return [
        Result("start to a working scan box", percentile([one[0] for one in told], 0.5), "s", START_S),
        Result("start, least work", min(one[1] for one in told), "s"),
        Result("memory of the till", max(one[2] for one in told), "MB", MEMORY_MB),
    ]


def _start(folder: Path) -> tuple[float, float, float]:
    """Seconds until ready, by the clock and by the processor; then megabytes after a few scans.

    An installed program is compiled: the uncounted start writes that beside the data.
    """
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "bench.started", str(folder), *(barcode(n) for n in range(1, 21))]
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert child.stdout is not None
    with child.stdout:
        ready, _, work = child.stdout.readline().partition(" ")
        seconds = time.perf_counter() - begun
        memory = child.stdout.read()
    if child.wait() or ready != "ready":
        raise RuntimeError("the till did not start")
    return seconds, float(work), float(memory)
