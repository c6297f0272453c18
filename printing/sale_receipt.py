"""The receipt of a sale: PHIẾU TÍNH TIỀN."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pos_app.text import _, money
from printing.document import Document, Item
from printing.facts import Body, ReceiptFacts
from printing.figures import instant
from printing.receipt_lines import count_of, gross_of, is_voucher, lines_part, return_window, total_row
from printing.receipt_parts import (
    RULE,
    code_box,
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
from printing.receipt_tenders import tenders_part


def compose(body: Body, facts: ReceiptFacts, copy: int) -> Document:
    """A `sale` document on paper; `copy` ≥ 2 is a reprint."""
    payload = body["payload"]
    items: list[Item] = [*opening(_("PHIẾU TÍNH TIỀN"), body, facts, copy), *RULE]
    items += lines_part(payload["lines"], facts)
    items += RULE
    items += sums_part(payload, facts)
    items += hero(_("Khách cần trả"), payload["total"])
    items += tenders_part(payload, payload_list(payload, "tenders"), facts)
    items += vat_part(payload["lines"])
    items += points_part(payload_list(payload, "points"), facts)
    items += return_part(body, payload["lines"], facts)
    items += issued_part(payload_list(payload, "issued"), facts)
    items += e_invoice_part(body, facts)
    items += farewell(body)
    return Document(tuple(items))


def sums_part(payload: Body, facts: ReceiptFacts) -> Iterator[Item]:
    """Goods at full price, what promotions and people took off, then each voucher."""
    lines = payload["lines"]
    yield total_row(_("Tổng tiền hàng"), count_of(lines), sum(gross_of(line) for line in lines))
    off = sum(entry["amount"] for entry in _discounts(lines) if not is_voucher(entry))
    if off:
        yield row(_("Giảm giá"), money(-off))
    yield from vouchers_part(payload_list(payload, "vouchers"), lines, facts)


def _discounts(lines: Iterable[Body]) -> Iterator[Body]:
    for line in lines:
        yield from payload_list(line, "discounts")


def vouchers_part(vouchers: Sequence[Body], lines: Iterable[Body], facts: ReceiptFacts) -> Iterator[Item]:
    """A voucher by its campaign's name; stored value is a tender and stands there."""
    names = {entry["serial"]: entry.get("name") for entry in _discounts(lines) if "serial" in entry}
    for voucher in vouchers:
        if voucher["kind"] in ("stored_value", 4):
            continue
        name = names.get(voucher["serial"]) or facts.rules.get(str(voucher.get("campaign")), "")
        off = money(-voucher["amount"]) if voucher["amount"] else _("tặng quà")
        yield row(f"Voucher {name}".strip(), off)


def return_part(body: Body, lines: Sequence[Body], facts: ReceiptFacts) -> Iterator[Item]:
    """The receipt's code and the last days; training paper carries no code that could be used."""
    if facts.code is None:
        return
    today = instant(body["wall"]).astimezone(facts.zone).date()
    yield from code_box(facts.code, _("Quét để đổi trả"), (return_window(lines, facts, today),))
