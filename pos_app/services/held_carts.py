"""Held carts: they belong to the till, reserve nothing, survive shift and sign-out, and show their age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos_app.domain.errors import CartEmpty, CartNotEmpty
from pos_app.services.checkout import Checkout
from pos_app.storage.drafts import DraftStore


@dataclass(frozen=True, slots=True)
class HeldCart:
    """One row of the list; `total` in đồng as it was when held."""

    id: int
    label: str
    held_at: datetime
    lines: int
    total: int


class HeldCarts:
    """Hold, list, recall, throw away."""

    def __init__(self, checkout: Checkout, drafts: DraftStore) -> None:
        self._checkout = checkout
        self._drafts = drafts

    def hold(self, label: str = "") -> int:
        """Put the current cart aside. Raises CartEmpty."""
        cart = self._checkout.cart
        if not cart.lines:
            raise CartEmpty()
        body = self._checkout.draft_json() | {
            "lines": len(cart.lines),
            "total": self._checkout.priced().total,
        }
        name = label.strip() or (cart.customer.name if cart.customer is not None else "")
        held = self._drafts.hold(body, name)
        self._checkout.clear()
        return held

    def all(self) -> list[HeldCart]:
        """Oldest first."""
        return [
            HeldCart(row.id, row.label, row.at, row.body["lines"], row.body["total"])
            for row in self._drafts.held()
        ]

    @property
    def count(self) -> int:
        return len(self._drafts.held())

    def recall(self, held: int) -> None:
        """Go on with a held cart, priced anew. Raises CartNotEmpty while another is open."""
        if self._checkout.cart.lines:
            raise CartNotEmpty(lines=len(self._checkout.cart.lines))
        self._checkout.take_draft(self._drafts.take(held))
        self._checkout.save_draft()

    def throw_away(self, held: int) -> None:
        """For good: nobody waits for it any more."""
        self._drafts.discard(held)
