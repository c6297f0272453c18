"""What returns, exchanges, voids and reversals charge to the sale: lines, tenders, what was paid too much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from central.apply.others import payload_of
from central.papers import document_of
from central.proof.evidence import Body, Proof
from central.tables.inbox import case
from central.tables.ledgers import returned_entry
from central.tables.money import receipt
from pos_app.domain.code_reading import decode_structure
from pos_app.domain.errors import CodeRefused
from pos_app.domain.money import half_up
from pos_app.domain.refund import refund_part, refund_vat
from pos_app.domain.signed_codes import ReceiptCode


@dataclass(frozen=True, slots=True)
class _Sale:
    """What is taken back; `quantity` and `amount` per line are what had come back before."""

    doc_id: str
    day: str
    lines: Sequence[Body]
    tenders: Sequence[Body]
    serials: Sequence[str]
    quantity: Mapping[int, int]
    amount: Mapping[int, int]

    def is_whole_with(self, more: Iterable[Body] = ()) -> bool:
        """Whether all of it has come back, these lines included."""
        back = Counter(self.quantity)
        for line in more:
            if line.get("original_line") is not None:
                back[line["original_line"]] += line["quantity"]
        return all(back[line["no"]] >= line["quantity"] for line in self.lines)


def return_charges(proof: Proof) -> None:
    """Lines typed from the paper are those of the sale; the credit is corrected by the difference."""
    payload = proof.payload
    sale = _original(proof, payload["original"])
    if sale is None:
        return
    lines = payload["lines"]
    if payload.get("provisional"):
        lines = list(_true_lines(sale, lines))
        promised = -payload["total"] + sum(line["amount"] for line in lines)
        if promised:
            proof.lose("refund_difference", promised)
            credits_ = [one for one in payload["refunds"] if one["kind"] == "store_credit"]
            for refund in credits_[:1]:
                proof.add(-promised, "credit", refund.get("reference") or proof.doc_id)
    _charge(proof, sale, lines, payload["refunds"])
    _beside(proof, sale, payload)
    if sale.day == payload["business_date"] and sale.is_whole_with(lines) and not sale.is_whole_with():
        _free(proof, sale)


def exchange_charges(proof: Proof) -> None:
    """Money that stays is charged to the old sale too; what found no tender belongs to the new goods."""
    payload, old = proof.payload, proof.payload["return"]
    if payload.get("carried"):
        _carried(proof, proof.doc_id, payload["carried"])
    sale = _original(proof, old["original"])
    if sale is not None:
        moved = [{**one, "amount": -one["amount"]} for one in payload.get("moved") or ()]
        _charge(proof, sale, old["lines"], [*(payload.get("refunds") or ()), *moved])
        _beside(proof, sale, {"kept": old.get("kept")})


def reversal_charges(proof: Proof) -> None:
    """The whole of it against the hand-over."""
    payload = proof.payload
    sale = _sale(proof, payload["of"])
    if sale is None:
        return
    _charge(proof, sale, payload["lines"], payload.get("refunds") or ())
    _beside(proof, sale, payload)
    is_same_day = sale.day == payload["business_date"]
    if is_same_day and sale.is_whole_with(payload["lines"]) and not sale.is_whole_with():
        _free(proof, sale)


def void_charges(proof: Proof) -> None:
    """Every line and tender once more; the rounding belongs to the last cash tender."""
    sale = _sale(proof, proof.payload["of"])
    if sale is None:
        return
    negative = [
        {**line, "original_line": line["no"], "amount": -line["amount"], "vat": -line["vat"]}
        for line in sale.lines
    ]
    tenders = proof.payload["tenders"]
    last = max((one["no"] for one in tenders if one["kind"] == "cash"), default=None)
    rounding = proof.original().get("rounding", 0)
    refunds = [
        {**one, "original_tender": one["no"], "share": one["amount"] + (rounding if one["no"] == last else 0)}
        for one in tenders
    ]
    _charge(proof, sale, negative, refunds)
    if sale.day != proof.payload["business_date"] or not sale.is_whole_with():
        _free(proof, sale)


def card_of(proof: Proof, refund: Body) -> object:
    """The gift card that a return pays back to, when it names only the tender that was paid with it."""
    sale = _original(proof, proof.payload["original"]) if proof.body["kind"] == "return" else None
    tenders = () if sale is None else sale.tenders
    return next((one.get("reference") for one in tenders if one["no"] == refund.get("original_tender")), None)


# --- entries ------------------------------------------------------------------------------------
def _charge(proof: Proof, sale: _Sale, lines: Iterable[Body], refunds: Iterable[Body]) -> None:
    left: Counter[int] = Counter({line["no"]: line["quantity"] for line in sale.lines})
    left.subtract(sale.quantity)
    for line in lines:
        number = line.get("original_line")
        if number is None:
            continue
        quantity, amount = line["quantity"], -line["amount"]
        for name, value in (("quantity", quantity), ("amount", amount), ("vat", -line["vat"])):
            proof.add(value, "returned", sale.doc_id, number, name)
        excess = quantity - max(0, left[number])
        if excess > 0:
            proof.lose("refund_loss", half_up(amount * excess, quantity))
        left[number] -= quantity
    for refund in refunds:
        account = "refund", sale.doc_id, refund["kind"], refund.get("original_tender")
        proof.add(-refund["amount"], *account, "amount")
        proof.add(-refund.get("share", refund["amount"]), *account, "share")


def _beside(proof: Proof, sale: _Sale, part: Body) -> None:
    for gift in part.get("kept") or ():
        proof.add(gift["amount"], "returned", sale.doc_id, gift["original_line"], "kept")
    if part.get("carried"):
        _carried(proof, sale.doc_id, part["carried"])


def _free(proof: Proof, sale: _Sale) -> None:
    """Its discount vouchers count again (protocol §10)."""
    for serial in sale.serials:
        proof.add(-1, "voucher", serial)


def _carried(proof: Proof, original: str, amount: int) -> None:
    proof.add(amount, "refund", original, "carried", None, "carried")


# --- the sale -----------------------------------------------------------------------------------
def _original(proof: Proof, named: Body) -> _Sale | None:
    doc_id = named.get("doc_id")
    if doc_id is None and "code" in named:
        try:
            code = decode_structure(named["code"]).code
        except CodeRefused:
            return None
        doc_id = document_of(proof.connection, code) if isinstance(code, ReceiptCode) else None
    return None if doc_id is None else _sale(proof, doc_id)


def _sale(proof: Proof, doc_id: str) -> _Sale | None:
    """None also for a sale that came after a person had released what waited for it."""
    connection = proof.connection
    found = select(receipt.c.body, receipt.c.business_date).where(receipt.c.doc_id == doc_id)
    row = connection.execute(found).one_or_none()
    if row is None or (_was_released(proof) and not _has_charged(proof)):
        return None
    # what a chain brings from before this central has no document, and no codes
    payload = payload_of(connection, doc_id) or row.body or {}
    halves = (payload, payload.get("sale") or {}) if row.body else ()
    lines = [line for half in halves for line in half.get("lines") or ()]
    serials = [use["serial"] for half in halves for use in half.get("vouchers") or ()]
    back = _before(connection, doc_id, proof.doc_id)
    return _Sale(
        doc_id,
        row.business_date.isoformat(),
        lines,
        payload.get("tenders") or (),
        serials,
        {line: quantity for line, (quantity, _amount) in back.items()},
        {line: amount for line, (_quantity, amount) in back.items()},
    )


def _was_released(proof: Proof) -> bool:
    here = case.c.doc_id == proof.doc_id, case.c.action == "release"
    return proof.connection.scalar(select(case.c.id).where(*here).limit(1)) is not None


def _has_charged(proof: Proof) -> bool:
    return any(key[0] in ("returned", "refund") for key in proof.booked.sums)


def _before(connection: Connection, original: str, doc_id: str) -> dict[int, tuple[int, int]]:
    """Per line what documents that were booked before this one had taken back: thousandths and đồng."""
    columns = returned_entry.c
    first = connection.scalar(
        select(func.min(columns.id)).where(columns.original == original, columns.doc_id == doc_id)
    )
    sums = (
        select(columns.line, func.sum(columns.quantity), func.sum(columns.amount))
        .where(columns.original == original, columns.doc_id != doc_id)
        .group_by(columns.line)
    )
    rows = connection.execute(sums if first is None else sums.where(columns.id < first))
    return {line: (int(quantity), int(amount)) for line, quantity, amount in rows}


def _true_lines(sale: _Sale, typed: Iterable[Body]) -> Iterator[dict[str, Any]]:
    """Typed goods meet the sale's lines of the same product, in the order of the receipt (protocol §9)."""
    back, refunded = Counter(sale.quantity), Counter(sale.amount)
    for line in typed:
        wanted = line["quantity"]
        for one in sale.lines:
            no = one["no"]
            if line.get("original_line", no) != no or line.get("product") != one.get("product"):
                continue
            part = min(wanted, one["quantity"] - back[no])
            if part <= 0:
                continue
            amount = refund_part(one["amount"], one["quantity"], back[no], part)
            vat = refund_vat(refunded[no], amount, one["vat_rate"])
            yield {"original_line": no, "quantity": part, "amount": -amount, "vat": -vat}
            back[no], refunded[no], wanted = back[no] + part, refunded[no] + amount, wanted - part
