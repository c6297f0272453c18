"""When a campaign's counter vouchers are handed out with a sale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pos_app.domain.validity import begins, ends, is_within


@dataclass(frozen=True, slots=True)
class Giving:
    """One with each sale of `least` đồng or more (after discounts, before rounding), between two instants."""

    least: int
    begins: datetime | None = None
    ends: datetime | None = None

    def is_earned(self, total: int, at: datetime) -> bool:
        """By a sale of `total` đồng at that instant."""
        return total >= self.least and is_within(at, self.begins, self.ends)

    @classmethod
    def from_json(cls, body: Mapping[str, Any] | None) -> Giving | None:
        """`{"least": 1000000, "from": "2026-11-01", "to": "2026-11-30"}`; None where nothing is given."""
        if not body:
            return None
        return cls(int(body["least"]), begins(body.get("from")), ends(body.get("to")))

    def to_json(self) -> dict[str, Any]:
        """As it was read; instants instead of days."""
        return {
            "least": self.least,
            "from": None if self.begins is None else self.begins.isoformat(),
            "to": None if self.ends is None else self.ends.isoformat(),
        }
