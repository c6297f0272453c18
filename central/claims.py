"""Claims: what a till may count on for ten minutes because central has said so (protocol §9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, update

from central.bulk import among
from central.errors import TooBusy
from central.tables.claims import claim
from central.tables.tenant import store
from central.tables.tills import till

HELD: Final = timedelta(minutes=10)
MOST_PER_TILL: Final = 100


@dataclass(frozen=True, slots=True)
class Others:
    """What other documents hold of the same thing at this moment; `holder` is one of their tills."""

    quantity: int = 0
    holder: str | None = None


def others(connection: Connection, name: str, doc_id: str, now: datetime) -> Others:
    """Live claims on `name` by other documents."""
    here = claim.c.name == name, claim.c.doc_id != doc_id, claim.c.until > now
    rows = connection.execute(select(claim.c.quantity, claim.c.till).where(*here)).all()
    if not rows:
        return Others()
    return Others(sum(row.quantity for row in rows), till_name(connection, rows[0].till))


def hold(connection: Connection, name: str, doc_id: str, quantity: int, by: str, now: datetime) -> datetime:
    """Claims for a document, from now on; asking again for the same one changes quantity and time.

    TooBusy for a till that holds more than any counter needs.
    """
    connection.execute(delete(claim).where(claim.c.name == name, claim.c.until <= now))
    until = now + HELD
    values = {"quantity": quantity, "till": by, "until": until}
    here = (claim.c.name == name) & (claim.c.doc_id == doc_id)
    if not connection.execute(update(claim).where(here).values(**values)).rowcount:
        held = select(func.count()).select_from(claim).where(claim.c.till == by, claim.c.until > now)
        if (connection.scalar(held) or 0) >= MOST_PER_TILL:
            raise TooBusy("too_many_claims", retry_after=int(HELD.total_seconds()))
        connection.execute(insert(claim), {"name": name, "doc_id": doc_id, **values})
    return until


def release(connection: Connection, key: str, doc_id: str, by: str) -> int:
    """The code has left the cart: whatever this till's document holds under the key; how many."""
    names = [f"{kind}/{key}" for kind in ("voucher", "points", "credit", "handover", "return")]
    mine = claim.c.doc_id == doc_id, claim.c.till == by
    beside = claim.c.name.startswith("campaign/") & claim.c.name.endswith(f"/{key}", autoescape=True)
    connection.execute(delete(claim).where(*mine, beside))
    return connection.execute(delete(claim).where(*mine, claim.c.name.in_(names))).rowcount


def settle(connection: Connection, doc_ids: Sequence[str]) -> None:
    """These documents are booked: their entries stand where their claims stood."""
    connection.execute(delete(claim).where(among(claim.c.doc_id, doc_ids)))


def forget_ended(connection: Connection, now: datetime) -> int:
    """Claims that nobody used in time; how many."""
    return connection.execute(delete(claim).where(claim.c.until <= now)).rowcount


def till_name(connection: Connection, till_id: str) -> str | None:
    """As on receipts: NT02."""
    row = connection.execute(
        select(store.c.code, till.c.number).join(till, till.c.store == store.c.no).where(till.c.id == till_id)
    ).one_or_none()
    return None if row is None else f"{row.code}{row.number:02d}"
