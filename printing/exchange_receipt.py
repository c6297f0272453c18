"""The receipt of an exchange: old goods, new goods, and the difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos_app.text import _, money
from printing.document import Document, Item, Space, Text
from printing.facts import Body, ReceiptFacts
from printing.figures import tender_name
from printing.receipt_lines import lines_part
from printing.receipt_parts import (
    BODY,
    RULE,
    SOLID_RULE,
    e_invoice_part,
    farewell,
    hero,
    issued_part,
    opening,
    payload_list,
    points_part,
    row,
    vat_part,
)
from printing.receipt_tenders import refunds_part, rounding_part, tenders_part
from printing.return_receipt import carried_part, credit_part, points_back, returned_part, store_credit
from printing.sale_receipt import return_part, vouchers_part


def compose(body: Body, facts: ReceiptFacts, copy: int) -> Document:
    """An `exchange` document on paper; `copy` ≥ 2 is a reprint."""
    payload = body["payload"]
    back, new = payload["return"], payload["sale"]
    refunds = payload_list(payload, "refunds")
    items: list[Item] = [*opening(_("PHIẾU ĐỔI HÀNG"), body, facts, copy), *RULE]
    items += _goods_part(back, new, facts)
    items += RULE
    items.append(row(_("Hàng trả lại"), money(back["total"])))
    items.append(row(_("Hàng mới"), money(new["total"])))
    items += vouchers_part(payload_list(new, "vouchers"), new["lines"], facts)
    items += _difference_part(payload, refunds, facts)
    items += _moved_part(payload_list(payload, "moved"))
    items += vat_part([*back["lines"], *payload_list(back, "kept"), *new["lines"]])
    items += points_part(_points(payload), facts)
    items += return_part(body, new["lines"], facts)
    items += credit_part(refunds, facts) if store_credit(refunds) else ()
    items += issued_part([*payload_list(back, "issued"), *payload_list(new, "issued")], facts)
    items += e_invoice_part(body, facts)
    items += farewell(body)
    return Document(tuple(items))


def _goods_part(back: Body, new: Body, facts: ReceiptFacts) -> Iterator[Item]:
    yield Text(_("HÀNG TRẢ LẠI"), BODY, 700)
    yield Space(6)
    yield from returned_part(back["lines"], payload_list(back, "kept"), facts)
    yield from RULE
    yield Text(_("HÀNG MỚI"), BODY, 700)
    yield Space(6)
    yield from lines_part(new["lines"], facts)


def _difference_part(payload: Body, refunds: Sequence[Body], facts: ReceiptFacts) -> Iterator[Item]:
    """One figure: what the customer pays, or what goes back."""
    if payload["difference"] < 0:
        yield from carried_part(payload)
        yield from rounding_part({"rounding": -payload["rounding"]})
        yield from hero(_("Hoàn lại khách"), -sum(refund["amount"] for refund in refunds))
        if refunds:
            yield from SOLID_RULE
        yield from refunds_part(refunds, points_back(_points(payload)))
        return
    yield from hero(_("Khách cần trả"), payload["difference"] + (payload.get("carried") or 0))
    tenders = payload_list(payload, "tenders")
    yield from tenders_part({**payload, "points": _points(payload)}, tenders, facts)


def _points(payload: Body) -> list[Body]:
    return [*payload_list(payload["return"], "points"), *payload_list(payload["sale"], "points")]


def _moved_part(moved: Sequence[Body]) -> Iterator[Item]:
    """Money paid for the old goods that stays for the new ones."""
    if moved:
        yield from RULE
        yield Text(_("Đã trả cho hàng cũ, chuyển sang hàng mới"), 22, 600)
    for entry in moved:
        yield row(tender_name(entry["kind"]), money(abs(entry["amount"])))
