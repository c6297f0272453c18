"""The payload of a return (protocol §3a)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pos_app.domain.approval import Approval
from pos_app.domain.refund import KeptGift, Refund, RefundLine, RefundPlan

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReturnDocumentFacts:
    """`source`: own | feed | online | code | none; `code` = the receipt's code text.

    `place` = where another till's receipt stands in its journal (till/epoch/seq): with it this till finds its
    own return again when all it is shown is the receipt's code.
    `provisional`: the lines were entered from the paper, so neither they nor the refunds name the original's.
    """

    business_date: date
    source: str
    code: str | None = None
    approvals: Sequence[Approval] = ()
    provisional: bool = False
    place: str | None = None
    issued: Sequence[Mapping[str, Any]] = ()


def return_payload(plan: RefundPlan, facts: ReturnDocumentFacts) -> Payload:
    """A return without its receipt number. Refunds carry their `share` before rounding where it differs."""
    original: Payload = {"source": facts.source}
    if plan.original.doc_id:
        original["doc_id"] = plan.original.doc_id
    if facts.place:
        original["place"] = facts.place
    if facts.code:
        original["code"] = facts.code
    body: Payload = {
        "business_date": facts.business_date.isoformat(),
        "original": original,
        "lines": [_line(line, is_known=not facts.provisional) for line in plan.lines],
        "refunds": [refund_json(refund, is_known=not facts.provisional) for refund in plan.refunds],
        "rounding": plan.rounding,
        "carried": plan.carried,
        "total": plan.total,
        "points": _points(plan),
        "provisional": facts.provisional,
        "approvals": [approval.to_json() for approval in facts.approvals],
    }
    if plan.kept:
        body["kept"] = [_kept(gift) for gift in plan.kept]
    if facts.issued:
        body["issued"] = [dict(item) for item in facts.issued]
    if plan.original.customer is not None:
        body["customer"] = plan.original.customer
    return body


def _line(line: RefundLine, *, is_known: bool) -> Payload:
    original = line.original
    body: Payload = {
        "no": line.no,
        **({"original_line": original.no} if is_known else {}),
        "quantity": line.quantity,
        "amount": line.amount,
        "vat_rate": line.vat_rate,
        "vat": line.vat,
        "condition": line.condition,
        "reason": line.reason,
        "name": original.name,
    }
    if original.product is not None:
        body["product"] = original.product
    for name in ("variant", "unit", "category"):
        if getattr(original, name):
            body[name] = getattr(original, name)
    return body


def _kept(gift: KeptGift) -> Payload:
    return {
        "original_line": gift.original.no,
        "name": gift.original.name,
        "amount": gift.amount,
        "vat_rate": gift.vat_rate,
        "vat": gift.vat,
    }


def refund_json(refund: Refund, *, is_known: bool = True) -> Payload:
    """Money that goes back; `share` only where cash was rounded.

    `reference` only of money in its own form: of store credit it is the account that is filled again.
    """
    body: Payload = {
        "kind": refund.kind.value,
        "amount": refund.amount,
        **({"original_tender": refund.original_tender} if is_known else {}),
    }
    if refund.tender.reference is not None and refund.kind is refund.tender.stands_as:
        body["reference"] = refund.tender.reference
    if refund.share != refund.amount:
        body["share"] = refund.share
    return body


def _points(plan: RefundPlan) -> list[Payload]:
    customer = plan.original.customer
    if customer is None:
        return []
    entries = [("refund", plan.points_returned), ("return", -plan.points_taken_back)]
    return [{"customer": customer, "delta": delta, "why": why} for why, delta in entries if delta]
