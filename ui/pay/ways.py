"""Where paying leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.domain.approval import Approval
from pos_app.domain.errors import ApprovalRequired
from pos_app.services.payment import Completed
from ui.asking_central import on_the_spot
from ui.running import Run

Allow = Callable[[ApprovalRequired, str, Callable[[Approval], None]], None]
"""Asks a second person: why, the hash of what they see, and what to do once they have allowed it."""


def nobody(_why: ApprovalRequired, _draft: str, _allowed: Callable[[Approval], None]) -> None:
    """There is no second person to ask."""


@dataclass(frozen=True, slots=True)
class PayWays:
    """Where paying ends: committed, or back to where it came from with nothing done."""

    done: Callable[[Completed], None]
    back: Callable[[], None]
    ask_central: Run = on_the_spot
    allow: Allow = nobody
