"""What a scan on the sell screen led to: one of these, never a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.customer import CustomerCard


class ScanKind(StrEnum):
    """What the presenter does next."""

    LINE_ADDED = "line_added"
    VOUCHER = "voucher"
    CUSTOMER = "customer"
    CUSTOMER_CHOICE = "customer_choice"
    CUSTOMER_UNKNOWN = "customer_unknown"
    OPEN_PICKUP = "open_pickup"
    OPEN_RETURN = "open_return"
    STORE_CREDIT = "store_credit"
    STAFF_BADGE = "staff_badge"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class ScanOutcome:
    """`kind` and what belongs to it; `amount` in đồng, `quantity` in thousandths, `phone` as E.164.

    `target` is what Pickups.open, Refunds.open or Payment.add_credit take: the scanned or typed text.
    """

    kind: ScanKind
    line_no: int = 0
    name: str = ""
    amount: int = 0
    quantity: int = 0
    customer: CustomerCard | None = None
    choices: tuple[CustomerCard, ...] = ()
    phone: str = ""
    target: str = ""
    staff: int = 0
    serial: int = 0
