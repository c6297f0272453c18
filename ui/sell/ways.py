"""Where the sell screen hands things on: other screens, the second person, the loops that wait for a sale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.domain.customer import CustomerCard
from pos_app.services.approvals import ApprovalNeed, Approvals, Granted
from pos_app.services.checkout import Checkout
from pos_app.services.customers import Customers
from pos_app.services.held_carts import HeldCarts
from pos_app.services.payment import Completed, Payment
from pos_app.services.scans import Scans
from pos_app.services.selling import Selling
from pos_app.services.session import Session
from pos_app.storage.catalogue import CatalogueStore
from pos_app.storage.vouchers import VoucherStore
from ui.asking_central import on_the_spot
from ui.running import Run

AskApproval = Callable[[ApprovalNeed, str, Callable[[Granted], None]], None]
"""Opens the approval dialog: what is needed, the draft's hash, and whom to tell when it was granted."""


@dataclass(frozen=True, slots=True)
class SellServices:
    """What the presenter drives.

    `waiting` counts the online orders that wait at this counter, `name_of` names a staff number.
    """

    session: Session
    checkout: Checkout
    scans: Scans
    selling: Selling
    held: HeldCarts
    customers: Customers
    catalogue: CatalogueStore
    campaigns: VoucherStore
    approvals: Approvals
    waiting: Callable[[], int]
    name_of: Callable[[int], str]


def _nowhere(*_given: object) -> None:
    """A way that is not open yet."""


@dataclass(frozen=True, slots=True)
class SellWays:
    """Calls that leave the screen. `target` is the scanned text, "" when a key was pressed.

    `sold` runs after the sale has committed: the place to wake printing and sync. `ask_central` runs a
    question beside the screen.
    """

    pay: Callable[[Payment], None] = _nowhere
    sold: Callable[[Completed], None] = _nowhere
    search: Callable[[str], None] = _nowhere
    customer: Callable[[str, tuple[CustomerCard, ...]], None] = _nowhere
    pickup: Callable[[str], None] = _nowhere
    goods_return: Callable[[str], None] = _nowhere
    badge: Callable[[int], None] = _nowhere
    ask_approval: AskApproval = _nowhere
    more: Callable[[str], None] = _nowhere
    ask_central: Run = on_the_spot
