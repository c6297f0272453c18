"""What customers have agreed to: each purpose given or taken back, and which document says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from central.tables.customers import consent, customer


@dataclass(frozen=True, slots=True)
class Consent:
    """In force since `at`, by the time central heard of it."""

    purpose: str
    at: datetime


def in_force(connection: Connection, ids: Sequence[str]) -> list[Consent]:
    """Of all ids of one person, by purpose: the newest word of a purpose counts."""
    said = select(consent).where(consent.c.customer.in_(ids)).order_by(consent.c.id)
    newest = {row.purpose: row for row in connection.execute(said)}
    return [Consent(name, newest[name].at) for name in sorted(newest) if newest[name].given]


def declare(
    connection: Connection, ids: Sequence[str], purposes: Sequence[str], doc_id: str, now: datetime
) -> None:
    """These purposes and no others, from now on. `ids`: of one person, the id that the document names first.

    Of somebody who was erased nothing is kept.
    """
    erased = select(customer.c.id).where(customer.c.id.in_(ids), customer.c.erased_at.is_not(None))
    if connection.scalar(erased.limit(1)) is not None:
        return
    before = {one.purpose for one in in_force(connection, ids)}
    changed = sorted(before.symmetric_difference(purposes))
    rows = [{"purpose": name, "given": name not in before} for name in changed]
    if rows:
        about = {"doc_id": doc_id, "customer": ids[0], "at": now}
        connection.execute(insert(consent), [{**about, **row} for row in rows])


def forget(connection: Connection, ids: Sequence[str]) -> None:
    """Erased with the customer."""
    connection.execute(delete(consent).where(consent.c.customer.in_(ids)))
