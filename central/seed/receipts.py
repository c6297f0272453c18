"""Receipts of the years before this program: sales, and goods that came back for store credit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from central.seed.calendar import ZONE, instant
from central.seed.handovers import HandedLine, line_body
from central.seed.stores import BY_NO
from pos_app.domain.customer import short_name
from pos_app.domain.receipt_number import receipt_number
from pos_app.domain.tender import Tender, TenderKind

OLD_TILL: Final = 9
"""The number of the till that each shop had before."""


@dataclass(frozen=True, slots=True)
class Sold:
    """One receipt of the past. `at` local; `spent` and `earned` whole points; `customer` its id and name."""

    doc_id: str
    store: int
    at: datetime
    staff: int
    customer: tuple[str, str] | None
    lines: tuple[HandedLine, ...]
    tenders: tuple[Tender, ...]
    rounding: int
    tier_percent: int
    earned: int
    hash10: str
    seq: int = 0

    @property
    def total(self) -> int:
        """Đồng before the rounding of cash."""
        return sum(one.line.amount for one in self.lines)

    @property
    def spent(self) -> int:
        return sum(one.amount for one in self.tenders if one.kind is TenderKind.POINTS) // 500

    @property
    def day(self) -> date:
        return self.at.astimezone(ZONE).date()

    @property
    def receipt_no(self) -> str:
        return receipt_number(BY_NO[self.store].code, OLD_TILL, 1, self.seq)

    def may_come_back(self, today: date) -> bool:
        """Whether the window of a line is still open."""
        return any(
            one.return_until is not None and one.return_until >= today.isoformat() for one in self.lines
        )

    def body(self, till: str) -> dict[str, Any]:
        """The unchanging part of the item in the `sales` feed."""
        body: dict[str, Any] = {
            "doc_id": self.doc_id,
            "till": till,
            "epoch": 1,
            "seq": self.seq,
            "store": self.store,
            "receipt_no": self.receipt_no,
            "kind": "sale",
            "business_date": self.day.isoformat(),
            "wall": instant(self.at),
            "hash10": self.hash10,
            "channel": "store",
            "lines": [line_body(one) for one in self.lines],
            "tenders": [one.to_json() for one in self.tenders],
            "rounding": self.rounding,
            "total": self.total,
            "tier_percent": self.tier_percent,
            "web_credited": True,
            "points_earned": self.earned,
        }
        if self.customer is not None:
            body |= {"customer": self.customer[0], "customer_name": short_name(self.customer[1])}
        return body


@dataclass(frozen=True, slots=True)
class CameBack:
    """One whole line of `sold` returned for store credit; the account goes by this document's id."""

    doc_id: str
    sold: str
    store: int
    at: datetime
    staff: int
    customer: tuple[str, str]
    line: HandedLine
    taken_back: int
    seq: int = 0

    @property
    def amount(self) -> int:
        """Đồng credited, > 0."""
        return self.line.line.amount

    @property
    def day(self) -> date:
        return self.at.astimezone(ZONE).date()

    @property
    def receipt_no(self) -> str:
        return receipt_number(BY_NO[self.store].code, OLD_TILL, 1, self.seq)
