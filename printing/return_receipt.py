"""The receipt of a return: what came back, what was given back, and the store credit that it may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos_app.text import _, money
from printing.document import Document, Item, Space
from printing.facts import Body, ReceiptFacts
from printing.figures import joined
from printing.receipt_lines import count_of, returned_line_part, total_row
from printing.receipt_parts import (
    RULE,
    SMALL,
    SOLID_RULE,
    centred,
    code_box,
    farewell,
    hero,
    is_tender_entry,
    issued_part,
    opening,
    payload_list,
    points_part,
    row,
    vat_part,
)
from printing.receipt_tenders import refunds_part, rounding_part


def compose(body: Body, facts: ReceiptFacts, copy: int) -> Document:
    """A `return` or `handover_reversal` on paper; `copy` ≥ 2 is a reprint."""
    payload = body["payload"]
    lines, kept = payload["lines"], payload_list(payload, "kept")
    refunds = payload_list(payload, "refunds")
    points = payload_list(payload, "points")
    items: list[Item] = [*opening(_title(body["kind"]), body, facts, copy), *RULE]
    items += returned_part(lines, kept, facts)
    items += RULE
    items.append(total_row(_("Tổng tiền trả"), count_of(lines), -payload["total"]))
    items += rounding_part({"rounding": -payload["rounding"]})
    items += carried_part(payload)
    items += hero(_("Hoàn lại khách"), -sum(refund["amount"] for refund in refunds))
    items += SOLID_RULE if refunds else ()
    items += refunds_part(refunds, points_back(points))
    items += vat_part([*lines, *kept], sign=-1)
    items += points_part(points, facts)
    items += provisional_part(payload)
    items += credit_part(refunds, facts) if store_credit(refunds) else proof_part(facts)
    items += issued_part(payload_list(payload, "issued"), facts)
    items += farewell(body)
    return Document(tuple(items))


def _title(kind: str) -> str:
    return _("PHIẾU TRẢ HÀNG") if kind == "return" else _("PHIẾU NHẬN LẠI ĐƠN HÀNG")


def returned_part(lines: Sequence[Body], kept: Sequence[Body], facts: ReceiptFacts) -> Iterator[Item]:
    """Lines that came back, and gifts whose worth was kept because they did not."""
    for place, line in enumerate(lines):
        if place:
            yield Space(10)
        yield from returned_line_part(line, facts)
    for line in kept:
        yield Space(10)
        yield row(_("Giữ lại giá trị quà tặng"), money(line["amount"]))


def carried_part(payload: Body) -> Iterator[Item]:
    """What no tender could take now, or what a former return had left over."""
    carried = payload.get("carried") or 0
    if carried:
        label = _("Để lại lần trả sau") if carried > 0 else _("Cộng từ lần trả trước")
        yield row(label, money(-carried))


def points_back(points: Sequence[Body]) -> int:
    """Points that came back as the refund of a points tender; positive."""
    return int(sum(entry["delta"] for entry in points if is_tender_entry(entry)))


def provisional_part(payload: Body) -> Iterator[Item]:
    """The figure may still be corrected by central."""
    if payload.get("provisional"):
        yield Space(10)
        yield centred(_("Số tiền tạm tính, trung tâm sẽ xác nhận khi có mạng."), SMALL, 600)


def store_credit(refunds: Sequence[Body]) -> int:
    """Đồng given as store credit."""
    return -sum(int(refund["amount"]) for refund in refunds if refund["kind"] == "store_credit")


def credit_part(refunds: Sequence[Body], facts: ReceiptFacts) -> Iterator[Item]:
    """The code of this document *is* the store credit (protocol §7): it says how much and where."""
    if facts.code is None:
        return
    yield Space(18)
    yield centred(_("PHIẾU HOÀN TIỀN"), 28, 700)
    yield from code_box(
        facts.code,
        _("{amount}đ").format(amount=money(store_credit(refunds))),
        (
            _("Mã này là tiền: hãy giữ kỹ."),
            _("Dùng tại Quầy {till} bất cứ lúc nào.").format(till=facts.till_number),
            _("Quầy khác chưa nhận phiếu này."),
        ),
    )


def proof_part(facts: ReceiptFacts) -> Iterator[Item]:
    """Without store credit the code only proves what was returned."""
    if facts.code is not None:
        place = joined(facts.store.name)
        yield from code_box(facts.code, _("Mã phiếu này"), (_("Đưa mã khi cần hỏi lại."), place))
