"""One document being booked: its body, what its booking has found out, and the ledgers it writes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from central.apply.catalogue import Catalogue
from central.apply.reading import Body
from central.cases import Trouble, open_case
from central.entries import Entries
from central.keys import TenantKeys
from central.publish import Touched
from central.tables.ledgers import (
    credit_entry,
    loss_entry,
    order_entry,
    points_entry,
    stock_entry,
)
from central.tables.vouchers import revocation
from pos_app.domain.envelope import Envelope


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a person should know. `needs_person`: it opens a case; else it stands in a report."""

    code: str
    facts: Mapping[str, Any]
    needs_person: bool = True


@dataclass(frozen=True, slots=True)
class Loss:
    """+ lost, − got back, in đồng; per store and reason, and who stood at the till."""

    reason: str
    amount: int
    store: int
    staff: int


@dataclass(slots=True)
class Booking:
    """Handed to the function of the document's kind."""

    connection: Connection
    entries: Entries
    keys: TenantKeys
    now: datetime
    envelope: Envelope
    payload: Body
    hash: bytes
    is_fork: bool
    catalogue: Catalogue
    private: Mapping[str, Any] | None = None
    judged: Sequence[Flag] | None = None
    """What is wrong with its prices, when that was found out before; None: it is still to be found."""
    touched: Touched = field(default_factory=Touched)
    flags: list[Flag] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    moved: list[dict[str, Any]] = field(default_factory=list)
    again: set[str] = field(default_factory=set)
    """Documents to be applied (again) after this one: a person has decided so."""
    released: set[str] = field(default_factory=set)
    """Those of them that are booked whatever they wait for or break."""

    @property
    def doc_id(self) -> str:
        """Of the document being booked."""
        return str(self.envelope.doc_id)

    @property
    def store(self) -> int:
        """Of the till that wrote the document."""
        return int(self.envelope.store)

    def flag(self, code: str, *, needs_person: bool = True, **facts: Any) -> None:
        """The document is booked, but …"""
        self.flags.append(Flag(code, facts, needs_person))

    def lose(self, reason: str, amount: int) -> None:
        """Books a loss of this store and person to its reason, once the case is known; đồng > 0."""
        if amount > 0:
            self.differ(reason, amount)

    def differ(self, reason: str, amount: int) -> None:
        """As `lose`; below 0 it was our gain."""
        self.losses.append(Loss(reason, amount, self.store, int(self.envelope.staff)))

    def settle(self) -> tuple[list[str], str | None]:
        """Enters the goods, opens the case, books the losses; the codes and the case for the result."""
        self.entries.add(stock_entry, *self.moved)
        codes = list(dict.fromkeys(flag.code for flag in self.flags))
        serious = [flag for flag in self.flags if flag.needs_person]
        case_id = None
        if serious:
            case_id = open_case(self.connection, self._trouble(serious), self.now)
        for loss in self.losses:
            row = {"reason": loss.reason, "amount": loss.amount, "store": loss.store, "staff": loss.staff}
            where = {"doc_id": self.doc_id, "case": case_id, "at": self.now}
            self.connection.execute(insert(loss_entry), {**where, **row})
        return codes, case_id

    def _trouble(self, flags: list[Flag]) -> Trouble:
        envelope = self.envelope
        facts = {
            "kind": envelope.kind,
            "epoch": envelope.epoch,
            "seq": envelope.seq,
            "staff": envelope.staff,
            "approver": envelope.approver,
            "connectivity": envelope.connectivity,
            "as_of": dict(envelope.as_of),
            "allowed_under": self._allowed_under(),
            "wall": envelope.wall,
            "flags": [{"code": flag.code, **flag.facts} for flag in flags],
            "losses": [{"reason": loss.reason, "amount": loss.amount} for loss in self.losses],
        }
        if isinstance(self.payload.get("receipt_no"), str):
            facts["receipt_no"] = self.payload["receipt_no"]
        return Trouble(
            code=flags[0].code, doc_id=self.doc_id, till=str(envelope.till), store=self.store, facts=facts
        )

    def _allowed_under(self) -> dict[str, Any]:
        """The policy that the till held, and who approved what under it."""
        approvals = self.payload.get("approvals")
        return {
            "policy": self.envelope.as_of.get("policy", 0),
            "approvals": approvals if isinstance(approvals, list) else [],
        }

    # --- ledgers ------------------------------------------------------------------------------
    def move_stock(self, product: str | None, delta: int, reason: str, store: int | None = None) -> None:
        """Goods in (+) or out (−), thousandths. Goods without a code move nothing."""
        if product is None or delta == 0:
            return
        where = self.store if store is None else store
        row = {"store": where, "product": product, "delta": delta, "reason": reason, "at": self.now}
        self.moved.append({"doc_id": self.doc_id, **row})
        self.touched.levels[where, product] += delta
        self.touched.products.add(product)

    def move_points(self, customer: str, delta: int, why: str) -> None:
        """Whole points."""
        row = {"doc_id": self.doc_id, "customer": customer, "delta": delta, "why": why, "at": self.now}
        self.entries.add(points_entry, row)
        self.touched.customers.add(customer)

    def move_credit(self, account: str, amount: int) -> None:
        """Store credit of the return `account`; + created, − spent."""
        row = {"doc_id": self.doc_id, "account": account, "amount": amount, "at": self.now}
        self.entries.add(credit_entry, row)

    def move_order(self, order: int, line: int, handed: int, refused: int) -> None:
        """Parts of an order's line, thousandths."""
        row = {"doc_id": self.doc_id, "order": order, "line": line, "handed": handed, "refused": refused}
        self.entries.add(order_entry, row)
        self.touched.orders.add(order)

    def revoke(self, key: str, reason: str) -> None:
        """Tells every till that `key` no longer counts; what is revoked already stays as it is."""
        known = self.connection.scalar(select(revocation.c.key).where(revocation.c.key == key))
        if known is None:
            row = {"key": key, "at": self.now, "reason": reason, "facts": {"doc_id": self.doc_id}}
            self.connection.execute(insert(revocation), row)
            self.touched.revocations.add(key)
