"""Processor time of other programs and all they have started, where /proc tells it."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def work_of(pid: int) -> float:
    """Seconds that this process and its descendants have computed; 0.0 where nothing tells it."""
    parents: dict[int, int] = {}
    seconds: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        number = int(stat.parent.name)
        parents[number] = int(fields[1])
        seconds[number] = sum(map(int, fields[11:15])) / _TICKS
    return sum(taken for number, taken in seconds.items() if _is_below(number, pid, parents))


def _is_below(number: int, pid: int, parents: dict[int, int]) -> bool:
    while number != pid:
        if number not in parents:
            return False
        number = parents[number]
    return True
