"""The Z report of a closed shift and the X report of an open one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pos_app.domain.money import EXEMPT
from pos_app.text import _, money
from printing.document import Align, Columns, Document, Item, Space, Text
from printing.facts import Body, ReportFacts
from printing.figures import joined, plus, rate, tender_name, wall_text
from printing.receipt_parts import (
    BODY,
    RULE,
    SMALL,
    SOLID_RULE,
    STRONG,
    centred,
    header,
    row,
    strong_row,
    training_mark,
)


def compose(body: Body, facts: ReportFacts, copy: int = 1) -> Document:
    """A `shift_close` body as Z; any other as X, which counts nothing and closes nothing.

    X stands in for no count: without tenders, rounding and moved cash it does not tell what the drawer should
    hold, however often it is printed before the blind count (rules: Shifts).
    """
    payload = body.get("payload", body)
    is_z = body.get("kind") == "shift_close"
    items: list[Item] = [*_opening(body, payload, facts, is_z, copy), *RULE]
    items += _turnover_part(payload)
    items += _tenders_part(payload) if is_z else _tenders_later()
    items += _vat_part(payload)
    items += RULE
    items += _events_part(payload)
    if is_z:
        items += _drawer_part(payload)
    items += RULE
    items += _proof_part(payload, facts)
    items += training_mark(body)
    if is_z:
        items += _signatures_part()
    return Document(tuple(items))


def _opening(body: Body, payload: Body, facts: ReportFacts, is_z: bool, copy: int) -> Iterator[Item]:
    yield from header(facts.store)
    yield from training_mark(body)
    yield Space(20)
    title = _("BÁO CÁO KẾT CA (Z)") if is_z else _("BÁO CÁO TRONG CA (X)")
    yield Text(title, 34, 750, Align.CENTRE, fit=True)
    if copy >= 2:
        yield centred(_("IN LẠI lần {times}").format(times=copy - 1), 26, 700)
    yield Space(12)
    if "z_no" in payload:
        yield row(_("Số Z"), str(payload["z_no"]), STRONG)
    yield row(
        _("Ca"), joined(str(payload.get("number", "")), _("Quầy {number}").format(number=facts.till_number))
    )
    if "wall" in body:
        yield row(_("Lập lúc"), wall_text(body, facts.zone))
    if facts.cashier:
        yield row(_("Người lập"), facts.cashier)
    for label, name in ((_("Phiếu đầu"), "first_receipt"), (_("Phiếu cuối"), "last_receipt")):
        if payload.get(name):
            yield row(label, str(payload[name]))
    if payload.get("first_seq") is not None:
        yield row(_("Chứng từ"), f"{payload['first_seq']}–{payload['last_seq']} ({payload['count']})")


def _counted(value: object) -> tuple[int | None, int]:
    """How many and how much: a bare figure is an amount; amounts by kind (of discount) are summed."""
    if isinstance(value, Mapping):
        count = value.get("count")
        if count is None and "amount" not in value and "total" not in value:
            return None, sum(int(amount) for amount in value.values())
        return (None if count is None else int(count)), int(value.get("amount", value.get("total", 0)))
    assert isinstance(value, int)
    return None, value


def _counted_row(label: str, value: object) -> Columns:
    count, amount = _counted(value)
    return row(label if count is None else f"{label} ({money(count)})", money(amount))


def _turnover_part(payload: Body) -> Iterator[Item]:
    """What the shift sold, gave back and handed over."""
    labels = {
        "sales": _("Bán hàng"),
        "returns": _("Trả hàng"),
        "exchanges": _("Đổi hàng"),
        "voids": _("Hủy phiếu"),
        "discounts": _("Giảm giá"),
        "handovers": _("Giao đơn online"),
        "order_payments": _("Thu tiền đặt hàng"),
    }
    for name, label in labels.items():
        if payload.get(name) is not None:
            yield _counted_row(label, payload[name])


def _tenders_part(payload: Body) -> Iterator[Item]:
    tenders = _by_kind(payload.get("tenders") or ())
    if not tenders:
        return
    yield from RULE
    yield Text(_("Theo cách trả tiền"), BODY, STRONG)
    for kind, value in tenders:
        yield _counted_row(tender_name(kind), value)
    if payload.get("rounding"):
        yield row(_("Làm tròn tiền mặt"), money(payload["rounding"]))


def _tenders_later() -> Iterator[Item]:
    yield from RULE
    yield Text(_("Theo cách trả tiền: có ở báo cáo kết ca, sau khi đếm."), SMALL)


def _by_kind(tenders: Mapping[str, object] | Iterable[Mapping[str, Any]]) -> list[tuple[str, object]]:
    """Tenders as {kind: figure} or as a list of entries that name their kind."""
    if isinstance(tenders, Mapping):
        return list(tenders.items())
    return [(str(entry["kind"]), entry) for entry in tenders]


def _vat_part(payload: Body) -> Iterator[Item]:
    table = payload.get("vat") or ()
    if not table:
        return
    rows = table.items() if isinstance(table, Mapping) else [(entry["rate"], entry) for entry in table]
    yield from RULE
    yield _vat_row(_("Thuế suất"), _("Chưa thuế"), _("Tiền thuế"), STRONG)
    for basis_points, entry in rows:
        net = entry["net"] if "net" in entry else entry["gross"] - entry["vat"]
        name = _("KCT") if int(basis_points) == EXEMPT else rate(int(basis_points))
        yield _vat_row(name, money(net), money(entry["vat"]), 500)


def _vat_row(name: str, net: str, tax: str, weight: int) -> Columns:
    right = (Text(figure, SMALL, weight, Align.RIGHT, fit=True) for figure in (net, tax))
    return Columns((Text(name, SMALL, weight), *right), (32, 34, 34))


def _events_part(payload: Body) -> Iterator[Item]:
    if payload.get("drawer_openings") is not None:
        yield row(_("Mở két không bán"), money(payload["drawer_openings"]))
    unconfirmed = payload.get("unconfirmed_transfers")
    if unconfirmed is not None:
        plain = len(unconfirmed) if isinstance(unconfirmed, list | tuple) else unconfirmed
        label = _("Chuyển khoản chưa xác nhận")
        yield _counted_row(label, plain) if isinstance(plain, Mapping) else row(label, money(plain))
    if payload.get("unsent") is not None:
        yield row(_("Chứng từ chưa gửi"), money(payload["unsent"]))


def _drawer_part(payload: Body) -> Iterator[Item]:
    """Float and movements, expected, counted, and what is missing."""
    yield from RULE
    yield Text(_("Tiền trong két"), BODY, STRONG)
    labels = {
        "float": _("Tiền đầu ca"),
        "cash_in": _("Nộp tiền vào két"),
        "cash_out": _("Rút tiền khỏi két"),
        "expected": _("Phải có"),
        "counted": _("Đếm được"),
    }
    for name, label in labels.items():
        if payload.get(name) is not None:
            yield row(label, money(_sum(payload[name])))
    if payload.get("difference") is not None:
        yield from SOLID_RULE
        yield strong_row(_("Chênh lệch"), plus(payload["difference"]))
    if payload.get("reason"):
        yield Text(_("Lý do: {reason}").format(reason=payload["reason"]), SMALL)
    if payload.get("to_verify"):
        yield Text(_("Chờ người khác kiểm tra."), SMALL, STRONG)


def _sum(value: object) -> int:
    """A figure, a count with its total, or notes by denomination."""
    if isinstance(value, Mapping):
        if "count" in value:
            return _counted(value)[1]
        return sum(int(note) * int(count) for note, count in value.items())
    assert isinstance(value, int)
    return value


def _proof_part(payload: Body, facts: ReportFacts) -> Iterator[Item]:
    """The end of the chain on paper: a witness outside the till."""
    if payload.get("head_hash"):
        yield Text(_("Mã cuối chuỗi chứng từ"), SMALL)
        text = str(payload["head_hash"])
        groups = [text[place : place + 8] for place in range(0, len(text), 8)]
        yield Text(" ".join(groups), SMALL, STRONG)
    if facts.hash_hex:
        yield row(_("Mã chứng từ này"), facts.hash_hex[:8], size=SMALL)


def _signatures_part() -> Iterator[Item]:
    yield Space(20)
    yield Columns(
        (
            Text(_("Thu ngân"), SMALL, 500, Align.CENTRE),
            Text(_("Người kiểm"), SMALL, 500, Align.CENTRE),
        ),
        (1, 1),
    )
    yield Space(110)
