"""What a document should have lost: codes and credits used too often, goods handed over too often (§10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Table, func, select

from central.apply.matching import excesses, fit, ordered_lines, taken_before
from central.proof.evidence import Body, Proof
from central.tables.ledgers import credit_entry, voucher_use
from central.tables.vouchers import voucher
from pos_app.domain.ids import is_uuid7

_REVOKED: Final = "REVOKED_ACCEPTED"


def code_losses(proof: Proof, part: Body) -> None:
    """Each use of a code that had been used up, or revoked, when it was booked."""
    used: Counter[str] = Counter()
    for use in part.get("vouchers") or ():
        serial, amount = use["serial"], use["amount"]
        most = proof.connection.scalar(select(voucher.c.max_uses).where(voucher.c.serial == serial))
        allowed = 1 if most is None else most
        before = _before(proof, voucher_use, {"serial": serial}, "uses") + used[serial]
        if 0 < allowed <= before:
            proof.lose("voucher_loss", amount)
        used[serial] += 1
        _revoked(proof, serial, amount)


def tender_losses(proof: Proof) -> None:
    """Store credit and gift cards that paid more than was left of them."""
    spent: Counter[str] = Counter()
    for tender in proof.payload.get("tenders") or ():
        name, amount = tender.get("reference"), tender["amount"]
        left = _left(proof, tender["kind"], name)
        if left is None or not isinstance(name, str):
            continue
        spent[name] += amount
        left -= spent[name]
        if left < 0 < amount:
            reason = "credit_loss" if tender["kind"] == "store_credit" else "voucher_loss"
            proof.lose(reason, min(amount, -left))
        if tender["kind"] == "stored_value":
            _revoked(proof, name, amount)


def handover_losses(proof: Proof) -> None:
    """What went beyond the order, whether it was known or came later; all of it after a refund."""
    payload, number = proof.payload, proof.payload["order"]
    if any(proof.flagged("HANDOVER_AFTER_REFUND")):
        proof.lose("handover_loss", sum(line["amount"] for line in payload["lines"]))
    for beyond in excesses(handed_lines(proof), *_order(proof.connection, number, proof.doc_id)):
        proof.lose("handover_loss", beyond.amount)


def handed_lines(proof: Proof) -> list[Body]:
    """Goods whose order the till did not know meet its lines as they stood before this document."""
    payload = proof.payload
    return fit(payload["lines"], *_order(proof.connection, payload["order"], proof.doc_id))


def decided_losses(proof: Proof) -> None:
    """A case that a person has closed: the document says everything."""
    for loss in proof.payload.get("losses") or ():
        proof.add(loss["amount"], "loss", loss["reason"], loss["store"], loss["staff"])


def _order(connection: Connection, number: int, doc_id: str) -> tuple[Any, Any]:
    return ordered_lines(connection, number), taken_before(connection, number, doc_id)


def _revoked(proof: Proof, serial: str, amount: int) -> None:
    """Whether it was revoked, as that till could have known, is what its case says: feeds forget."""
    flags = proof.flagged(_REVOKED)
    if amount > 0 and any((flag["serial"], flag["amount"]) == (serial, amount) for flag in flags):
        proof.lose("voucher_loss", amount)


def _left(proof: Proof, kind: str, name: object) -> int | None:
    """Đồng of a store credit or a gift card before this document; None for other tenders, or unknown ones."""
    if kind == "store_credit" and isinstance(name, str) and is_uuid7(name):
        return _before(proof, credit_entry, {"account": name}, "amount")
    if kind != "stored_value":
        return None
    worth = proof.connection.scalar(select(voucher.c.value).where(voucher.c.serial == str(name)))
    return None if worth is None else int(worth) - _before(proof, voucher_use, {"serial": name}, "amount")


def _before(proof: Proof, table: Table, account: Mapping[str, object], column: str) -> int:
    """The sum of an account over what was booked before this document's first entry."""
    here = [table.c[name] == value for name, value in account.items()]
    own = select(func.min(table.c.id)).where(*here, table.c.doc_id == proof.doc_id)
    first = proof.connection.scalar(own)
    if first is None:
        return 0
    total = select(func.sum(table.c[column])).where(*here, table.c.id < first)
    return int(proof.connection.scalar(total) or 0)
