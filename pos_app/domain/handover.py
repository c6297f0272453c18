"""A hand-over figured out: which parts of an order, what the prepaid money covers, what is still due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pos_app.domain.approval import Approval
from pos_app.domain.errors import NothingToHandOver
from pos_app.domain.money import vat_inside
from pos_app.domain.order import Order, OrderLine, Prepaid
from pos_app.domain.priced import PricedCart
from pos_app.domain.refund import Refund
from pos_app.domain.return_document import refund_json
from pos_app.domain.sale import Buyer, Payload, line_json, points_json, voucher_json
from pos_app.domain.tender import Settlement, Tender, TenderKind


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """A part of an order line that goes to the customer now."""

    no: int
    line: OrderLine
    quantity: int
    amount: int
    vat_rate: int
    vat: int


@dataclass(frozen=True, slots=True)
class RefusedPart:
    """A part that the customer does not want; `amount` ≥ 0 is what it would have cost."""

    line: OrderLine
    quantity: int
    amount: int
    reason: str


@dataclass(frozen=True, slots=True)
class RefusedChoice:
    """What is refused of a line, in thousandths, and why (a code)."""

    quantity: int
    reason: str = "not_wanted"


@dataclass(frozen=True, slots=True)
class HandoverPlan:
    """`prepaid` are the tenders that earlier money makes of itself; `due` is what is to be paid now.

    `refunds` give back (≤ 0) what was paid for refused parts; `extra` are goods bought along, priced
    as a cart of the channel PICKUP.
    """

    order: Order
    lines: tuple[HandoverLine, ...]
    refused: tuple[RefusedPart, ...]
    prepaid: tuple[Tender, ...]
    refunds: tuple[Refund, ...]
    extra: PricedCart | None

    @property
    def total(self) -> int:
        goods = sum(line.amount for line in self.lines)
        return goods + (0 if self.extra is None else self.extra.total)

    @property
    def due(self) -> int:
        return self.total - sum(tender.amount for tender in self.prepaid)


def plan_handover(
    order: Order,
    quantities: Mapping[int, int],
    refused: Mapping[int, RefusedChoice] | None = None,
    *,
    vat_rates: Mapping[int, int] | None = None,
    extra: PricedCart | None = None,
    instead: Mapping[TenderKind, TenderKind] | None = None,
) -> HandoverPlan:
    """Figures handing over these thousandths per order line (rules: Pickup).

    `vat_rates` by line are those in force today, else the order's. `instead` gives refused money in another
    form (paid online → store credit). Raises NothingToHandOver, HandoverTooMuch.
    """
    refused = refused or {}
    quantities = {no: quantity for no, quantity in quantities.items() if quantity}
    if not quantities and not refused:
        raise NothingToHandOver(order=order.order)
    share = sum(order.share_of_prepaid(quantities).values())
    not_wanted = {no: choice.quantity for no, choice in refused.items()}
    back = sum(order.share_of_prepaid(not_wanted, quantities).values())
    begin = order.used_prepaid()
    return HandoverPlan(
        order=order,
        lines=tuple(
            _line(place, order.line(no), quantity, vat_rates or {})
            for place, (no, quantity) in enumerate(sorted(quantities.items()), start=1)
        ),
        refused=tuple(
            RefusedPart(
                order.line(no),
                choice.quantity,
                order.line(no).part(order.line(no).gone + quantities.get(no, 0), choice.quantity),
                choice.reason,
            )
            for no, choice in sorted(refused.items())
        ),
        prepaid=tuple(
            Tender(place, item.kind, amount, reference=item.reference, via=item.via)
            for place, (item, amount) in enumerate(_slice(order.prepaid, begin, begin + share), start=1)
        ),
        refunds=_refunds(_slice(order.prepaid, begin + share, begin + share + back), instead or {}),
        extra=extra,
    )


def _line(no: int, line: OrderLine, quantity: int, rates: Mapping[int, int]) -> HandoverLine:
    amount = line.part(line.gone, quantity)
    rate = rates.get(line.no, line.vat_rate)
    return HandoverLine(no, line, quantity, amount, rate, vat_inside(amount, rate))


def _slice(prepaid: Sequence[Prepaid], begin: int, end: int) -> list[tuple[Prepaid, int]]:
    """Which earlier payments the đồng from `begin` to `end` of the prepaid money are, in their order."""
    parts: list[tuple[Prepaid, int]] = []
    at = 0
    for item in prepaid:
        amount = min(end, at + item.amount) - max(begin, at)
        if amount > 0:
            parts.append((item, amount))
        at += item.amount
    return parts


def _refunds(
    parts: Sequence[tuple[Prepaid, int]], instead: Mapping[TenderKind, TenderKind]
) -> tuple[Refund, ...]:
    done: list[Refund] = []
    for item, amount in parts:
        tender = Tender(item.no, item.kind, amount, reference=item.reference, via=item.via)
        kind = instead.get(tender.stands_as, tender.stands_as)
        done.append(Refund(kind, -amount, tender, -amount))
    return tuple(done)


@dataclass(frozen=True, slots=True)
class HandoverFacts:
    """What the document says beside the plan. `checks`: qr | pin | id | short_code."""

    business_date: date
    day: date
    priced_at: str
    engine: str
    checks: Sequence[str]
    collector: str = "self"
    serial: int | None = None
    buyer: Buyer | None = None
    approvals: Sequence[Approval] = ()
    substituted: Sequence[Mapping[str, int]] = ()


def handover_payload(plan: HandoverPlan, settlement: Settlement, facts: HandoverFacts) -> Payload:
    """A hand-over without its receipt number; `settlement` covers plan.prepaid and what was paid now.

    Lines of extra goods are numbered after the order's, so that a return can name each by its number.
    """
    order = plan.order
    body: Payload = {
        "business_date": facts.business_date.isoformat(),
        "priced_at": facts.priced_at,
        "engine": facts.engine,
        "order": order.order,
        "number": order.number,
        "lines": [_line_json(line, facts.day, is_known=order.is_known) for line in plan.lines],
        "refused": [_refused_json(part) for part in plan.refused],
        "substituted": [{**item, "no": item["no"] + len(plan.lines)} for item in facts.substituted],
        "checks": list(facts.checks),
        "collector": facts.collector,
        "tenders": [tender.to_json() for tender in settlement.tenders],
        "refunds": [refund_json(refund) for refund in plan.refunds],
        "rounding": settlement.rounding,
        "total": plan.total,
        "points": points_json(
            facts.buyer, settlement.tenders, settlement.rounding, web_credited=order.web_credited
        ),
        "web_credited": order.web_credited,
        "provisional": not order.is_known,
        "approvals": [approval.to_json() for approval in facts.approvals],
    }
    if plan.extra is not None:
        body["sale"] = {
            "lines": [_moved(line_json(line), len(plan.lines)) for line in plan.extra.lines],
            "vouchers": [voucher_json(voucher) for voucher in plan.extra.used_vouchers],
        }
    if facts.serial is not None:
        body["serial"] = str(facts.serial)
    if facts.buyer is not None:
        body |= {"customer": facts.buyer.customer, "tier_percent": facts.buyer.tier_percent}
    return body


def _line_json(line: HandoverLine, day: date, *, is_known: bool) -> dict[str, Any]:
    ordered = line.line
    body: Payload = {
        "no": line.no,
        **({"order_line": ordered.no} if is_known else {}),
        "quantity": line.quantity,
        "product": ordered.product,
        "name": ordered.name,
        "amount": line.amount,
        "vat_rate": line.vat_rate,
        "vat": line.vat,
        "unit_price": ordered.unit_price,
        "price_ver": ordered.price_ver,
    }
    for name in ("variant", "colour", "size", "unit", "category", "gift_of"):
        if getattr(ordered, name):
            body[name] = getattr(ordered, name)
    if ordered.return_days:
        body["return_until"] = (day + timedelta(days=ordered.return_days)).isoformat()
    return body


def _moved(line: Payload, by: int) -> Payload:
    line["no"] += by
    if "gift_condition" in line:
        condition = line["gift_condition"]
        line["gift_condition"] = {**condition, "lines": [no + by for no in condition["lines"]]}
    return line


def _refused_json(part: RefusedPart) -> Payload:
    return {
        "order_line": part.line.no,
        "quantity": part.quantity,
        "amount": part.amount,
        "reason": part.reason,
    }
