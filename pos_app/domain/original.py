"""A sale or hand-over as it stands today: what was sold and paid, and what has come back of it so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import Any

from pos_app.domain.cash import CashRounding
from pos_app.domain.errors import LineUnknown
from pos_app.domain.priced import GiftCondition
from pos_app.domain.tender import Tender, TenderKind


@dataclass(frozen=True, slots=True)
class OriginalLine:
    """A line that may come back; `returned_*` are what has, ≥ 0. `gift_kept` = its worth was kept before."""

    no: int
    product: str | None
    name: str
    quantity: int
    amount: int
    vat_rate: int
    vat: int = 0
    category: str = ""
    variant: str = ""
    colour: str = ""
    size: str = ""
    unit: str = ""
    return_until: date | None = None
    no_return: str | None = None
    gift_of: str | None = None
    gift_value: int = 0
    gift_condition: GiftCondition | None = None
    gift_kept: int = 0
    returned_quantity: int = 0
    returned_amount: int = 0
    returned_vat: int = 0

    @property
    def left(self) -> int:
        """Thousandths that can still come back."""
        return self.quantity - self.returned_quantity

    @property
    def is_settled(self) -> bool:
        return self.gift_kept > 0

    def may_stay(self, left: Mapping[int, int]) -> bool:
        """Whether a gift's condition still holds with `left` đồng per line (unknown: while any is left)."""
        condition = self.gift_condition
        if condition is None:
            return any(amount > 0 for amount in left.values())
        return sum(left.get(no, 0) for no in condition.lines) >= max(condition.least, 1)

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> OriginalLine:
        """Reads a line of the `sales` feed or of a sale's payload."""
        returned = body.get("returned") or {}
        until, condition = body.get("return_until"), body.get("gift_condition")
        return cls(
            no=body["no"],
            product=body.get("product"),
            name=body.get("name") or "",
            quantity=body["quantity"],
            amount=body["amount"],
            vat_rate=body["vat_rate"],
            vat=body.get("vat", 0),
            return_until=None if until is None else date.fromisoformat(until),
            no_return=body.get("no_return"),
            gift_of=body.get("gift_of"),
            gift_value=body.get("gift_value") or 0,
            gift_condition=None
            if condition is None
            else GiftCondition(condition["least"], tuple(condition["lines"])),
            gift_kept=body.get("gift_kept") or 0,
            returned_quantity=abs(returned.get("quantity", 0)),
            returned_amount=abs(returned.get("amount", 0)),
            returned_vat=abs(returned.get("vat", 0)),
            **{name: body.get(name) or "" for name in ("category", "variant", "colour", "size", "unit")},
        )


@dataclass(frozen=True, slots=True)
class OriginalSale:
    """The facts a return is figured from. `tenders` as in the document (cash = what was kept).

    `refunded`: shares given back per tender number, before cash rounding; `carried`: đồng that wait for the
    next return; `earns`: somebody got points for it.
    """

    doc_id: str
    receipt_no: str
    lines: tuple[OriginalLine, ...]
    tenders: tuple[Tender, ...]
    rounding: int
    total: int
    kind: str = "sale"
    business_date: date | None = None
    customer: str | None = None
    store: int = 0
    order: int | None = None
    tier_percent: int = 100
    web_credited: bool = True
    earns: bool = False
    refunded: Mapping[int, int] = ()  # type: ignore[assignment]
    carried: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "refunded", dict(self.refunded))

    def line(self, no: int) -> OriginalLine:
        """Raises LineUnknown."""
        for line in self.lines:
            if line.no == no:
                return line
        raise LineUnknown(no=no)

    @property
    def is_fully_returned(self) -> bool:
        return all(line.left <= 0 for line in self.lines)

    @property
    def shares(self) -> tuple[Tender, ...]:
        """Tenders with cash as its share before rounding: the rounding belongs to the last cash tender."""
        last = max((tender.no for tender in self.tenders if tender.kind is TenderKind.CASH), default=None)
        return tuple(
            replace(tender, amount=tender.amount - self.rounding) if tender.no == last else tender
            for tender in self.tenders
        )

    def cash_refund(self, tender: Tender, part: int, rounding: CashRounding) -> int:
        """Cash for `part` đồng of a cash tender's share; all cash tenders count as one."""
        cash = [own for own in self.tenders if own.stands_as is TenderKind.CASH]
        kept = sum(own.amount for own in cash)
        before = sum(self.refunded.get(own.no, 0) for own in cash)
        return rounding.refund(before + self._earlier_cash(tender), part, kept)

    def _earlier_cash(self, tender: Tender) -> int:
        """A second cash tender is reached only once the first is wholly back."""
        earlier = [own for own in self.shares if own.stands_as is TenderKind.CASH and own.no < tender.no]
        return sum(own.amount - self.refunded.get(own.no, 0) for own in earlier)

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> OriginalSale:
        """Reads an item of the `sales` feed, or a payload with `doc_id` added, nothing returned."""
        returns = body.get("returns") or {}
        tenders = tuple(Tender.from_json(item) for item in body.get("tenders", ()))
        day = body.get("business_date")
        customer = body.get("customer")
        extra = (body.get("sale") or {}).get("lines", ())
        return cls(
            doc_id=body["doc_id"],
            receipt_no=body.get("receipt_no") or "",
            lines=tuple(OriginalLine.from_json(item) for item in (*body["lines"], *extra)),
            tenders=tenders,
            rounding=body.get("rounding", 0),
            total=body["total"],
            kind=body.get("kind", "sale"),
            business_date=None if day is None else date.fromisoformat(day),
            customer=customer,
            store=body.get("store", 0),
            order=body.get("order"),
            tier_percent=body.get("tier_percent", 100),
            web_credited=body.get("web_credited", True),
            earns=_earned(body),
            refunded=_refunded(returns, tenders),
            carried=returns.get("carried", 0),
        )

    def after(self, payload: Mapping[str, Any]) -> OriginalSale:
        """The same sale once a return document's payload has been applied to it."""
        lines = reduce(_line_after, payload.get("lines", ()), {line.no: line for line in self.lines})
        for gift in payload.get("kept", ()):
            line = lines[gift["original_line"]]
            lines[line.no] = replace(line, gift_kept=line.gift_kept + gift["amount"])
        refunded = dict(self.refunded)
        for item in payload.get("refunds", ()):
            no = item.get("original_tender")
            if no is not None:
                refunded[no] = refunded.get(no, 0) - item.get("share", item["amount"])
        return replace(
            self,
            lines=tuple(lines[line.no] for line in self.lines),
            refunded=refunded,
            carried=self.carried + payload.get("carried", 0),
        )


def _earned(body: Mapping[str, Any]) -> bool:
    """Whether anybody got points for it: staff on their own number did not."""
    if "points_earned" in body:
        return bool(body["points_earned"])
    return any(entry["why"] == "earned" for entry in body.get("points", ()))


def _line_after(lines: dict[int, OriginalLine], item: Mapping[str, Any]) -> dict[int, OriginalLine]:
    line = lines.get(item.get("original_line", 0))
    if line is not None:
        lines[line.no] = replace(
            line,
            returned_quantity=line.returned_quantity + item["quantity"],
            returned_amount=line.returned_amount - item["amount"],
            returned_vat=line.returned_vat - item["vat"],
        )
    return lines


def _refunded(returns: Mapping[str, Any], tenders: tuple[Tender, ...]) -> dict[int, int]:
    """Shares per tender from the feed's sums; cash stands there rounded, `cash_share` is its share."""
    done: dict[int, int] = {}
    cash = {tender.no for tender in tenders if tender.stands_as is TenderKind.CASH}
    for item in returns.get("refunds", ()):
        no = item.get("original_tender")
        if no is not None and ("share" in item or no not in cash):
            done[no] = done.get(no, 0) + abs(item.get("share", item["amount"]))
    left = abs(returns.get("cash_share", 0)) - sum(done.get(no, 0) for no in cash)
    for tender in tenders:
        if left > 0 and tender.no in cash:
            part = min(left, tender.amount) if tender.no != max(cash) else left
            done[tender.no] = done.get(tender.no, 0) + part
            left -= part
    return done
