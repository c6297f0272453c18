"""Goods handed over before their order was known: which of its lines they are, and what is too much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from central.apply.reading import Body, whole
from central.publishing.orders import taken_of
from central.tables.ledgers import order_entry
from central.tables.orders import order_line
from pos_app.domain.money import half_up
from pos_app.domain.refund import refund_part

Taken = Mapping[int, tuple[int, int]]
"""Per line of an order what was handed over and what was refused, in thousandths."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """A line of an order; thousandths."""

    no: int
    product: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Excess:
    """Thousandths handed over beyond what was ordered, and what they are worth in đồng."""

    order_line: int
    quantity: int
    amount: int


@dataclass(slots=True)
class _Open:
    no: int
    product: str
    left: int


def matched(connection: Connection, number: int, lines: Sequence[Body]) -> list[Body]:
    """`fit` against the order as it stands now."""
    if all(line.get("order_line") is not None for line in lines):
        return list(lines)
    return fit(lines, ordered_lines(connection, number), taken_of(connection, number))


def ordered_lines(connection: Connection, number: int) -> list[Ordered]:
    """None for an order that is not here."""
    rows = select(order_line.c.no, order_line.c.product, order_line.c.quantity)
    rows = rows.where(order_line.c.order == number).order_by(order_line.c.no)
    return [Ordered(row.no, row.product, row.quantity) for row in connection.execute(rows)]


def taken_before(connection: Connection, number: int, doc_id: str) -> Taken:
    """By other documents, before this one's own last entry; by all others as long as it has none."""
    own = select(func.max(order_entry.c.id)).where(
        order_entry.c.order == number, order_entry.c.doc_id == doc_id
    )
    last = connection.scalar(own)
    others = (
        select(order_entry.c.line, func.sum(order_entry.c.handed), func.sum(order_entry.c.refused))
        .where(order_entry.c.order == number, order_entry.c.doc_id != doc_id)
        .group_by(order_entry.c.line)
    )
    rows = connection.execute(others if last is None else others.where(order_entry.c.id < last))
    return {line: (int(handed), int(refused)) for line, handed, refused in rows}


def fit(lines: Sequence[Body], ordered: Sequence[Ordered], taken: Taken) -> list[Body]:
    """The lines, each with the `order_line` of the same product, the open ones first (protocol §11).

    What fills several lines of the order is split; what is more than all of them goes to the last, where the
    excess is flagged. Goods that are not in the order stay without one.
    """
    still = [
        _Open(one.no, one.product, max(0, one.quantity - sum(taken.get(one.no, (0, 0))))) for one in ordered
    ]
    found: list[Body] = []
    for line in lines:
        same = [one for one in still if one.product == line.get("product")]
        found += [line] if line.get("order_line") is not None or not same else _parts(line, same)
    return found


def _parts(line: Body, same: Sequence[_Open]) -> Iterator[Body]:
    quantity, amount = whole(line, "quantity"), whole(line, "amount")
    done = 0
    for one in same:
        rest = quantity - done
        part = rest if one is same[-1] else min(rest, one.left)
        if part > 0:
            share = refund_part(amount, quantity, done, part)
            yield {**line, "order_line": one.no, "quantity": part, "amount": share}
            one.left, done = max(0, one.left - part), done + part


def excesses(lines: Sequence[Body], ordered: Sequence[Ordered], taken: Taken) -> Iterator[Excess]:
    """Of matched lines, one after the other: only what goes beyond the ordered quantity (protocol §10 d)."""
    left = {one.no: one.quantity - sum(taken.get(one.no, (0, 0))) for one in ordered}
    for line in lines:
        no = line.get("order_line")
        if no not in left:
            continue
        quantity = whole(line, "quantity")
        beyond = quantity - max(0, left[no])
        left[no] -= quantity
        if beyond > 0:
            yield Excess(no, beyond, half_up(whole(line, "amount") * beyond, quantity))
