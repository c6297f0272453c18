"""Feed items of orders: what waits, what is paid, what has been handed over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, func, select

from central.bulk import narrowed
from central.feeds import FeedWriter, scope_of
from central.keys import instant_text
from central.tables.customers import customer
from central.tables.ledgers import order_entry
from central.tables.orders import order, order_line, order_prepaid
from pos_app.domain.customer import short_name
from pos_app.domain.money import half_up, spread


def orders(writer: FeedWriter, numbers: Iterable[int] | None = None) -> None:
    """`<order number>` for the store of the order; None = all."""
    query = narrowed(select(order), order.c.order, numbers)
    rows = list(writer.connection.execute(query))
    for row in rows:
        writer.put("orders", scope_of("orders", row.store), str(row.order), body(writer.connection, row))


def taken_of(connection: Connection, number: int) -> dict[int, tuple[int, int]]:
    """Per line of an order what was handed over and what was refused, in thousandths."""
    sums = (
        select(order_entry.c.line, func.sum(order_entry.c.handed), func.sum(order_entry.c.refused))
        .where(order_entry.c.order == number)
        .group_by(order_entry.c.line)
    )
    taken: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for line, handed, refused in connection.execute(sums):
        taken[line] = (int(handed), int(refused))
    return taken


def body(connection: Connection, row: Row[Any]) -> dict[str, Any]:
    """The whole item of one order."""
    lines = list(
        connection.execute(
            select(order_line).where(order_line.c.order == row.order).order_by(order_line.c.no)
        )
    )
    prepaid = list(
        connection.execute(
            select(order_prepaid).where(order_prepaid.c.order == row.order).order_by(order_prepaid.c.no)
        )
    )
    taken = taken_of(connection, row.order)
    total = sum(line.amount for line in lines)
    paid = sum(entry.amount for entry in prepaid)
    state = _handover(row, lines, taken)
    return {
        **_head(row),
        **_customer(connection, row.customer),
        "payment": "paid" if paid >= total else "part" if paid else "due",
        "handover": state,
        "lines": [_line(line, *taken[line.no]) for line in lines],
        "goods_total": total + row.discount,
        "discount": row.discount,
        "prepaid": [_prepaid(entry) for entry in prepaid],
        "total": total,
        "amount_due": _due(lines, taken, total - paid) if state in ("none", "part") else 0,
    }


def _head(row: Row[Any]) -> dict[str, Any]:
    head: dict[str, Any] = {
        "order": row.order,
        "number": row.number,
        "placed_at": instant_text(row.placed_at),
        "channel": row.channel,
        "preparation": row.preparation,
        "serial": row.serial,
        "short_code": row.short_code,
        "identity_check": row.identity_check,
        "partial": row.partial,
        "web_credited": row.web_credited,
    }
    if row.promised_by is not None:
        head["promised_by"] = instant_text(row.promised_by)
    if row.reserved_until is not None:
        head["reserved_until"] = instant_text(row.reserved_until)
    if row.shelf is not None:
        head["shelf"] = row.shelf
    if row.pin is not None:
        head["pin"] = row.pin
    return head


def _customer(connection: Connection, customer_id: str | None) -> dict[str, Any]:
    known = (customer.c.id == customer_id) & customer.c.erased_at.is_(None)
    row = connection.execute(select(customer).where(known)).one_or_none()
    if row is None:
        return {}
    facts = {
        "id": row.id,
        "name": short_name(row.name),
        "last3": (row.phone or "")[-3:],
        "tag": row.tag or "",
    }
    return {"customer": facts}


def _handover(row: Row[Any], lines: list[Row[Any]], taken: dict[int, tuple[int, int]]) -> str:
    handed = sum(taken[line.no][0] for line in lines)
    left = sum(max(0, line.quantity - sum(taken[line.no])) for line in lines)
    if handed and not left:
        return "done"
    if row.cancelled_at is not None:
        return "cancelled"
    if row.expired_at is not None:
        return "expired"
    if not left:
        return "returned"
    return "part" if handed or any(refused for _, refused in taken.values()) else "none"


def _due(lines: list[Row[Any]], taken: dict[int, tuple[int, int]], open_amount: int) -> int:
    """What is still to pay for what is still here: each line bears its share (rules: Pickup)."""
    if open_amount <= 0:
        return 0
    shares = spread(open_amount, [line.amount for line in lines])
    return sum(
        share - half_up(share * min(sum(taken[line.no]), line.quantity), line.quantity)
        for line, share in zip(lines, shares, strict=True)
    )


def _line(row: Row[Any], handed: int, refused: int) -> dict[str, Any]:
    return {
        **row.body,
        "no": row.no,
        "product": row.product,
        "quantity": row.quantity,
        "unit_price": row.unit_price,
        "price_ver": row.price_ver,
        "amount": row.amount,
        "vat_rate": row.vat_rate,
        "return_days": row.return_days,
        "handed": handed,
        "refused": refused,
    }


def _prepaid(row: Row[Any]) -> dict[str, Any]:
    entry = {"no": row.no, "kind": row.kind, "amount": row.amount, "reference": row.reference}
    return entry if row.via is None else {**entry, "via": row.via}
