"""What a document should have done to the ledgers, from its body: computed apart from how it was booked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, select

from central.apply.others import payload_of
from central.tables.ledgers import returned_entry, voucher_use
from central.tables.vouchers import voucher
from pos_app.domain.ids import is_uuid7

Body = Mapping[str, Any]
Key = tuple[Any, ...]
"""A ledger and the account in it."""

_MONEY: Final = ("sale", "return", "exchange", "void", "handover", "handover_reversal", "order_payment")
_TAKES_BACK: Final = ("return", "void", "handover_reversal")


@dataclass(slots=True)
class Effects:
    """Sums per account; `losses` per reason."""

    sums: Counter[Key] = field(default_factory=Counter)
    losses: Counter[str] = field(default_factory=Counter)

    def add(self, amount: int, *key: Any) -> None:
        """One more entry."""
        self.sums[key] += amount


@dataclass(frozen=True, slots=True)
class _Proof:
    connection: Connection
    body: Body
    booked: Effects
    effects: Effects

    @property
    def payload(self) -> Body:
        return self.body["payload"]  # type: ignore[no-any-return]

    def add(self, amount: int, *key: Any) -> None:
        self.effects.add(amount, *key)

    def cash(self, amount: int, shift: int | None = None) -> None:
        number = self.body.get("shift") if shift is None else shift
        self.add(amount, "cash", self.body["till"], number)

    def original(self) -> Body:
        """The payload of the document that this one takes back or corrects."""
        return payload_of(self.connection, self.payload["of"]) or {}


def effects_of(connection: Connection, body: Body, booked: Effects) -> Effects:
    """`booked` is asked for what a body cannot say: which vouchers central has freed again, what it corrected
    a provisional refund by, which lines goods of an order unknown to the till met; each within bounds."""
    proof = _Proof(connection, body, booked, Effects())
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
    if kind in _TAKES_BACK:
        _freed(proof)
    return proof.effects


def _parts(payload: Body) -> Iterator[Body]:
    """A payload and the two halves that it may have."""
    yield payload
    for name in ("sale", "return"):
        if isinstance(payload.get(name), dict):
            yield payload[name]


# --- money --------------------------------------------------------------------------------------
def _money(proof: _Proof) -> None:
    for tender in proof.payload.get("tenders") or ():
        _tender(proof, tender, tender.get("reference"))
    for refund in proof.payload.get("refunds") or ():
        account = refund.get("reference")
        _tender(proof, refund, account if _is_account(account) else proof.body["doc_id"])
    difference = proof.booked.losses["refund_difference"]
    if difference and proof.payload.get("provisional"):
        credits_ = [one for one in proof.payload["refunds"] if one["kind"] == "store_credit"]
        for refund in credits_[:1]:
            proof.add(-difference, "credit", refund.get("reference") or proof.body["doc_id"])


def _tender(proof: _Proof, tender: Body, account: object) -> None:
    kind, amount = tender["kind"], tender["amount"]
    proof.add(amount, "tender", kind)
    if kind == "cash":
        proof.cash(amount)
    elif kind == "store_credit" and _is_account(account):
        proof.add(-amount, "credit", account)
    elif kind == "stored_value":
        _card(proof, tender, amount)


def _card(proof: _Proof, tender: Body, amount: int) -> None:
    """A refund may name the tender that it stands for instead of the card."""
    serial = tender.get("reference")
    if serial is None:
        for key in proof.booked.sums:
            serial = key[1] if key[0] == "stored_value" else serial
    if proof.connection.scalar(select(voucher.c.serial).where(voucher.c.serial == str(serial))) is not None:
        proof.add(amount, "stored_value", serial)


def _is_account(value: object) -> bool:
    return isinstance(value, str) and is_uuid7(value)


# --- goods and vouchers -------------------------------------------------------------------------
def _sold(proof: _Proof, part: Body, sign: int = -1) -> None:
    for line in part.get("lines") or ():
        if line.get("product") is not None:
            proof.add(sign * line["quantity"], "stock", proof.body["store"], line["product"])
    if sign < 0:
        for use in part.get("vouchers") or ():
            proof.add(1, "voucher", use["serial"])


def _returned(proof: _Proof, part: Body) -> None:
    for line in part["lines"]:
        if line.get("product") is not None and line.get("condition", "resell") == "resell":
            proof.add(line["quantity"], "stock", proof.body["store"], line["product"])


def _sale(proof: _Proof) -> None:
    _sold(proof, proof.payload)


def _return(proof: _Proof) -> None:
    _returned(proof, proof.payload)


def _exchange(proof: _Proof) -> None:
    _sold(proof, proof.payload["sale"])
    _returned(proof, proof.payload["return"])


def _void(proof: _Proof) -> None:
    _sold(proof, proof.original(), sign=1)


def _handover(proof: _Proof) -> None:
    payload = proof.payload
    _sold(proof, payload)
    _sold(proof, payload.get("sale") or {})
    for line in payload["lines"]:
        if line.get("order_line") is not None:
            proof.add(line["quantity"], "handed", payload["order"], line["order_line"])
    if payload.get("provisional"):
        _matched(proof)
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


def _matched(proof: _Proof) -> None:
    """Goods whose order the till did not know: which lines they met only central could say, not how many."""
    payload = proof.payload
    booked = {key: sum_ for key, sum_ in proof.booked.sums.items() if key[:2] == ("handed", payload["order"])}
    if sum(booked.values()) <= sum(line["quantity"] for line in payload["lines"]):
        for key, sum_ in booked.items():
            proof.add(sum_, *key)


def _reversal(proof: _Proof) -> None:
    _returned(proof, proof.payload)
    handed = proof.original()
    numbers = {line["no"]: line.get("order_line") for line in handed.get("lines", ())} | _instead(handed)
    for line in proof.payload["lines"]:
        number = numbers.get(line.get("original_line"))
        if number is not None:
            proof.add(-line["quantity"], "handed", handed["order"], number)


def _refused(proof: _Proof, lines: Any) -> None:
    for line in lines:
        proof.add(line["quantity"], "refused", proof.payload["order"], line["order_line"])


def _order_event(proof: _Proof) -> None:
    if proof.payload["event"] in ("refused", "returned_to_stock"):
        _refused(proof, proof.payload.get("lines") or ())


def _release(proof: _Proof) -> None:
    _refused(proof, proof.payload["lines"])


def _freed(proof: _Proof) -> None:
    """A code that counts again must have been used by what came back."""
    of = select(returned_entry.c.original).where(returned_entry.c.doc_id == proof.body["doc_id"])
    used = select(voucher_use.c.serial).where(voucher_use.c.doc_id.in_(of), voucher_use.c.uses > 0)
    serials = set(proof.connection.scalars(used))
    for key, uses in proof.booked.sums.items():
        if key[0] == "voucher" and uses < 0 and key[1] in serials:
            proof.add(uses, *key)


# --- one thing each -----------------------------------------------------------------------------
def _cash_in(proof: _Proof) -> None:
    proof.cash(proof.payload["amount"])


def _cash_out(proof: _Proof) -> None:
    proof.cash(-proof.payload["amount"])


def _shift_open(proof: _Proof) -> None:
    notes = proof.payload.get("float") or {}
    proof.cash(sum(int(note) * count for note, count in notes.items()), proof.payload["number"])


def _stock_adjust(proof: _Proof) -> None:
    for line in proof.payload["lines"]:
        proof.add(line["delta"], "stock", proof.body["store"], line["product"])


def _stock_count(proof: _Proof) -> None:
    for line in proof.payload["lines"]:
        proof.add(line["counted"] - line["expected"], "stock", proof.body["store"], line["product"])


def _points(proof: _Proof) -> None:
    if "delta" in proof.payload:
        proof.add(proof.payload["delta"], "points", proof.payload["customer"])


def _voucher_issue(proof: _Proof) -> None:
    proof.add(proof.payload["value"], "issued", proof.payload["serial"])


def _tender_correction(proof: _Proof) -> None:
    payload = proof.payload
    for tender in proof.original().get("tenders", ()):
        if tender["no"] == payload["tender"]:
            for kind, amount in ((payload["from"], -tender["amount"]), (payload["to"], tender["amount"])):
                proof.add(amount, "tender", kind)
                if kind == "cash":
                    proof.cash(amount)


_KINDS: Final[Mapping[str, Callable[[_Proof], None]]] = {
    "case_resolution": _points,
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
