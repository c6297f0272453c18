"""Payloads of documents as a till would write them, small and sound."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from pos_app.domain.money import vat_inside
from pos_app.domain.shift import Count, JournalRange, Shift, shift_close_payload
from pos_app.domain.z_totals import ZTotals
from tests.support.central_till import Item, Till
from tests.support.central_world import ORDER, SHOES

PRICE = 600_000


def sale(till: Till, pieces: int = 1, **more: Any) -> dict[str, Any]:
    """Shoes for cash; `more` replaces fields."""
    amount = PRICE * pieces
    line = {
        "no": 1, "product": SHOES, "sku": "SKU1", "name": "Giày búp bê", "category": "giay", "unit": "đôi",
        "quantity": 1000 * pieces, "unit_price": PRICE, "price_ver": 2, "gross": amount, "discounts": [],
        "amount": amount, "vat_rate": 800, "vat": vat_inside(amount, 800), "return_until": "2026-12-22",
    }  # fmt: skip
    return {
        "receipt_no": till.receipt_no(), "business_date": "2026-11-22",
        "priced_at": "2026-11-22T10:00:00+07:00", "engine": "1", "lines": [line], "vouchers": [],
        "tenders": [{"no": 1, "kind": "cash", "amount": amount, "tendered": amount, "change": 0}],
        "rounding": 0, "total": amount, "points": [], "approvals": [], **more,
    }  # fmt: skip


def sale_with_voucher(till: Till, serial: str, off: int = 50_000) -> dict[str, Any]:
    """One pair, a voucher taken off."""
    payload = sale(till)
    line = payload["lines"][0]
    line["discounts"] = [{"step": "voucher", "rule": "7", "ver": 1, "amount": off, "serial": serial}]
    line["amount"] = PRICE - off
    line["vat"] = vat_inside(PRICE - off, 800)
    payload["vouchers"] = [
        {
            "serial": serial,
            "key_id": 2,
            "campaign": 7,
            "kind": "amount",
            "amount": off,
            "allowed_by": "policy",
        }
    ]
    payload["tenders"] = [{"no": 1, "kind": "cash", "amount": PRICE - off}]
    payload["total"] = PRICE - off
    return payload


def return_(till: Till, original: str, pieces: int = 1, kind: str = "cash") -> dict[str, Any]:
    """Pieces of `sale` back for cash."""
    amount = -PRICE * pieces
    line = {
        "no": 1, "original_line": 1, "product": SHOES, "quantity": 1000 * pieces, "amount": amount,
        "vat_rate": 800, "vat": vat_inside(amount, 800), "condition": "resell", "reason": "size",
    }  # fmt: skip
    return {
        "receipt_no": till.receipt_no(), "business_date": "2026-11-22",
        "original": {"doc_id": original, "source": "feed"}, "lines": [line],
        "refunds": [{"kind": kind, "amount": amount, "original_tender": 1}],
        "rounding": 0, "carried": 0, "total": amount, "points": [], "provisional": False, "approvals": [],
    }  # fmt: skip


def handover(till: Till, pieces: int = 2) -> dict[str, Any]:
    """Pieces of the order of central_world, paid online before."""
    amount = PRICE * pieces
    line = {
        "no": 1, "order_line": 1, "quantity": 1000 * pieces, "product": SHOES, "name": "Giày búp bê",
        "amount": amount, "vat_rate": 800, "vat": vat_inside(amount, 800), "return_until": "2026-12-22",
    }  # fmt: skip
    return {
        "receipt_no": till.receipt_no(), "business_date": "2026-11-22",
        "priced_at": "2026-11-22T10:00:00+07:00", "engine": "1", "order": ORDER, "number": "MN-48207",
        "lines": [line], "refused": [], "substituted": [], "checks": ["qr"], "collector": "self",
        "tenders": [{"no": 1, "kind": "paid_online", "amount": amount, "reference": "VNP-1"}],
        "refunds": [], "rounding": 0, "total": amount, "points": [], "provisional": False, "approvals": [],
    }  # fmt: skip


def shift_open(number: int = 1) -> dict[str, Any]:
    """A float of one million."""
    return {"number": number, "business_date": "2026-11-22", "float": {"500000": 2}}


def shift_close(items: list[Item], expected: int, counted: int | None = None) -> dict[str, Any]:
    """The closing of a shift whose documents are `items`, opened with the float of `shift_open`."""
    bodies = [json.loads(item["body"]) for item in items]
    opened = Shift(1, date(2026, 11, 22), 11, {500_000: 2})
    count = Count({}, expected if counted is None else counted, expected)
    journal = JournalRange(items[0]["seq"], items[-1]["seq"], len(items), items[-1]["hash"], 0)
    reason = "miscounted" if count.needs_reason else ""
    return shift_close_payload(opened, 1, count, ZTotals.of(bodies), journal, reason)
