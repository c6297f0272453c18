"""Online orders for pick-up: three states, what is left to hand over, the prepaid share of a part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from pos_app.domain.errors import HandoverTooMuch, LineUnknown
from pos_app.domain.money import spread
from pos_app.domain.refund import refund_part
from pos_app.domain.tender import TenderKind


class PaymentState(StrEnum):
    PAID = "paid"
    PART = "part"
    DUE = "due"


class PreparationState(StrEnum):
    NEW = "new"
    PICKING = "picking"
    READY = "ready"


class HandoverState(StrEnum):
    NONE = "none"
    PART = "part"
    DONE = "done"
    EXPIRED = "expired"
    RETURNED = "returned"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An ordered line; `amount` in đồng after discounts, quantities in thousandths."""

    no: int
    product: str
    name: str
    quantity: int
    amount: int
    vat_rate: int
    unit_price: int = 0
    price_ver: int = 0
    variant: str = ""
    colour: str = ""
    size: str = ""
    category: str = ""
    unit: str = ""
    shelf: str = ""
    return_days: int = 0
    gift_of: str | None = None
    handed: int = 0
    refused: int = 0

    @property
    def left(self) -> int:
        """Thousandths neither handed over nor refused."""
        return self.quantity - self.handed - self.refused

    @property
    def gone(self) -> int:
        return self.handed + self.refused

    def part(self, before: int, quantity: int) -> int:
        """Đồng of a part: the same cumulative share as in returns."""
        return refund_part(self.amount, self.quantity, before, quantity)

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> OrderLine:
        texts = ("variant", "colour", "size", "category", "unit", "shelf")
        numbers = ("unit_price", "price_ver", "return_days", "handed", "refused")
        known: dict[str, Any] = {name: body.get(name) or "" for name in texts}
        known |= {name: body.get(name) or 0 for name in numbers}
        return cls(
            no=body["no"],
            product=body["product"],
            name=body.get("name") or "",
            quantity=body["quantity"],
            amount=body["amount"],
            vat_rate=body["vat_rate"],
            gift_of=body.get("gift_of"),
            **known,
        )


@dataclass(frozen=True, slots=True)
class Prepaid:
    """Money taken before the hand-over: `paid_online`, or a `deposit` with the tender it came in by."""

    no: int
    kind: TenderKind
    amount: int
    via: TenderKind | None = None
    reference: str | None = None

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Prepaid:
        via: Any = body.get("via")
        return cls(
            body["no"],
            TenderKind(body["kind"]),
            body["amount"],
            TenderKind(via) if via in set(TenderKind) else None,
            body.get("reference"),
        )


@dataclass(frozen=True, slots=True)
class OrderPerson:
    """Who ordered, as far as a till may know."""

    id: str | None = None
    name: str = ""
    last3: str = ""


NOBODY = OrderPerson()


@dataclass(frozen=True, slots=True)
class Order:
    """Payment, preparation and hand-over are independent of one another (rules: Pickup)."""

    order: int
    number: str
    payment: PaymentState
    preparation: PreparationState
    handover: HandoverState
    lines: tuple[OrderLine, ...]
    prepaid: tuple[Prepaid, ...] = ()
    person: OrderPerson = NOBODY
    placed_at: datetime | None = None
    promised_by: datetime | None = None
    reserved_until: datetime | None = None
    """Goods laid aside to be tried on, nothing paid: central ends it at this instant."""
    shelf: str = ""
    serial: int | None = None
    short_code: str = ""
    pin_salt: str = ""
    pin_hash: str = ""
    identity_check: bool = False
    partial: bool = True
    web_credited: bool = True
    is_known: bool = True
    """False: only the customer's code is known here, the lines are what was scanned from the bag."""

    def line(self, no: int) -> OrderLine:
        """Raises LineUnknown."""
        for line in self.lines:
            if line.no == no:
                return line
        raise LineUnknown(no=no)

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def prepaid_total(self) -> int:
        return sum(item.amount for item in self.prepaid)

    @property
    def amount_due(self) -> int:
        """Still to be paid for all that has neither been handed over nor refused."""
        open_ = {line.no: line.left for line in self.lines if line.left}
        return sum(self.line(no).part(self.line(no).gone, left) for no, left in open_.items()) - sum(
            self.share_of_prepaid(open_).values()
        )

    @property
    def is_done(self) -> bool:
        return all(line.left <= 0 for line in self.lines)

    @property
    def needs_pin(self) -> bool:
        return self.pin_hash != ""

    def line_prepaid(self) -> dict[int, int]:
        """The prepaid money spread over the lines by their amounts, by line number."""
        shares = spread(min(self.prepaid_total, self.total), [line.amount for line in self.lines])
        return {line.no: share for line, share in zip(self.lines, shares, strict=True)}

    def share_of_prepaid(
        self, quantities: Mapping[int, int], after: Mapping[int, int] | None = None
    ) -> dict[int, int]:
        """Prepaid đồng per line that belong to these thousandths, cumulative after what is gone.

        `after` are quantities of the same document that come before. Raises HandoverTooMuch.
        """
        prepaid = self.line_prepaid()
        done: dict[int, int] = {}
        for no, quantity in quantities.items():
            line = self.line(no)
            before = line.gone + (after or {}).get(no, 0)
            if not 0 <= quantity <= line.quantity - before:
                raise HandoverTooMuch(line=no, name=line.name, quantity=quantity, most=line.quantity - before)
            done[no] = refund_part(prepaid[no], line.quantity, before, quantity)
        return done

    def used_prepaid(self) -> int:
        """Prepaid đồng already used up by earlier hand-overs and refusals."""
        prepaid = self.line_prepaid()
        return sum(refund_part(prepaid[line.no], line.quantity, 0, line.gone) for line in self.lines)

    def after(self, handed: Mapping[int, int], refused: Mapping[int, int]) -> Order:
        """The order once a hand-over document has been applied."""
        lines = tuple(
            replace(
                line,
                handed=line.handed + handed.get(line.no, 0),
                refused=line.refused + refused.get(line.no, 0),
            )
            for line in self.lines
        )
        done = all(line.left <= 0 for line in lines)
        return replace(self, lines=lines, handover=HandoverState.DONE if done else HandoverState.PART)

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Order:
        """Reads an item of the `orders` feed."""
        pin, person = body.get("pin") or {}, body.get("customer") or {}
        placed, promised, kept = (body.get(name) for name in ("placed_at", "promised_by", "reserved_until"))
        serial = body.get("serial")
        return cls(
            order=body["order"],
            number=body.get("number") or str(body["order"]),
            payment=PaymentState(body["payment"]),
            preparation=PreparationState(body["preparation"]),
            handover=HandoverState(body["handover"]),
            lines=tuple(OrderLine.from_json(item) for item in body["lines"]),
            prepaid=tuple(Prepaid.from_json(item) for item in body.get("prepaid") or ()),
            person=OrderPerson(person.get("id"), person.get("name") or "", person.get("last3") or ""),
            placed_at=None if placed is None else datetime.fromisoformat(placed),
            promised_by=None if promised is None else datetime.fromisoformat(promised),
            reserved_until=None if kept is None else datetime.fromisoformat(kept),
            shelf=body.get("shelf") or "",
            serial=None if serial is None else int(serial),
            short_code=body.get("short_code") or "",
            pin_salt=pin.get("salt") or "",
            pin_hash=pin.get("hash") or "",
            identity_check=bool(body.get("identity_check", False)),
            partial=bool(body.get("partial", True)),
            web_credited=bool(body.get("web_credited", True)),
        )
