"""Goods that were handed over before the till knew their order: which of the order's lines they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from central.apply.reading import Body, whole
from central.publishing.orders import taken_of
from central.tables.orders import order_line
from pos_app.domain.refund import refund_part


@dataclass(slots=True)
class _Line:
    no: int
    product: str
    left: int


def matched(connection: Connection, number: int, lines: Sequence[Body]) -> list[Body]:
    """The lines, each with the `order_line` of the same product, the open ones first (protocol §11).

    What fills several lines of the order is split; what is more than all of them goes to the last, where the
    excess is flagged. Goods that are not in the order stay without one.
    """
    if all(line.get("order_line") is not None for line in lines):
        return list(lines)
    taken = taken_of(connection, number)
    rows = select(order_line.c.no, order_line.c.product, order_line.c.quantity)
    rows = rows.where(order_line.c.order == number).order_by(order_line.c.no)
    ordered = [
        _Line(row.no, row.product, max(0, row.quantity - sum(taken[row.no])))
        for row in connection.execute(rows)
    ]
    found: list[Body] = []
    for line in lines:
        same = [one for one in ordered if one.product == line.get("product")]
        found += [line] if line.get("order_line") is not None or not same else _parts(line, same)
    return found


def _parts(line: Body, same: Sequence[_Line]) -> Iterator[Body]:
    quantity, amount = whole(line, "quantity"), whole(line, "amount")
    done = 0
    for one in same:
        rest = quantity - done
        part = rest if one is same[-1] else min(rest, one.left)
        if part > 0:
            share = refund_part(amount, quantity, done, part)
            yield {**line, "order_line": one.no, "quantity": part, "amount": share}
            one.left, done = max(0, one.left - part), done + part
