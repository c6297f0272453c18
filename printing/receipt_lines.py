"""Goods on a receipt: name, variant, quantity and price, what was taken off, last day of return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pos_app.domain.money import line_gross
from pos_app.text import _, money
from printing.document import Columns, Item, Space, Text
from printing.facts import Body, ReceiptFacts
from printing.figures import TIMES, amount_of, day_text, joined, pieces, unbroken
from printing.receipt_parts import BODY, STRONG, goods_of, row


def line_part(line: Body, facts: ReceiptFacts) -> Iterator[Item]:
    """One line with its discounts; a gift says what it is worth."""
    goods = goods_of(line, facts)
    yield Text(goods.name, BODY, STRONG)
    if line.get("gift_of"):
        value = line.get("gift_value") or 0
        worth = _("Quà tặng, trị giá {amount}").format(amount=money(value)) if value else _("Quà tặng")
        count = amount_of(line["quantity"], goods.unit) if line["quantity"] != 1000 else ""
        yield row(joined(goods.variant, worth, count), money(line["amount"]))
        return
    unit_price = line.get("unit_price")
    count = amount_of(line["quantity"], goods.unit)
    count = count if unit_price is None else f"{count}{TIMES}{money(unit_price)}"
    yield row(joined(goods.variant, count), money(gross_of(line)))
    yield from _discounts(line, facts)


def _discounts(line: Body, facts: ReceiptFacts) -> Iterator[Item]:
    """Vouchers are not repeated here: each has its row among the sums."""
    if "discounts" not in line and gross_of(line) != line["amount"]:
        yield row(_("Giảm giá"), money(line["amount"] - gross_of(line)))
    for discount in line.get("discounts") or ():
        if discount["amount"] and not is_voucher(discount):
            yield row(_discount_name(discount, facts), money(-discount["amount"]))


def gross_of(line: Body) -> int:
    """Đồng before anything was taken off. An order's line names its price only."""
    if "gross" in line:
        return int(line["gross"])
    if line.get("gift_of") or line.get("unit_price") is None:
        return int(line["amount"])
    return line_gross(line["unit_price"], line["quantity"])


def is_voucher(discount: Body) -> bool:
    """Step 4 of the fixed order (rules: Price of a cart)."""
    return discount["step"] in ("voucher", 4)


def _discount_name(discount: Body, facts: ReceiptFacts) -> str:
    """A rule's name; a person's discount shows no reason code to the customer."""
    name = facts.rules.get(str(discount.get("rule") or "")) or discount.get("name")
    return str(name) if name and not discount.get("by") else _("Giảm giá")


def lines_part(lines: Iterable[Body], facts: ReceiptFacts) -> Iterator[Item]:
    """All lines, a little white between them."""
    for place, line in enumerate(lines):
        if place:
            yield Space(11)
        yield from line_part(line, facts)


def count_of(lines: Iterable[Body]) -> int:
    """Things the customer carries."""
    return sum(pieces(line["quantity"]) for line in lines)


def returned_line_part(line: Body, facts: ReceiptFacts) -> Iterator[Item]:
    """A line that came back; its amount is negative in the document and stands so on paper."""
    goods = goods_of(line, facts)
    yield Text(goods.name, BODY, STRONG)
    count = _("trả {quantity}").format(quantity=amount_of(line["quantity"], goods.unit))
    yield row(joined(goods.variant, unbroken(count)), money(line["amount"]))


def return_window(lines: Iterable[Body], facts: ReceiptFacts, today: date) -> str:
    """Last day per kind of goods: "Đến 21/12 với giày, 05/12 với túi."; empty without any goods."""
    days: dict[date, list[str]] = {}
    never: list[str] = []
    for line in lines:
        if line.get("gift_of"):
            continue  # a gift goes back with what earned it
        kind = facts.kinds.get(line.get("category") or "", "")
        until = line.get("return_until")
        kinds = never if until is None else days.setdefault(date.fromisoformat(until), [])
        if kind not in kinds:
            kinds.append(kind)
    if not days:
        return _("Hàng này không đổi trả.") if never else ""
    if len(days) == 1 and not never:
        return _("Đến hết ngày {day}.").format(day=day_text(next(iter(days)), today))
    parts = [_until(day, kinds, today) for day, kinds in sorted(days.items(), reverse=True)]
    text = _("Đến {days}.").format(days=", ".join(parts))
    refused = ", ".join(kind for kind in never if kind)
    return text + (" " + _("Không đổi trả {kinds}.").format(kinds=refused) if refused else "")


def _until(day: date, kinds: list[str], today: date) -> str:
    named = ", ".join(kind for kind in kinds if kind)
    text = day_text(day, today)
    return _("{day} với {kinds}").format(day=text, kinds=named) if named else text


def total_row(label: str, count: int, amount: int) -> Columns:
    """The sum of the goods with how many they are."""
    pieces_text = unbroken(_("({count} món)").format(count=count))
    return row(f"{label} {pieces_text}", money(amount))
