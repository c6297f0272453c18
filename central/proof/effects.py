"""What a document should have done to the ledgers, from its body: computed apart from how it was booked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, select

from central.proof.charges import card_of, exchange_charges, return_charges, reversal_charges, void_charges
from central.proof.evidence import Body, Effects, Proof
from central.proof.losses import code_losses, decided_losses, handed_lines, handover_losses, tender_losses
from central.tables.vouchers import voucher
from pos_app.domain.ids import is_uuid7

_MONEY: Final = ("sale", "return", "exchange", "void", "handover", "handover_reversal", "order_payment")


def effects_of(connection: Connection, body: Body, booked: Effects, flags: Sequence[Body] = ()) -> Effects:
    """`flags`: of the case that was opened when it was booked. `booked` says whether it has charged a sale at
    all: a person may have let it pass before that sale had come."""
    proof = Proof(connection, body, booked, flags)
    kind = body["kind"]
    if kind in _MONEY:
        _money(proof)
    for part in _parts(proof.payload):
        for entry in part.get("points") or ():
            proof.add(entry["delta"], "points", entry["customer"])
        for given in part.get("issued") or ():
            proof.add(given["value"], "issued", given["serial"])
    if kind in _KINDS:
        _KINDS[kind](proof)
    return proof.effects


def _parts(payload: Body) -> Iterator[Body]:
    """A payload and the two halves that it may have."""
    yield payload
    for name in ("sale", "return"):
        if isinstance(payload.get(name), dict):
            yield payload[name]


# --- money --------------------------------------------------------------------------------------
def _money(proof: Proof) -> None:
    for tender in proof.payload.get("tenders") or ():
        _tender(proof, tender, tender.get("reference"))
    for refund in proof.payload.get("refunds") or ():
        account = refund.get("reference")
        _tender(proof, refund, account if _is_account(account) else proof.body["doc_id"])
    tender_losses(proof)


def _tender(proof: Proof, tender: Body, account: object) -> None:
    kind, amount = tender["kind"], tender["amount"]
    proof.add(amount, "tender", kind)
    if kind == "cash":
        proof.cash(amount)
    elif kind == "store_credit" and _is_account(account):
        proof.add(-amount, "credit", account)
    elif kind == "stored_value":
        _card(proof, tender, amount)


def _card(proof: Proof, tender: Body, amount: int) -> None:
    serial = tender["reference"] if "reference" in tender else card_of(proof, tender)
    if proof.connection.scalar(select(voucher.c.serial).where(voucher.c.serial == str(serial))) is not None:
        proof.add(amount, "stored_value", serial)


def _is_account(value: object) -> bool:
    return isinstance(value, str) and is_uuid7(value)


# --- goods and vouchers -------------------------------------------------------------------------
def _sold(proof: Proof, part: Body, sign: int = -1) -> None:
    for line in part.get("lines") or ():
        if line.get("product") is not None:
            proof.add(sign * line["quantity"], "stock", proof.body["store"], line["product"])
    if sign < 0:
        for use in part.get("vouchers") or ():
            proof.add(1, "voucher", use["serial"])
            proof.add(use["amount"], "voucher_amount", use["serial"])
        code_losses(proof, part)


def _returned(proof: Proof, part: Body) -> None:
    for line in part["lines"]:
        if line.get("product") is not None and line.get("condition", "resell") == "resell":
            proof.add(line["quantity"], "stock", proof.body["store"], line["product"])


def _sale(proof: Proof) -> None:
    _sold(proof, proof.payload)


def _return(proof: Proof) -> None:
    _returned(proof, proof.payload)
    return_charges(proof)


def _exchange(proof: Proof) -> None:
    _sold(proof, proof.payload["sale"])
    _returned(proof, proof.payload["return"])
    exchange_charges(proof)


def _void(proof: Proof) -> None:
    _sold(proof, proof.original(), sign=1)
    void_charges(proof)


def _handover(proof: Proof) -> None:
    payload = proof.payload
    _sold(proof, payload)
    _sold(proof, payload.get("sale") or {})
    for line in handed_lines(proof):
        if line.get("order_line") is not None:
            proof.add(line["quantity"], "handed", payload["order"], line["order_line"])
    handover_losses(proof)
    instead = _instead(payload)
    for line in (*payload["lines"], *(payload.get("sale") or {}).get("lines", ())):
        if line["no"] in instead:
            proof.add(line["quantity"], "handed", payload["order"], instead[line["no"]])
    _refused(proof, payload.get("refused") or ())


def _instead(handed: Body) -> dict[int, int]:
    """Lines that stand for one of the order's: number → the order's line, unless that was refused."""
    refused = {one["order_line"] for one in handed.get("refused") or ()}
    return {
        one["no"]: one["order_line"]
        for one in handed.get("substituted") or ()
        if one["order_line"] not in refused
    }


def _reversal(proof: Proof) -> None:
    _returned(proof, proof.payload)
    reversal_charges(proof)
    handed = proof.original()
    numbers = {line["no"]: line.get("order_line") for line in handed.get("lines", ())} | _instead(handed)
    for line in proof.payload["lines"]:
        number = numbers.get(line.get("original_line"))
        if number is not None:
            proof.add(-line["quantity"], "handed", handed["order"], number)


def _refused(proof: Proof, lines: Any) -> None:
    for line in lines:
        proof.add(line["quantity"], "refused", proof.payload["order"], line["order_line"])


def _order_event(proof: Proof) -> None:
    if proof.payload["event"] in ("refused", "returned_to_stock"):
        _refused(proof, proof.payload.get("lines") or ())


def _release(proof: Proof) -> None:
    _refused(proof, proof.payload["lines"])


# --- one thing each -----------------------------------------------------------------------------
def _cash_in(proof: Proof) -> None:
    proof.cash(proof.payload["amount"])


def _cash_out(proof: Proof) -> None:
    proof.cash(-proof.payload["amount"])


def _shift_open(proof: Proof) -> None:
    notes = proof.payload.get("float") or {}
    proof.cash(sum(int(note) * count for note, count in notes.items()), proof.payload["number"])


def _stock_adjust(proof: Proof) -> None:
    for line in proof.payload["lines"]:
        proof.add(line["delta"], "stock", proof.body["store"], line["product"])


def _stock_count(proof: Proof) -> None:
    for line in proof.payload["lines"]:
        proof.add(line["counted"] - line["expected"], "stock", proof.body["store"], line["product"])


def _points(proof: Proof) -> None:
    if "delta" in proof.payload:
        proof.add(proof.payload["delta"], "points", proof.payload["customer"])


def _resolution(proof: Proof) -> None:
    _points(proof)
    decided_losses(proof)


def _voucher_issue(proof: Proof) -> None:
    proof.add(proof.payload["value"], "issued", proof.payload["serial"])


def _tender_correction(proof: Proof) -> None:
    payload = proof.payload
    for tender in proof.original().get("tenders", ()):
        if tender["no"] == payload["tender"]:
            for kind, amount in ((payload["from"], -tender["amount"]), (payload["to"], tender["amount"])):
                proof.add(amount, "tender", kind)
                if kind == "cash":
                    proof.cash(amount)


_KINDS: Final[Mapping[str, Callable[[Proof], None]]] = {
    "case_resolution": _resolution,
    "cash_in": _cash_in,
    "cash_out": _cash_out,
    "exchange": _exchange,
    "handover": _handover,
    "handover_reversal": _reversal,
    "order_event": _order_event,
    "points_adjust": _points,
    "reservation_release": _release,
    "return": _return,
    "sale": _sale,
    "shift_open": _shift_open,
    "stock_adjust": _stock_adjust,
    "stock_count": _stock_count,
    "tender_correction": _tender_correction,
    "void": _void,
    "voucher_issue": _voucher_issue,
}
