"""The parts that receipts of every kind share: header, facts, sums, VAT table, code, farewell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pos_app.domain.money import vat_table
from pos_app.text import _, money, phone_masked
from printing.document import Align, Box, Columns, Item, Qr, Rule, Space, Text
from printing.facts import Body, Goods, ReceiptFacts, StoreFacts
from printing.figures import e_invoice_deadline, instant, joined, plus, rate, unbroken, wall_text

SMALL = 22
BODY = 24
STRONG = 640

RULE = (Space(16), Rule(), Space(16))
SOLID_RULE = (Space(14), Rule(dashed=False), Space(16))


def row(label: str, figure: str, weight: int = 500, size: int = BODY) -> Columns:
    """A label and its figure; `weight` is the figure's."""
    return Columns((Text(label, size), Text(figure, size, weight, Align.RIGHT)))


def strong_row(label: str, figure: str, size: int = 28) -> Columns:
    """A row that the eye must find."""
    return Columns((Text(label, size, 700), Text(figure, size, 700, Align.RIGHT)))


def hero(label: str, amount: int) -> tuple[Item, ...]:
    """The one big figure of a receipt, đồng."""
    return (
        Space(8),
        Columns((Text(label, 30, 700), Text(f"{money(amount)}đ", 44, 700, Align.RIGHT, spacing=1, fit=True))),
    )


def centred(text: str, size: int = SMALL, weight: int = 500) -> Text:
    """A paragraph in the middle."""
    return Text(text, size, weight, Align.CENTRE)


def header(store: StoreFacts) -> Iterator[Item]:
    """The shop's name, address and tax code."""
    title = (store.chain or store.name).upper()
    if title:
        yield Text(title, 56, 800, Align.CENTRE, spacing=2, fit=True)
    if store.tagline:
        yield centred(store.tagline, BODY)
    yield Space(8)
    if store.address:
        yield centred(store.address)
    phone = unbroken(_("ĐT {phone}").format(phone=store.phone)) if store.phone else ""
    tax_code = unbroken(_("MST {code}").format(code=store.tax_code)) if store.tax_code else ""
    if phone or tax_code:
        yield centred(joined(phone, tax_code))


def training_mark(body: Body) -> Iterator[Item]:
    """No paper of a training sale may pass for a real one."""
    if body.get("training"):
        yield Space(10)
        yield Box((centred(_("TẬP BÁN – KHÔNG CÓ GIÁ TRỊ"), 28, 800),))


def reprint_mark(copy: int) -> Iterator[Item]:
    """Every paper after the first says so; copy 2 is the first reprint."""
    if copy >= 2:
        yield Space(6)
        yield centred(_("IN LẠI lần {times}").format(times=copy - 1), 26, 700)


def opening(title: str, body: Body, facts: ReceiptFacts, copy: int) -> Iterator[Item]:
    """Everything above the lines: shop, title, number, hash, time, people."""
    yield from header(facts.store)
    yield from training_mark(body)
    yield Space(20)
    yield Text(title, 34, 750, Align.CENTRE, fit=True)
    yield from reprint_mark(copy)
    yield Space(12)
    yield row(_("Số"), body["payload"]["receipt_no"], STRONG)
    yield row(_("Mã chứng từ"), facts.hash_hex[:8])
    yield row(_("Ngày"), wall_text(body, facts.zone))
    till = unbroken(_("Quầy {number}").format(number=facts.till_number))
    shift = unbroken(_("Ca {number}").format(number=body["shift"])) if body.get("shift") else ""
    yield row(_("Thu ngân"), joined(facts.cashier, till, shift))
    if facts.customer or facts.last3:
        phone = unbroken(phone_masked(facts.last3)) if facts.last3 else ""
        yield row(_("Khách"), joined(facts.customer, phone))
    order_number = body["payload"].get("number") or facts.order_number
    if order_number:
        yield row(_("Đơn hàng"), str(order_number), STRONG)
    if facts.original:
        yield row(_("Phiếu gốc"), facts.original, STRONG)


def goods_of(line: Body, facts: ReceiptFacts) -> Goods:
    """What the line says of itself, else what the catalogue or the order knew."""
    product = line.get("product") or ""
    known = facts.goods.get(product) or facts.order_goods.get(line.get("order_line") or 0) or Goods(product)
    return Goods(
        line.get("name") or known.name,
        line.get("variant") or known.variant,
        line.get("unit") or known.unit,
    )


@dataclass(frozen=True, slots=True)
class _Taxed:
    amount: int
    vat_rate: int
    vat: int


def vat_part(lines: Iterable[Body], sign: int = 1) -> Iterator[Item]:
    """The table per rate; `sign` −1 turns the negative copies of a return."""
    taxed = [_Taxed(sign * line["amount"], line["vat_rate"], sign * line["vat"]) for line in lines]
    if not taxed:
        return
    yield from RULE
    yield _vat_row((_("Thuế suất"), _("Chưa thuế"), _("Tiền thuế")), STRONG)
    for entry in vat_table(taxed):
        yield _vat_row((rate(entry.rate), money(entry.net), money(entry.vat)), 500)
    yield Space(5)
    yield Text(_("Giá đã gồm thuế GTGT."), SMALL)


def _vat_row(texts: Sequence[str], weight: int) -> Columns:
    first, *figures = texts
    right = (Text(figure, SMALL, weight, Align.RIGHT, fit=True) for figure in figures)
    return Columns((Text(first, SMALL, weight), *right), (32, 34, 34))


def points_part(points: Sequence[Body], facts: ReceiptFacts) -> Iterator[Item]:
    """What was earned or taken back, and the balance as this till knows it."""
    change = sum(entry["delta"] for entry in points if not is_tender_entry(entry))
    if not change and facts.balance is None:
        return
    yield from RULE
    if change:
        label = _("Tích điểm lần này") if change > 0 else _("Thu lại điểm đã tích")
        yield row(label, plus(change), STRONG)
    if facts.balance is not None:
        yield row(_("Điểm hiện có"), money(facts.balance), STRONG)


def points_spent(points: Sequence[Body]) -> int:
    """Points that a tender of this document took; positive."""
    return -sum(int(entry["delta"]) for entry in points if entry.get("why") == "spent")


def is_tender_entry(entry: Body) -> bool:
    """Spent points and their refund are shown with the tender, not among what was earned."""
    why = entry.get("why")
    return why in ("spent", "refund") or (why == "void" and entry["delta"] > 0)


def code_box(text: str, title: str, lines: Iterable[str]) -> Iterator[Item]:
    """A QR code with one bold line and what it is good for."""
    yield Space(20)
    yield Qr(text, (Text(title, 26, 700), Space(4), *(Text(line, SMALL) for line in lines if line)))


def issued_part(issued: Sequence[Body], facts: ReceiptFacts) -> Iterator[Item]:
    """Vouchers and gift cards handed out with this document."""
    for entry in issued:
        text = facts.issued.get(str(entry["serial"]))
        name = facts.rules.get(str(entry.get("campaign")), "")
        title = _("Thẻ quà tặng") if entry["what"] == "gift_card" else _("Voucher tặng bạn")
        value = entry.get("value") or 0
        worth = _("Trị giá {amount}đ").format(amount=money(value)) if value else ""
        if text is not None:
            yield from code_box(text, title, (name, worth, _("Đưa mã này khi trả tiền.")))


def e_invoice_part(body: Body, facts: ReceiptFacts) -> Iterator[Item]:
    """That the tax invoice follows, and until when a company's name can be given."""
    if not facts.e_invoice or body.get("training"):
        return
    yield Space(17)
    yield centred(_("Hóa đơn điện tử phát hành trong ngày."))
    deadline = e_invoice_deadline(instant(body["wall"]), facts.zone)
    if deadline is not None and facts.code is not None:
        yield centred(_("Cần tên công ty: quét mã trước {time} hôm nay.").format(time=f"{deadline:%H:%M}"))


def farewell(body: Body) -> Iterator[Item]:
    """The last words."""
    yield Space(15)
    yield centred(_("Cảm ơn quý khách. Hẹn gặp lại!"), 28, STRONG)
    yield from training_mark(body)


def payload_list(payload: Body, name: str) -> Sequence[dict[str, Any]]:
    """A list of the payload; absent means empty."""
    return payload.get(name) or ()
