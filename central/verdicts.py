"""What central says before an act: what is left of the thing asked for, and in what state it is (§9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from central.claims import till_name
from central.papers import credit_account, receipt_named, voucher_named
from central.publishing.customers import STORED_VALUE, balance_of, main_id, uses_of
from central.publishing.orders import taken_of
from central.publishing.sales import returned_of
from central.tables.customers import customer
from central.tables.inbox import document
from central.tables.ledgers import credit_entry, order_entry, refund_entry, voucher_use
from central.tables.money import receipt
from central.tables.orders import order, order_line
from central.tables.vouchers import revocation, voucher
from central.voucher_terms import terms_of
from sync.messages.checks import CheckKind, VerdictWord, VoucherTerms

_NO_END: Final = 2**53 - 1
_USED_UP = ("used", "overused")


@dataclass(frozen=True, slots=True)
class Thing:
    """What a key names. `key` is central's own name for it; `left` before the claims of others.

    `state`: ok, or why it cannot be used whatever is left. `alone`: two documents may not share it.
    `holder`: the till that used it.
    """

    key: str
    left: int
    state: VerdictWord = "ok"
    alone: bool = False
    holder: str | None = None
    terms: VoucherTerms | None = None


Named = Callable[[Connection, str], str | None]
Read = Callable[[Connection, str], Thing]


# --- vouchers ---------------------------------------------------------------------------------
def _voucher_key(connection: Connection, key: str) -> str | None:
    row = voucher_named(connection, key)
    return None if row is None else row.serial


def _voucher(connection: Connection, serial: str) -> Thing:
    """Uses of a discount, đồng of stored value."""
    row = connection.execute(select(voucher).where(voucher.c.serial == serial)).one()
    gone = connection.scalar(select(revocation.c.reason).where(revocation.c.key == f"code/{serial}"))
    if row.kind == STORED_VALUE:
        left = stored_value_left(connection, row)
    else:
        left = row.max_uses - uses_of(connection, serial) if row.max_uses else _NO_END
    if gone == "negative":  # blocked by its own balance, which is the better answer
        gone = None
    state: VerdictWord = "ok"
    if gone in _USED_UP or (gone is None and left <= 0 and row.kind != STORED_VALUE):
        state = "used"
    elif gone is not None:
        state = "revoked"
    holder = _last_user(connection, serial) if state == "used" else None
    return Thing(serial, left, state, holder=holder, terms=terms_of(row))


def stored_value_left(connection: Connection, row: Row[Any]) -> int:
    """Đồng on a gift card; below 0 when offline tills took more than there was."""
    spent = select(func.sum(voucher_use.c.amount)).where(voucher_use.c.serial == row.serial)
    return int(row.value) - int(connection.scalar(spent) or 0)


def _last_user(connection: Connection, serial: str) -> str | None:
    used = (
        select(document.c.till)
        .join(voucher_use, voucher_use.c.doc_id == document.c.doc_id)
        .where(voucher_use.c.serial == serial, voucher_use.c.uses > 0)
        .order_by(voucher_use.c.id.desc())
        .limit(1)
    )
    return _name_of(connection, connection.scalar(used))


def _name_of(connection: Connection, till_id: str | None) -> str | None:
    return None if till_id is None else till_name(connection, till_id)


# --- points and store credit ------------------------------------------------------------------
def _customer_key(connection: Connection, key: str) -> str | None:
    main = main_id(connection, key)
    known = select(customer.c.id).where(customer.c.id == main, customer.c.erased_at.is_(None))
    return connection.scalar(known)


def _points(connection: Connection, customer_id: str) -> Thing:
    return Thing(customer_id, balance_of(connection, customer_id))


def _credit(connection: Connection, account: str) -> Thing:
    total = select(func.sum(credit_entry.c.amount)).where(credit_entry.c.account == account)
    left = int(connection.scalar(total) or 0)
    paper = receipt_named(connection, account)
    state: VerdictWord = "used" if left <= 0 else "ok"
    if paper is not None and _is_revoked(connection, paper):
        state = "revoked"
    return Thing(account, left, state)


def _is_revoked(connection: Connection, row: Row[Any]) -> bool:
    key = f"receipt/{row.till}/{row.epoch}/{row.seq}"
    return connection.scalar(select(revocation.c.key).where(revocation.c.key == key)) is not None


# --- orders and receipts ----------------------------------------------------------------------
def _order_key(connection: Connection, key: str) -> str | None:
    where = order.c.number == key
    if key.isascii() and key.isdigit() and len(key) < 19:
        where = order.c.order == int(key)
    number = connection.scalar(select(order.c.order).where(where))
    return None if number is None else str(number)


def _order(connection: Connection, number: str) -> Thing:
    """Thousandths that still wait; one document at a time."""
    row = connection.execute(select(order).where(order.c.order == int(number))).one()
    ordered = select(order_line.c.no, order_line.c.quantity).where(order_line.c.order == row.order)
    taken = taken_of(connection, row.order)
    left = sum(
        max(0, line.quantity - sum(taken.get(line.no, (0, 0)))) for line in connection.execute(ordered)
    )
    state: VerdictWord = "ok"
    if row.cancelled_at is not None or row.refunded_at is not None:
        state = "cancelled"
    elif row.expired_at is not None:
        state = "revoked"
    elif not left:
        state = "used"
    return Thing(
        number, left, state, alone=True, holder=_handed_by(connection, row.order) if state == "used" else None
    )


def _handed_by(connection: Connection, number: int) -> str | None:
    last = (
        select(document.c.till)
        .join(order_entry, order_entry.c.doc_id == document.c.doc_id)
        .where(order_entry.c.order == number, order_entry.c.handed > 0)
        .order_by(order_entry.c.id.desc())
        .limit(1)
    )
    return _name_of(connection, connection.scalar(last))


def _receipt_key(connection: Connection, key: str) -> str | None:
    row = receipt_named(connection, key)
    return None if row is None or not row.body else row.doc_id


def _receipt(connection: Connection, doc_id: str) -> Thing:
    """Thousandths that have not come back; one document at a time."""
    row = connection.execute(select(receipt).where(receipt.c.doc_id == doc_id)).one()
    back = returned_of(connection, doc_id)
    left = sum(
        max(0, line["quantity"] - back.get(line["no"], {}).get("quantity", 0)) for line in row.body["lines"]
    )
    state: VerdictWord = "ok"
    if not left:
        state = "used"
    elif _is_revoked(connection, row):
        state = "revoked"
    holder = _name_of(connection, _returned_at(connection, doc_id)) if state == "used" else None
    return Thing(doc_id, left, state, alone=True, holder=holder)


def _returned_at(connection: Connection, doc_id: str) -> str | None:
    last = (
        select(document.c.till)
        .join(refund_entry, refund_entry.c.doc_id == document.c.doc_id)
        .where(refund_entry.c.original == doc_id)
        .order_by(refund_entry.c.id.desc())
        .limit(1)
    )
    return connection.scalar(last)


KEYS: Final[Mapping[CheckKind, Named]] = {
    "voucher": _voucher_key,
    "points": _customer_key,
    "credit": credit_account,
    "handover": _order_key,
    "return": _receipt_key,
}
"""From what a till calls a thing to central's own name for it; None for what is not known."""

READERS: Final[Mapping[CheckKind, Read]] = {
    "voucher": _voucher,
    "points": _points,
    "credit": _credit,
    "handover": _order,
    "return": _receipt,
}
