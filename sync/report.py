"""What the loop is told of one turn of syncing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Need = Literal["enrol_again", "update", "revoked", "revocation_unproved", "unknown_till", "unauthorised"]
"""What keeps a till from syncing until a person has acted."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """One turn. `next_in_s` is when the loop should call again unless it is woken."""

    is_online: bool
    next_in_s: float
    reason: str | None = None
    sent: int = 0
    changed: tuple[str, ...] = ()
    mismatched: tuple[str, ...] = ()
    suspects: tuple[str, ...] = ()
    need: Need | None = None
    server_time: str | None = None
