"""What a scan or a tap on an order's line did."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TickOutcome:
    """What one scan or tap did; thousandths. `missing` of the whole order, after it."""

    line_no: int
    name: str
    ticked: int
    wanted: int
    missing: int

    @property
    def left(self) -> int:
        """Of this line."""
        return self.wanted - self.ticked
