"""What the pick-up screen works with, and where it hands things on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.services.approvals import Granted
from pos_app.services.payment import Completed, Payment
from pos_app.services.pickups import Pickups
from pos_app.services.session import Session
from ui.approval.state import ApprovalRequest
from ui.asking_central import on_the_spot
from ui.goods import IconOf
from ui.running import Run

AskApproval = Callable[[ApprovalRequest, Callable[[Granted], None], Callable[[], None]], None]
"""Opens the approval dialog; exactly one of the two functions is called."""


@dataclass(frozen=True, slots=True)
class PickupServices:
    """What the presenter drives. `icon_of` knows a category's icon, `store_of` a store's name."""

    session: Session
    pickups: Pickups
    icon_of: IconOf
    store_of: Callable[[int], str] = str


def _nowhere(*_given: object) -> None:
    """A way that is not open yet."""


@dataclass(frozen=True, slots=True)
class PickupWays:
    """Calls that leave the screen.

    `scan` takes a scanned text that is not for this screen (goods, vouchers, receipts) to the sell screen;
    `handed_over` runs after the document has committed: the place to wake printing and sync; `fetch` asks
    sync for newer orders; `reprint` prints the last paper again; `other` takes an answer's action that
    another screen does ("shift", "search", …).
    """

    to_sell: Callable[[], None] = _nowhere
    to_pay: Callable[[Payment], None] = _nowhere
    ask_approval: AskApproval = _nowhere
    scan: Callable[[str], None] = _nowhere
    handed_over: Callable[[Completed], None] = _nowhere
    fetch: Callable[[], None] = _nowhere
    reprint: Callable[[], None] = _nowhere
    other: Callable[[str], None] = _nowhere
    ask_central: Run = on_the_spot
