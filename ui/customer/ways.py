"""What the customer screen drives, and where it hands things on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.domain.customer import CustomerCard
from pos_app.storage.customers import CustomerStore
from pos_app.storage.keyring import KeyringStore
from ui.asking_central import on_the_spot
from ui.running import Run
from ui.sell.ways import SellServices


@dataclass(frozen=True, slots=True)
class CustomerServices:
    """Those of the sell screen, whose cart this is; `keyring` and `cards` read a member card."""

    sell: SellServices
    keyring: KeyringStore
    cards: CustomerStore


def _nowhere(*_given: object) -> None:
    """A way that is not open yet."""


@dataclass(frozen=True, slots=True)
class CustomerWays:
    """Calls that leave the screen, after the cart has changed.

    `pickup` gets an order number, `goods_return` a receipt number, `scan` any code that is no customer's.
    """

    attach: Callable[[CustomerCard], None] = _nowhere
    detach: Callable[[], None] = _nowhere
    back: Callable[[], None] = _nowhere
    pickup: Callable[[str], None] = _nowhere
    goods_return: Callable[[str], None] = _nowhere
    scan: Callable[[str], None] = _nowhere
    ask_central: Run = on_the_spot
