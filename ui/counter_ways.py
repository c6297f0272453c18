"""Where the screens that serve one customer hand things on: pick-ups, returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.services.approvals import Granted
from ui.approval.state import ApprovalRequest
from ui.asking_central import on_the_spot
from ui.running import Run

AskApproval = Callable[[ApprovalRequest, Callable[[Granted], None], Callable[[], None]], None]
"""Opens the approval dialog; exactly one of the two functions is called."""


def nowhere(*_given: object) -> None:
    """A way that is not open yet."""


@dataclass(frozen=True, slots=True)
class CounterWays:
    """Calls that leave the screen.

    `scan` takes a scanned text that is not for this screen (goods, vouchers, receipts) to the sell screen;
    `fetch` asks sync for newer orders and receipts; `reprint` prints the last paper again; `other` takes an
    answer's action that another screen does ("shift", "search", …).
    """

    to_sell: Callable[[], None] = nowhere
    ask_approval: AskApproval = nowhere
    scan: Callable[[str], None] = nowhere
    fetch: Callable[[], None] = nowhere
    reprint: Callable[[], None] = nowhere
    other: Callable[[str], None] = nowhere
    ask_central: Run = on_the_spot
