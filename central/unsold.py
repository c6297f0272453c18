"""Payments held against the sales that name them: money without goods, goods without money (protocol §14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, or_, select, update

from central.cases import Trouble, add_facts, open_case
from central.tables.inbox import case, document
from central.tables.money import shift, tender_entry
from central.tables.transfers import payment

PATIENCE: Final = timedelta(hours=72)
"""For a shift that never closes (its epoch has ended); else the closing of the shift decides."""
_RUNNING: Final = ("open", "awaiting_documents")
_TRANSFER: Final = "transfer"


@dataclass(frozen=True, slots=True)
class _Named:
    """What a till's documents say of one payment: đồng taken for goods, what is left of it, and the sales."""

    taken: int
    net: int
    sales: list[str]


def find_unsold(connection: Connection, now: datetime) -> list[str]:
    """Opens a case for each payment that does not balance once its shift is over; their ids.

    A tender names its payment by the intent's id, one of a transfer by its reference. A payment is looked at
    again only when it changes; a sale that comes after all enters the facts of the open case.
    """
    found = []
    for row in connection.execute(_due(now)).all():
        named = _named(connection, row)
        lacking = _lacking(row, named)
        if lacking:
            trouble = Trouble(
                code="SALE_WITHOUT_PAYMENT" if lacking > 0 else "PAYMENT_WITHOUT_SALE",
                doc_id=row.intent,
                till=row.till,
                store=row.store,
                facts={**_facts(row), "amount": abs(lacking), "sales": named.sales},
            )
            found.append(open_case(connection, trouble, now))
        connection.execute(update(payment).where(payment.c.intent == row.intent).values(settled=True))
    _add_late_sales(connection)
    return found


def _due(now: datetime) -> Any:
    its_shift = and_(
        shift.c.till == payment.c.till,
        shift.c.epoch == payment.c.epoch,
        shift.c.number == payment.c.shift,
        shift.c.state.not_in(_RUNNING),
    )
    is_over = or_(shift.c.number.is_not(None), payment.c.at <= now - PATIENCE)
    return select(payment).outerjoin(shift, its_shift).where(payment.c.settled.is_(False), is_over)


def _named(connection: Connection, row: Row[Any]) -> _Named:
    names = [row.intent, row.reference] if row.kind == _TRANSFER and row.reference else [row.intent]
    later = (document.c.epoch > row.epoch) | ((document.c.epoch == row.epoch) & (document.c.seq > row.seq))
    query = (
        select(tender_entry.c.doc_id, tender_entry.c.amount)
        .join(document, document.c.doc_id == tender_entry.c.doc_id)
        .where(document.c.till == row.till, later, tender_entry.c.reference.in_(names))
        .order_by(tender_entry.c.id)
    )
    entries = connection.execute(query).all()
    sales = list(dict.fromkeys(one.doc_id for one in entries if one.amount > 0))
    taken = sum(one.amount for one in entries if one.amount > 0)
    return _Named(taken, sum(one.amount for one in entries), sales)


def _lacking(row: Row[Any], named: _Named) -> int:
    """Đồng that the sales name and the payment has not; < 0: that it has and no sale names.

    A sale is as good as an answer, who stood there has decided; goods that come back make no payment unused.
    """
    kept = 0 if row.state == "declined" else max(0, row.amount - row.refunded)
    if named.net > kept:
        return named.net - kept
    # a transfer that was asked for is no money yet: the bank says so, or a person
    is_paid = row.state == "approved" or row.kind != _TRANSFER
    return min(0, named.taken - kept) if is_paid else 0


def _facts(row: Row[Any]) -> Mapping[str, Any]:
    names = ("kind", "state", "refunded", "staff", "shift", "epoch", "slip")
    facts = {"asked": row.amount, **{name: getattr(row, name) for name in names}}
    return {name: value for name, value in facts.items() if value is not None}


def _add_late_sales(connection: Connection) -> None:
    """The till was offline for longer than its shift: the person who looks at the case is told."""
    query = (
        select(payment, case.c.id.label("case"), case.c.facts)
        .join(case, case.c.doc_id == payment.c.intent)
        .where(case.c.code == "PAYMENT_WITHOUT_SALE", case.c.closed_at.is_(None))
    )
    for row in connection.execute(query).all():
        sales = _named(connection, row).sales
        if len(sales) > len(row.facts["sales"]):
            add_facts(connection, row.case, {"sales": sales, "sale_came": sales[-1]})
