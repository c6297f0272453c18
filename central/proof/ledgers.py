"""What stands in the ledgers, per document; and what stands there without one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, select

from central.proof.evidence import Effects
from central.tables.entries import LEDGERS
from central.tables.inbox import document
from central.tables.ledgers import (
    credit_entry,
    issued_entry,
    loss_entry,
    order_entry,
    points_entry,
    refund_entry,
    returned_entry,
    stock_entry,
    stock_level,
    voucher_use,
)
from central.tables.money import cash_entry, receipt, tender_entry
from central.tables.tenant import tenant


def booked_by(connection: Connection, doc_ids: Sequence[str]) -> Mapping[str, Effects]:
    """The entries of each of these documents."""
    found: dict[str, Effects] = defaultdict(Effects)

    def rows(table: Table) -> Any:
        return connection.execute(select(table).where(table.c.doc_id.in_(doc_ids)))

    for row in rows(points_entry):
        found[row.doc_id].add(row.delta, "points", row.customer)
    for row in rows(stock_entry):
        found[row.doc_id].add(row.delta, "stock", row.store, row.product)
    for row in rows(credit_entry):
        found[row.doc_id].add(row.amount, "credit", row.account)
    for row in rows(order_entry):
        found[row.doc_id].add(row.handed, "handed", row.order, row.line)
        found[row.doc_id].add(row.refused, "refused", row.order, row.line)
    for row in rows(cash_entry):
        found[row.doc_id].add(row.amount, "cash", row.till, row.shift)
    for row in rows(tender_entry):
        found[row.doc_id].add(row.amount, "tender", row.kind)
    for row in rows(voucher_use):
        if row.uses:
            found[row.doc_id].add(row.uses, "voucher", row.serial)
        found[row.doc_id].add(row.amount, "voucher_amount" if row.uses else "stored_value", row.serial)
    for row in rows(issued_entry):
        found[row.doc_id].add(row.value, "issued", row.serial)
    for row in rows(loss_entry):
        found[row.doc_id].add(row.amount, "loss", row.reason, row.store, row.staff or 0)
    for row in rows(returned_entry):
        for name in ("quantity", "amount", "vat", "kept"):
            found[row.doc_id].add(getattr(row, name), "returned", row.original, row.line, name)
    for row in rows(refund_entry):
        account = "refund", row.original, row.kind, row.original_tender
        for name in ("amount", "share", "carried"):
            found[row.doc_id].add(getattr(row, name), *account, name)
    return found


def orphans(connection: Connection) -> tuple[list[tuple[str, str]], int]:
    """Entries that no document made: (ledger, doc_id) of wrong ones, and how many were taken over.

    What a chain brings from before this central is dated so, or belongs to a receipt of that time.
    """
    begun = connection.execute(select(tenant.c.created_at)).scalar_one()
    known = select(document.c.doc_id)
    old = select(receipt.c.doc_id).where(receipt.c.doc_id.not_in(known))
    wrong: list[tuple[str, str]] = []
    taken_over = 0
    for table in LEDGERS:
        lonely = table.c.doc_id.not_in(known)
        is_old = table.c.at <= begun if "at" in table.c else table.c.doc_id.in_(old)
        query = select(table.c.doc_id).where(lonely, ~is_old).distinct()
        wrong += [(table.name, doc_id) for doc_id in connection.scalars(query)]
        counted = select(func.count()).select_from(table).where(lonely, is_old)
        taken_over += int(connection.scalar(counted) or 0)
    return wrong, taken_over


def levels(connection: Connection) -> dict[tuple[int, str], tuple[int, int]]:
    """(store, product) whose level is not the sum of its entries → (sum, level)."""
    sums = {
        (store, product): int(total)
        for store, product, total in connection.execute(
            select(stock_entry.c.store, stock_entry.c.product, func.sum(stock_entry.c.delta)).group_by(
                stock_entry.c.store, stock_entry.c.product
            )
        )
    }
    held = {(row.store, row.product): row.quantity for row in connection.execute(select(stock_level))}
    return {
        place: (sums.get(place, 0), held.get(place, 0))
        for place in sorted({*sums, *held})
        if sums.get(place, 0) != held.get(place, 0)
    }
