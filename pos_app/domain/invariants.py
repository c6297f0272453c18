"""The invariants of protocol §3a: checked by the till before it commits and by central when it recomputes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pos_app.domain.invariants_points import BACK, SOLD, point_entries, points, points_back
from pos_app.domain.invariants_small import SMALL_CHECKS
from pos_app.domain.money import PIECE, label_quantity, line_gross, vat_inside
from pos_app.domain.points import POINT_WORTH
from pos_app.domain.tender import TenderKind
from pos_app.domain.violation import Payload, Violation, differs

__all__ = ["Violation", "check_payload"]


_WIDEST_STEP = 10_000
"""Đồng: no shop rounds to more, whatever its policy says."""


def check_payload(kind: str, payload: Payload) -> list[Violation]:
    """Everything the document itself proves, empty = sound. Kinds without money answer nothing.

    A missing field or a wrong type is a violation too (`malformed`), never an exception.
    """
    check = _CHECKS.get(kind)
    if check is None:
        return []
    try:
        return list(check(payload))
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as trouble:
        return [Violation("malformed", kind, found=repr(trouble))]


# --- lines ------------------------------------------------------------------------------------
def _sold_line(line: Payload, path: str) -> Iterator[Violation]:
    yield from _positive_quantity(line, path)
    yield from _gross(line, path)
    off = sum(discount["amount"] for discount in line["discounts"])
    yield from differs("line_amount", f"{path}.amount", line["gross"] - off, line["amount"])
    yield from _vat(line, path)
    if line["amount"] < 0:
        yield Violation("sign", f"{path}.amount", ">= 0", line["amount"])
    for place, discount in enumerate(line["discounts"]):
        yield from _discount(discount, f"{path}.discounts[{place}]")


def _positive_quantity(line: Payload, path: str) -> Iterator[Violation]:
    if line["quantity"] <= 0:
        yield Violation("quantity", f"{path}.quantity", "> 0", line["quantity"])


def _gross(line: Payload, path: str) -> Iterator[Violation]:
    if line.get("gift_of") is not None and line["gross"] == 0:
        if line.get("gift_value", 0) < 0:
            yield Violation("sign", f"{path}.gift_value", ">= 0", line["gift_value"])
        return
    expected = line_gross(line["unit_price"], line["quantity"])
    if line["gross"] == expected:
        return
    by_label = line["unit_price"] > 0 and line["quantity"] % PIECE
    if not by_label or label_quantity(line["gross"], line["unit_price"]) != line["quantity"]:
        yield Violation("line_gross", f"{path}.gross", expected, line["gross"])


def _discount(discount: Payload, path: str) -> Iterator[Violation]:
    if discount["amount"] < 0:
        yield Violation("sign", f"{path}.amount", ">= 0", discount["amount"])
    step = discount["step"]
    by_person = step in ("line", "order")
    if not discount.get("rule") or (by_person and discount.get("by") is None):
        yield Violation("discount_unnamed", path, "rule or person", step)
    if step == "voucher" and not discount.get("serial"):
        yield Violation("discount_unnamed", path, "serial", step)


def _vat(line: Payload, path: str) -> Iterator[Violation]:
    yield from differs("vat", f"{path}.vat", vat_inside(line["amount"], line["vat_rate"]), line["vat"])


def _numbers(lines: list[Payload], path: str) -> Iterator[Violation]:
    numbers = [line["no"] for line in lines]
    yield from differs("line_numbers", path, len(set(numbers)), len(numbers))


def _vouchers(part: Payload, path: str) -> Iterator[Violation]:
    taken: dict[str, int] = {}
    for line in part["lines"]:
        for discount in line["discounts"]:
            if discount["step"] == "voucher":
                serial = discount["serial"]
                taken[serial] = taken.get(serial, 0) + discount["amount"]
    used = {voucher["serial"]: voucher["amount"] for voucher in part.get("vouchers", ())}
    yield from differs("voucher_amount", f"{path}vouchers", used, taken)
    yield from differs("voucher_twice", f"{path}vouchers", len(used), len(part.get("vouchers", ())))


def _sold_part(part: Payload, path: str = "") -> Iterator[Violation]:
    for place, line in enumerate(part["lines"]):
        yield from _sold_line(line, f"{path}lines[{place}]")
    yield from _vouchers(part, path)


# --- tenders -----------------------------------------------------------------------
def _tender(tender: Payload, path: str, sign: int) -> Iterator[Violation]:
    kind = TenderKind(tender["kind"])
    if tender["amount"] * sign < 0:
        yield Violation("sign", f"{path}.amount", ">= 0" if sign > 0 else "<= 0", tender["amount"])
    if tender.get("change") and kind is not TenderKind.CASH:
        yield Violation("change_not_cash", f"{path}.change", 0, tender["change"])
    if tender.get("tendered") is not None:
        expected = tender["tendered"] - (tender.get("change") or 0)
        yield from differs("tender_amount", f"{path}.amount", expected, tender["amount"])
    if kind is TenderKind.POINTS and tender["amount"] % POINT_WORTH:
        yield Violation("points_not_whole", f"{path}.amount", POINT_WORTH, tender["amount"])


def _tenders(payload: Payload, total: int) -> Iterator[Violation]:
    for place, tender in enumerate(payload["tenders"]):
        yield from _tender(tender, f"tenders[{place}]", 1)
    paid = sum(tender["amount"] for tender in payload["tenders"])
    yield from differs("tenders_sum", "tenders", total + payload["rounding"], paid)
    has_cash = any(tender["kind"] == TenderKind.CASH for tender in payload["tenders"])
    if payload["rounding"] and not has_cash:
        yield Violation("rounding_without_cash", "rounding", 0, payload["rounding"])
    yield from _rounding(payload, _WIDEST_STEP)


def _rounding(payload: Payload, below: int) -> Iterator[Violation]:
    """Less than a step; a part that comes back may round against the one before it, so less than two."""
    if abs(payload["rounding"]) >= below:
        yield Violation("rounding_step", "rounding", below, payload["rounding"])


def _no_order(payload: Payload) -> Iterator[Violation]:
    """Money that was paid before pays for a hand-over alone."""
    for place, tender in enumerate(payload["tenders"]):
        if tender["kind"] in (TenderKind.PAID_ONLINE, TenderKind.DEPOSIT):
            yield Violation("prepaid_without_order", f"tenders[{place}]", "a hand-over", tender["kind"])


# --- kinds ------------------------------------------------------------------------------------
def _sale(payload: Payload) -> Iterator[Violation]:
    yield from _sold_part(payload)
    yield from _numbers(payload["lines"], "lines")
    total = sum(line["amount"] for line in payload["lines"])
    yield from differs("total", "total", total, payload["total"])
    yield from _tenders(payload, payload["total"])
    yield from _no_order(payload)
    yield from points(payload)


def _handover(payload: Payload) -> Iterator[Violation]:
    for place, line in enumerate(payload["lines"]):
        path = f"lines[{place}]"
        yield from _positive_quantity(line, path)
        yield from _vat(line, path)
        if line["amount"] < 0:
            yield Violation("sign", f"{path}.amount", ">= 0", line["amount"])
    lines = list(payload["lines"])
    if payload.get("sale"):
        yield from _sold_part(payload["sale"], "sale.")
        lines += payload["sale"]["lines"]
    yield from _numbers(lines, "lines")
    yield from differs("total", "total", sum(line["amount"] for line in lines), payload["total"])
    yield from _tenders(payload, payload["total"])
    yield from _refund_signs(payload)
    yield from points(payload)


def _returned_part(part: Payload, path: str = "") -> Iterator[Violation]:
    for place, line in enumerate(part["lines"]):
        yield from _returned_line(line, f"{path}lines[{place}]")
    yield from _numbers(part["lines"], f"{path}lines")
    for place, gift in enumerate(part.get("kept", ())):
        yield from _vat(gift, f"{path}kept[{place}]")
        if gift["amount"] < 0:
            yield Violation("sign", f"{path}kept[{place}].amount", ">= 0", gift["amount"])
    total = sum(line["amount"] for line in (*part["lines"], *part.get("kept", ())))
    yield from differs("total", f"{path}total", total, part["total"])
    if part["total"] > 0:
        yield Violation("sign", f"{path}total", "<= 0", part["total"])


def _return(payload: Payload) -> Iterator[Violation]:
    yield from _returned_part(payload)
    back = sum(refund["amount"] for refund in payload["refunds"])
    expected = payload["total"] + payload["rounding"] + payload["carried"]
    yield from differs("refunds_sum", "refunds", expected, back)
    yield from _refund_signs(payload)
    yield from _rounding(payload, 2 * _WIDEST_STEP)
    yield from points_back(payload)


def _exchange(payload: Payload) -> Iterator[Violation]:
    """Two halves; money that stays is not rounded and changes no hands (rules: Exchange)."""
    back, new = payload["return"], payload["sale"]
    yield from _returned_part(back, "return.")
    yield from _sold_part(new, "sale.")
    for part, signs in ((back, BACK), (new, SOLD)):
        yield from point_entries(part.get("points", ()), signs, part.get("customer"))
    yield from _numbers(new["lines"], "sale.lines")
    yield from differs("total", "sale.total", sum(line["amount"] for line in new["lines"]), new["total"])
    yield from differs("total", "difference", back["total"] + new["total"], payload["difference"])
    for place, tender in enumerate(payload["tenders"]):
        yield from _tender(tender, f"tenders[{place}]", 1)
    for place, moved in enumerate(payload.get("moved", ())):
        yield from _tender(moved, f"moved[{place}]", 1)
    yield from _refund_signs(payload)
    changed = sum(one["amount"] for one in (*payload["tenders"], *payload["refunds"]))
    expected = payload["difference"] + payload["rounding"] + payload["carried"]
    yield from differs("tenders_sum", "tenders", expected, changed)


def _handover_reversal(payload: Payload) -> Iterator[Violation]:
    yield from _returned_part(payload)
    back = sum(refund["amount"] for refund in payload["refunds"])
    yield from differs("refunds_sum", "refunds", payload["total"] + payload["rounding"], back)
    yield from _refund_signs(payload)
    yield from points_back(payload)
    if not payload.get("approvals"):
        yield Violation("reversal_without_approval", "approvals", "a second person", None)


def _returned_line(line: Payload, path: str) -> Iterator[Violation]:
    """A part's tax is a difference of two roundings, so it may lie one đồng beside its own amount's tax."""
    yield from _positive_quantity(line, path)
    if line["amount"] > 0:
        yield Violation("sign", f"{path}.amount", "<= 0", line["amount"])
    expected = vat_inside(line["amount"], line["vat_rate"])
    if line["vat"] > 0 or abs(line["vat"] - expected) > 1:
        yield Violation("vat", f"{path}.vat", expected, line["vat"])


def _refund_signs(payload: Payload) -> Iterator[Violation]:
    for place, refund in enumerate(payload.get("refunds") or ()):
        yield from _tender(refund, f"refunds[{place}]", -1)


def _void(payload: Payload) -> Iterator[Violation]:
    for place, tender in enumerate(payload["tenders"]):
        yield from _tender(tender, f"tenders[{place}]", -1)
    if not payload.get("approvals"):
        yield Violation("void_without_approval", "approvals", "a second person", None)


def _order_payment(payload: Payload) -> Iterator[Violation]:
    yield from _tenders(payload, payload["total"])
    yield from _no_order(payload)


def _cash_in_out(payload: Payload) -> Iterator[Violation]:
    if payload["amount"] <= 0:
        yield Violation("sign", "amount", "> 0", payload["amount"])
    if not payload.get("reason"):
        yield Violation("reason_missing", "reason")


def _shift_close(payload: Payload) -> Iterator[Violation]:
    difference = payload["counted"] - payload["expected"]
    yield from differs("difference", "difference", difference, payload["difference"])
    if payload["difference"] and not payload.get("reason"):
        yield Violation("reason_missing", "reason")
    seqs = payload["last_seq"] - payload["first_seq"] + 1
    if payload["count"] > max(seqs, 0):
        yield Violation("count", "count", seqs, payload["count"])


_CHECKS: Mapping[str, Callable[[Payload], Iterator[Violation]]] = {
    "sale": _sale,
    "return": _return,
    "exchange": _exchange,
    "handover_reversal": _handover_reversal,
    "handover": _handover,
    "void": _void,
    "order_payment": _order_payment,
    "cash_in": _cash_in_out,
    "cash_out": _cash_in_out,
    "shift_close": _shift_close,
    **SMALL_CHECKS,
}
