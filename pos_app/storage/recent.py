"""Own operations of the last minutes, for limits that several of them count against as one (protocol §11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from pos_app.domain.document import DocumentKind
from pos_app.domain.tender import TenderKind
from pos_app.storage.clock import Clock
from pos_app.storage.database import Database
from pos_app.storage.documents import COLUMNS, StoredDocument

Place = tuple[int, int]
_COLUMNS = ", ".join(f"journal.{name}" for name in COLUMNS.split(", "))


@dataclass(frozen=True, slots=True)
class RecentAct:
    """đồng of one operation, who did it, and for which customers (ids; none is known of many)."""

    doc_id: str
    amount: int
    staff: int
    customers: frozenset[str]


class RecentActs:
    """Only those that were judged at this till: what central has said yes to stood under no limit.

    `pc` is the clock that the journal writes by. Where it was set back, "since" goes back with it, so that
    what was written before and after counts.
    """

    def __init__(self, till: Database, pc: Clock) -> None:
        self._till = till
        self._pc = pc

    def vouchers(self, now: datetime, within_s: int) -> list[RecentAct]:
        """What each voucher has taken off; a use given back is none. `now` = the time that counts."""
        with self._till.reading() as connection:
            rows = connection.exec_driver_sql(
                # in this order: the few newest documents first, then their vouchers by the index
                "SELECT receipt.doc_id, voucher_use.amount, receipt.staff, receipt.customer FROM journal "
                "CROSS JOIN voucher_use ON voucher_use.doc_id = journal.doc_id "
                "CROSS JOIN receipt ON receipt.doc_id = journal.doc_id "
                "WHERE (journal.epoch, journal.seq) > (?, ?) AND voucher_use.released_by IS NULL "
                "AND voucher_use.allowed_by <> 'online'",
                self._before(connection, now, within_s),
            ).fetchall()
        return [RecentAct(row[0], row[1], row[2], frozenset({row[3]} - {None})) for row in rows]

    def cash_returns(self, now: datetime, within_s: int) -> list[RecentAct]:
        """Cash that each return has handed out."""
        return [
            _act(body, -sum(one["amount"] for one in body["payload"]["refunds"] if _is_cash(one)))
            for body in self._judged(DocumentKind.RETURN, now, within_s)
        ]

    def handovers(self, now: datetime, within_s: int, *, known: bool) -> list[RecentAct]:
        """What the goods were worth, of orders that were known here or of those that were not."""
        return [
            _act(body, int(body["payload"]["total"]))
            for body in self._judged(DocumentKind.HANDOVER, now, within_s)
            if known is not bool(body["payload"].get("provisional"))
        ]

    def points_spent(self, customers: Sequence[str], now: datetime, within_s: int) -> dict[str, int]:
        """Points that each document has taken of a customer, by the customer's ids."""
        places = ", ".join("?" * len(customers))
        with self._till.reading() as connection:
            rows = connection.exec_driver_sql(
                f"SELECT -delta, {_COLUMNS} FROM points_effect JOIN journal USING (doc_id) "
                f"WHERE customer IN ({places}) AND why = 'spent' "
                "AND (points_effect.epoch, points_effect.seq) > (?, ?)",
                (*customers, *self._before(connection, now, within_s)),
            ).fetchall()
        return {str(row[1]): int(row[0]) for row in rows if _is_judged(StoredDocument(*row[1:]).content)}

    def _judged(self, kind: DocumentKind, now: datetime, within_s: int) -> list[dict[str, Any]]:
        with self._till.reading() as connection:
            rows = connection.exec_driver_sql(
                f"SELECT {_COLUMNS} FROM journal WHERE (epoch, seq) > (?, ?) AND kind = ?",
                (*self._before(connection, now, within_s), kind.value),
            ).fetchall()
        bodies = [StoredDocument(*row).content for row in rows]
        return [body for body in bodies if _is_judged(body)]

    def _before(self, connection: Connection, now: datetime, within_s: int) -> Place:
        """The newest document that is older; found from the end, so a long journal costs nothing."""
        since = min(now, self._pc.now()) - timedelta(seconds=within_s)
        row = connection.exec_driver_sql(
            "SELECT epoch, seq FROM journal WHERE committed_at < ? ORDER BY epoch DESC, seq DESC LIMIT 1",
            (since.astimezone(UTC).isoformat(timespec="milliseconds"),),
        ).fetchone()
        return (0, 0) if row is None else (int(row[0]), int(row[1]))


def _is_judged(body: dict[str, Any]) -> bool:
    return not (body["connectivity"] == "online" or body["training"])


def _is_cash(refund: dict[str, Any]) -> bool:
    return str(refund["kind"]) == TenderKind.CASH


def _act(body: dict[str, Any], amount: int) -> RecentAct:
    payload = body["payload"]
    named = {payload.get("customer"), *(entry["customer"] for entry in payload.get("points", ()))}
    return RecentAct(body["doc_id"], amount, body["staff"], frozenset(named - {None}))
