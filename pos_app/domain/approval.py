"""What a second person has allowed, as documents carry it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Approval:
    """`by` allowed `right`; `method` is pin, badge_pin or remote; `what` says for what."""

    right: str
    by: int
    method: str = "pin"
    what: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"right": self.right, "by": self.by, "method": self.method, "what": self.what}
