"""What the return screen works with, and where it hands things on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pos_app.domain.customer import CustomerCard
from pos_app.domain.product import Product
from pos_app.services.refunds import Refunds
from pos_app.services.return_draft import ReturnCompleted
from pos_app.services.session import Session
from pos_app.storage.catalogue import CatalogueStore
from pos_app.storage.shifts import ShiftStore
from ui.counter_ways import CounterWays, nowhere
from ui.goods import IconOf


@dataclass(frozen=True, slots=True)
class ReturnServices:
    """What the presenter drives.

    `customer_of` knows a card by id, `store_name` a store by number, `icon_of` a category's icon.
    """

    session: Session
    refunds: Refunds
    catalogue: CatalogueStore
    shifts: ShiftStore
    customer_of: Callable[[str], CustomerCard | None]
    store_name: Callable[[int], str]
    icon_of: IconOf

    def product(self, text: str) -> Product | None:
        """The goods of a scanned or typed text, if it is goods."""
        bare = text.strip()
        return self.catalogue.by_barcode(bare) or self.catalogue.by_sku(bare.upper())

    def cash_returns_in_shift(self) -> tuple[int, int]:
        """How often, and how many đồng went out for returns in this shift."""
        shift = self.session.shift
        entries = [] if shift is None else self.shifts.cash_entries(shift.number)
        out = [-entry.amount for entry in entries if entry.why == "return" and entry.amount < 0]
        return len(out), sum(out)


@dataclass(frozen=True, slots=True)
class ReturnWays:
    """`returned` runs after the document has committed: the place to wake printing and sync."""

    counter: CounterWays = field(default_factory=CounterWays)
    returned: Callable[[ReturnCompleted], None] = nowhere
