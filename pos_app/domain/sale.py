"""The payloads of a sale, its void and an order payment (protocol §3a)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pos_app.domain.approval import Approval
from pos_app.domain.points import POINT_WORTH, earned_by
from pos_app.domain.priced import Discount, PricedCart, PricedLine, PricedVoucher
from pos_app.domain.tender import Settlement, Tender, TenderKind

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Buyer:
    """Whose points move. `earns` is False for staff who buy on their own number."""

    customer: str
    tier_percent: int = 100
    earns: bool = True


@dataclass(frozen=True, slots=True)
class SaleFacts:
    """What a sale's document says beside its price and its tenders."""

    business_date: date
    buyer: Buyer | None = None
    approvals: Sequence[Approval] = ()
    issued: Sequence[Mapping[str, Any]] = ()


def sale_payload(priced: PricedCart, settlement: Settlement, facts: SaleFacts) -> Payload:
    """A sale without its receipt number, which the journal puts in as it commits."""
    body: Payload = {
        "business_date": facts.business_date.isoformat(),
        "priced_at": priced.priced_at.isoformat(),
        "engine": priced.engine,
        "lines": [line_json(line) for line in priced.lines],
        "vouchers": [voucher_json(voucher) for voucher in priced.used_vouchers],
        "tenders": [tender.to_json() for tender in settlement.tenders],
        "rounding": settlement.rounding,
        "total": priced.total,
        "points": points_json(facts.buyer, settlement.tenders, settlement.rounding),
        "approvals": [approval.to_json() for approval in facts.approvals],
    }
    if facts.buyer is not None:
        body["customer"] = facts.buyer.customer
        body["tier_percent"] = facts.buyer.tier_percent
    if facts.issued:
        body["issued"] = [dict(item) for item in facts.issued]
    return body


def line_json(line: PricedLine) -> Payload:
    """One line of a sale, or of the extra goods of a hand-over."""
    goods = line.goods
    body: Payload = {
        "no": line.no,
        "name": goods.name,
        "category": goods.category,
        "quantity": line.quantity,
        "unit": line.product.unit if line.product is not None else "",
        "unit_price": line.unit_price,
        "price_ver": line.price_ver,
        "gross": line.gross,
        "discounts": [discount_json(discount) for discount in line.discounts],
        "amount": line.amount,
        "vat_rate": line.vat_rate,
        "vat": line.vat,
    }
    body |= _identity(line)
    optional: Payload = {
        "salesperson": line.salesperson,
        "gift_of": line.gift_of,
        "gift_value": line.gift_value,
        "note": line.note or None,
        "price_tier": line.price_tier,
        "return_until": None if line.return_until is None else line.return_until.isoformat(),
    }
    body |= {name: value for name, value in optional.items() if value is not None}
    if line.gift_condition is not None:
        body["gift_condition"] = {
            "least": line.gift_condition.least,
            "lines": list(line.gift_condition.lines),
        }
    return body


def _identity(line: PricedLine) -> Payload:
    if line.product is None:
        barcode = "" if line.uncoded is None else line.uncoded.barcode
        return {"barcode": barcode} if barcode else {}
    product = line.product
    body: Payload = {"product": product.id, "sku": product.sku}
    for name in ("variant", "colour", "colour_name", "size"):
        if getattr(product, name):
            body[name] = getattr(product, name)
    if product.no_return_reason:
        body["no_return"] = product.no_return_reason
    return body


def discount_json(discount: Discount) -> Payload:
    """Why a line costs less; `name` is kept for the receipt."""
    body: Payload = {
        "step": discount.step.value,
        "rule": discount.rule,
        "ver": discount.ver,
        "amount": discount.amount,
    }
    if discount.name:
        body["name"] = discount.name
    if discount.serial is not None:
        body["serial"] = str(discount.serial)
    if discount.by is not None:
        body["by"] = discount.by
    return body


def voucher_json(voucher: PricedVoucher) -> Payload:
    """A used voucher: what it took off, and what of it is lost."""
    use = voucher.use
    body: Payload = {
        "serial": str(use.serial),
        "key_id": use.key_id,
        "campaign": use.campaign.no,
        "kind": use.kind.value,
        "amount": voucher.amount,
        "allowed_by": use.allowed_by or "policy",
    }
    if voucher.rest:
        body["rest"] = voucher.rest
    return body


def points_json(
    buyer: Buyer | None, tenders: Sequence[Tender], rounding: int, *, web_credited: bool = True
) -> list[Payload]:
    """Points entries of a document: spent as a tender, earned by the rest of the money."""
    if buyer is None:
        return []
    entries: list[Payload] = []
    spent = sum(tender.amount for tender in tenders if tender.kind is TenderKind.POINTS) // POINT_WORTH
    if spent:
        entries.append({"customer": buyer.customer, "delta": -spent, "why": "spent"})
    won = earned_by(tenders, rounding, buyer.tier_percent, web_credited=web_credited) if buyer.earns else 0
    if won:
        entries.append({"customer": buyer.customer, "delta": won, "why": "earned"})
    return entries


def void_payload(
    doc_id: str,
    original: Mapping[str, Any],
    reason: str,
    business_date: date,
    approvals: Sequence[Approval],
) -> Payload:
    """Takes a whole sale back in the open shift: its tenders and points with the opposite sign."""
    return {
        "business_date": business_date.isoformat(),
        "of": doc_id,
        "reason": reason,
        "tenders": [
            {
                "no": tender["no"],
                "kind": tender["kind"],
                "amount": -tender["amount"],
                **({"reference": tender["reference"]} if "reference" in tender else {}),
            }
            for tender in original["tenders"]
        ],
        "points": [
            {"customer": entry["customer"], "delta": -entry["delta"], "why": "void"}
            for entry in original.get("points", ())
        ],
        "approvals": [approval.to_json() for approval in approvals],
    }


def order_payment_payload(order: int, settlement: Settlement, business_date: date) -> Payload:
    """Money taken for an order before its hand-over: a deposit, no revenue, VAT or points."""
    return {
        "business_date": business_date.isoformat(),
        "order": order,
        "tenders": [tender.to_json() for tender in settlement.tenders],
        "rounding": settlement.rounding,
        "total": settlement.total,
    }
