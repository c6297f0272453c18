"""Transfers that a document promises: awaited until the bank's list names their reference (protocol §14)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from central.apply.booking import Booking
from central.apply.reading import moment
from central.publishing.transfers import AWAITED, MATCHED, VOID
from central.tables.transfers import awaited_transfer
from central.transfers import match_waiting


def expect(booking: Booking, reference: str, amount: int, of: str | None = None) -> None:
    """Money that should arrive for a document; it may stand in the bank's list already."""
    envelope = booking.envelope
    doc_id = of or booking.doc_id
    here = (awaited_transfer.c.doc_id == doc_id) & (awaited_transfer.c.reference == reference[:60])
    if booking.connection.scalar(select(awaited_transfer.c.doc_id).where(here)) is not None:
        return
    row: dict[str, Any] = {"doc_id": doc_id, "reference": reference[:60], "till": envelope.till}
    row |= {"store": booking.store, "staff": envelope.staff, "shift": envelope.shift, "amount": amount}
    booking.connection.execute(
        insert(awaited_transfer), {**row, "since": _sold_at(booking), "state": AWAITED}
    )
    match_waiting(booking.connection, reference, amount)
    booking.touched.transfers.add(doc_id)


def no_longer(booking: Booking, doc_id: str, reference: object = None) -> None:
    """The sale was voided, or the tender was another: nothing is awaited any more.

    Money that has arrived already stays matched: it must go back, and a person must see that.
    """
    here = awaited_transfer.c.doc_id == doc_id
    if isinstance(reference, str):
        here &= awaited_transfer.c.reference == reference[:60]
    arrived = booking.connection.execute(select(awaited_transfer).where(here))
    for row in list(arrived):
        if row.state == MATCHED:
            booking.flag("TRANSFER_AFTER_VOID", of=doc_id, reference=row.reference, amount=row.amount)
    booking.connection.execute(update(awaited_transfer).where(here).values(state=VOID))
    booking.touched.transfers.add(doc_id)


def _sold_at(booking: Booking) -> datetime:
    """By the till's clock; a wall that is no time is taken as now."""
    return min(moment(booking.envelope.wall) or booking.now, booking.now)
