"""What the customer is buying, before it is paid: lines, manual discounts, customer and vouchers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pos_app.domain.cart_line import CartLine, ManualDiscount, Uncoded
from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import LineUnknown, NothingToUndo, QuantityRefused, UncodedTooDear
from pos_app.domain.money import PIECE
from pos_app.domain.product import Product
from pos_app.domain.promotion import STORE
from pos_app.domain.voucher import VoucherUse, check_stacking

CartCustomer = CustomerCard

__all__ = ["Cart", "CartCustomer", "CartLine", "ManualDiscount", "Uncoded"]

MOST_PIECES = 9999
MOST_WEIGHT = 9_999_999
UNCODED_MOST = 500_000
UNDO_DEPTH = 50


@dataclass(frozen=True, slots=True)
class _Before:
    lines: tuple[CartLine, ...]
    discount: ManualDiscount | None


class Cart:
    """Changes through its methods only; line numbers are never used twice, so others may refer to them."""

    def __init__(self, *, channel: str = STORE, begun_at: datetime | None = None) -> None:
        self.channel = channel
        self.begun_at = begun_at
        self._lines: list[CartLine] = []
        self._next_no = 1
        self._discount: ManualDiscount | None = None
        self._customer: CartCustomer | None = None
        self._vouchers: list[VoucherUse] = []
        self._history: list[_Before] = []

    @property
    def lines(self) -> tuple[CartLine, ...]:
        """In the order of scanning."""
        return tuple(self._lines)

    @property
    def order_discount(self) -> ManualDiscount | None:
        return self._discount

    @property
    def customer(self) -> CartCustomer | None:
        return self._customer

    @property
    def vouchers(self) -> tuple[VoucherUse, ...]:
        """In scan order."""
        return tuple(self._vouchers)

    @property
    def contents(self) -> object:
        """Equal as long as nothing on the cart has changed."""
        return self.lines, self._discount, self._customer, self.vouchers

    @property
    def is_empty(self) -> bool:
        return not self._lines and not self._vouchers and self._customer is None

    @property
    def can_undo(self) -> bool:
        return bool(self._history)

    def line(self, no: int) -> CartLine:
        """Raises LineUnknown."""
        for line in self._lines:
            if line.no == no:
                return line
        raise LineUnknown(no=no)

    # --- lines ---------------------------------------------------------------------------------
    def add(
        self,
        product: Product,
        quantity: int = PIECE,
        salesperson: int | None = None,
        label_amount: int | None = None,
    ) -> CartLine:
        """Adds thousandths; equal, untouched lines merge. `label_amount` = đồng printed on the label.

        Raises QuantityRefused, also for nothing or less, which a merge would hide.
        """
        if quantity <= 0:
            raise QuantityRefused(quantity=quantity, most=MOST_PIECES * PIECE)
        for line in self._lines:
            if label_amount is None and line.takes(product, salesperson):
                return self._change(replace(line, quantity=line.quantity + quantity))
        line = CartLine(
            self._next_no, quantity, product=product, salesperson=salesperson, label_amount=label_amount
        )
        return self._append(line)

    def add_uncoded(
        self, goods: Uncoded, quantity: int = PIECE, salesperson: int | None = None, most: int = UNCODED_MOST
    ) -> CartLine:
        """Adds goods that the catalogue does not know. Raises UncodedTooDear above `most` đồng a piece."""
        if not 0 <= goods.price <= most:
            raise UncodedTooDear(price=goods.price, most=most)
        return self._append(CartLine(self._next_no, quantity, uncoded=goods, salesperson=salesperson))

    def set_quantity(self, no: int, quantity: int) -> CartLine:
        """Raises QuantityRefused outside 1…9999 pieces, for parts of a piece and for price labels."""
        line = self.line(no)
        if line.label_amount is not None:
            raise QuantityRefused(quantity=quantity, most=line.quantity)
        return self._change(replace(line, quantity=quantity))

    def remove(self, no: int) -> CartLine:
        line = self.line(no)
        self._remember()
        self._lines.remove(line)
        return line

    def set_note(self, no: int, note: str) -> CartLine:
        return self._change(replace(self.line(no), note=note.strip()))

    def set_salesperson(self, no: int, salesperson: int | None) -> CartLine:
        return self._change(replace(self.line(no), salesperson=salesperson))

    def discount_line(self, no: int, discount: ManualDiscount | None) -> CartLine:
        """Replaces the line's manual discount; None takes it away."""
        return self._change(replace(self.line(no), discount=discount))

    def discount_order(self, discount: ManualDiscount | None) -> None:
        """Replaces the manual discount over all units; None takes it away."""
        self._remember()
        self._discount = discount

    def allow_discounts(self, by: int) -> None:
        """Somebody has allowed the amounts off by hand as they stand."""
        self._lines = [replace(line, discount=_allowed(line.discount, by)) for line in self._lines]
        self._discount = _allowed(self._discount, by)

    def undo(self) -> None:
        """Takes back the last line action or manual discount. Raises NothingToUndo."""
        if not self._history:
            raise NothingToUndo()
        before = self._history.pop()
        self._lines, self._discount = list(before.lines), before.discount

    def _append(self, line: CartLine) -> CartLine:
        _check_quantity(line)
        self._remember()
        self._lines.append(line)
        self._next_no += 1
        return line

    def _change(self, line: CartLine) -> CartLine:
        _check_quantity(line)
        place = next(i for i, old in enumerate(self._lines) if old.no == line.no)
        self._remember()
        self._lines[place] = line
        return line

    def _remember(self) -> None:
        self._history.append(_Before(tuple(self._lines), self._discount))
        del self._history[:-UNDO_DEPTH]

    # --- customer and vouchers -----------------------------------------------------------------
    def attach_customer(self, customer: CartCustomer) -> None:
        self._customer = customer

    def detach_customer(self) -> None:
        self._customer = None

    def add_voucher(self, use: VoucherUse) -> None:
        """Raises VoucherAlreadyInCart and VoucherNotStackable; other checks are voucher.check_voucher."""
        check_stacking(use, self._vouchers)
        self._vouchers.append(use)

    def allow_voucher(self, serial: int, by: str) -> None:
        """Somebody has allowed this one; its place stays. `by`: `online`, `policy` or `manager`."""
        self._vouchers = [use.allowed(by) if use.serial == serial else use for use in self._vouchers]

    def remove_voucher(self, serial: int) -> None:
        self._vouchers = [use for use in self._vouchers if use.serial != serial]

    # --- drafts --------------------------------------------------------------------------------
    def to_json(self) -> dict[str, Any]:
        """The whole cart with product snapshots: a recalled draft needs no catalogue."""
        return {
            "channel": self.channel,
            "begun_at": None if self.begun_at is None else self.begun_at.isoformat(),
            "next_no": self._next_no,
            "lines": [line.to_json() for line in self._lines],
            "discount": None if self._discount is None else self._discount.to_json(),
            "customer": None if self._customer is None else self._customer.to_json(),
            "vouchers": [use.to_json() for use in self._vouchers],
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Cart:
        """Undo does not reach behind a recall."""
        begun = body.get("begun_at")
        cart = cls(
            channel=body.get("channel", STORE),
            begun_at=None if begun is None else datetime.fromisoformat(begun),
        )
        cart._lines = [CartLine.from_json(item) for item in body["lines"]]
        cart._next_no = body.get("next_no", max((line.no for line in cart._lines), default=0) + 1)
        cart._discount = ManualDiscount.from_json(body.get("discount"))
        customer = body.get("customer")
        cart._customer = None if customer is None else CustomerCard.from_json(customer)
        cart._vouchers = [VoucherUse.from_json(item) for item in body.get("vouchers", ())]
        return cart

    @property
    def draft_hash(self) -> str:
        """SHA-256 in hex over the draft: what an approval is bound to."""
        text = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def _allowed(discount: ManualDiscount | None, by: int) -> ManualDiscount | None:
    if discount is None or discount.amount is None or discount.approver is not None:
        return discount
    return replace(discount, approver=by)


def _check_quantity(line: CartLine) -> None:
    if line.is_weighed:
        if not 1 <= line.quantity <= MOST_WEIGHT:
            raise QuantityRefused(quantity=line.quantity, most=MOST_WEIGHT)
    elif line.quantity % PIECE or not PIECE <= line.quantity <= MOST_PIECES * PIECE:
        raise QuantityRefused(quantity=line.quantity, most=MOST_PIECES * PIECE)
