"""What the pick-up screen works with, and where it hands things on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pos_app.services.payment import Completed, Payment
from pos_app.services.pickups import Pickups
from pos_app.services.session import Session
from ui.counter_ways import CounterWays, nowhere
from ui.goods import IconOf


@dataclass(frozen=True, slots=True)
class PickupServices:
    """What the presenter drives. `icon_of` knows a category's icon, `store_of` a store's name."""

    session: Session
    pickups: Pickups
    icon_of: IconOf
    store_of: Callable[[int], str] = str


@dataclass(frozen=True, slots=True)
class PickupWays:
    """`handed_over` runs after the document has committed: the place to wake printing and sync."""

    counter: CounterWays = field(default_factory=CounterWays)
    to_pay: Callable[[Payment], None] = nowhere
    handed_over: Callable[[Completed], None] = nowhere
