"""The receipt of a hand-over: what the customer took, what was paid before and what was paid today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos_app.text import _, money
from printing.document import Document, Item, Text
from printing.facts import Body, ReceiptFacts
from printing.figures import amount_of, joined
from printing.receipt_lines import count_of, gross_of, lines_part, total_row
from printing.receipt_parts import (
    BODY,
    RULE,
    SMALL,
    STRONG,
    e_invoice_part,
    farewell,
    goods_of,
    hero,
    issued_part,
    opening,
    payload_list,
    points_part,
    row,
    vat_part,
)
from printing.receipt_tenders import refunds_part, tenders_part
from printing.sale_receipt import return_part, vouchers_part

_BEFORE = ("paid_online", "deposit")


def compose(body: Body, facts: ReceiptFacts, copy: int) -> Document:
    """A `handover` document on paper; `copy` ≥ 2 is a reprint."""
    payload = body["payload"]
    extra = payload.get("sale") or {}
    lines = [*payload["lines"], *payload_list(extra, "lines")]
    tenders = payload_list(payload, "tenders")
    before = [tender for tender in tenders if tender["kind"] in _BEFORE]
    now = [tender for tender in tenders if tender["kind"] not in _BEFORE]
    items: list[Item] = [*opening(_("PHIẾU GIAO HÀNG"), body, facts, copy), *RULE]
    items += lines_part(lines, facts)
    items += _refused_part(payload_list(payload, "refused"), facts)
    items += RULE
    items += _sums_part(lines, payload, extra, facts)
    items += (row(_label_before(tender["kind"]), money(-tender["amount"])) for tender in before)
    items += hero(_("Khách cần trả"), payload["total"] - sum(tender["amount"] for tender in before))
    items += tenders_part(payload, now, facts)
    items += _refunds_part(payload)
    items += vat_part(lines)
    items += points_part(payload_list(payload, "points"), facts)
    items += return_part(body, lines, facts)
    items += issued_part(payload_list(payload, "issued"), facts)
    items += e_invoice_part(body, facts)
    items += farewell(body)
    return Document(tuple(items))


def _sums_part(lines: Sequence[Body], payload: Body, extra: Body, facts: ReceiptFacts) -> Iterator[Item]:
    gross = sum(gross_of(line) for line in lines)
    yield total_row(_("Tổng tiền hàng"), count_of(lines), gross)
    vouchers = payload_list(extra, "vouchers")
    off = gross - payload["total"] - sum(voucher["amount"] for voucher in vouchers)
    if off > 0:
        yield row(_("Giảm giá"), money(-off))
    yield from vouchers_part(vouchers, lines, facts)


def _label_before(kind: str) -> str:
    return _("Đã trả trên web") if kind == "paid_online" else _("Đã đặt cọc")


def _refused_part(refused: Sequence[Body], facts: ReceiptFacts) -> Iterator[Item]:
    """What the customer did not want: no amount, for it was never sold."""
    if refused:
        yield from RULE
        yield Text(_("Khách không nhận"), BODY, STRONG)
    for line in refused:
        goods = goods_of(line, facts)
        yield Text(joined(goods.name, goods.variant, amount_of(line["quantity"], goods.unit)), SMALL)


def _refunds_part(payload: Body) -> Iterator[Item]:
    refunds = payload_list(payload, "refunds")
    if refunds:
        yield from RULE
        yield Text(_("Hoàn tiền món không nhận"), BODY, STRONG)
        yield from refunds_part(refunds)
