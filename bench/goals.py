"""What a measurement says: one JSON line a goal, and the machine it was taken on."""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Result:
    """`goal` None = a figure without a limit, told because others lean on it. `unit`: ms, s, MB, …

    `at_least`: more is better.
    """

    name: str
    value: float
    unit: str
    goal: float | None = None
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        if self.goal is None:
            return True
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def line(self) -> str:
        """The JSON line."""
        told = {"name": self.name, "value": round(self.value, 3), "unit": self.unit, "goal": self.goal}
        return json.dumps(told | {"ok": self.is_met})


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0..1) of all are not above; nearest rank, so it is one that was measured."""
    ordered = sorted(values)
    return ordered[max(math.ceil(len(ordered) * share) - 1, 0)]


def p50_and_p99(name: str, seconds: Sequence[float], goal_ms: float | None) -> list[Result]:
    """Both in milliseconds; the goal is for the slow end."""
    return [
        Result(f"{name} p50", percentile(seconds, 0.5) * 1000, "ms"),
        Result(f"{name} p99", percentile(seconds, 0.99) * 1000, "ms", goal_ms),
    ]


def machine(**more: object) -> str:
    """The first line of every run."""
    told = {
        "system": platform.platform(terse=True),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
    }
    return json.dumps({"name": "machine", "value": told | more, "unit": "", "goal": None, "ok": True})


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("ascii", "replace").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
