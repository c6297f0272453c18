"""Central after a restore: it knows less than it has acknowledged, says so, and asks for the rest (§6)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from central.auth import Caller
from central.cases import Trouble, open_case
from central.fences import stored_through
from central.keys import instant_text
from central.publishing.people import policy_of
from central.tables.feeds import feed_counter
from central.tables.inbox import document
from central.tables.recovery import rewind
from central.tables.tenant import keyset, tenant
from central.tables.tills import epoch, nonce, till, till_key
from pos_app.domain.policy import Policy

CASE = "RESTORE_GAP"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore led to; `tills` are asked for their documents again, `cases` are the gaps."""

    incarnation: str
    known_until: datetime | None
    tills: int
    cases: int


class BackupTooOld(Exception):
    """Tills may have pruned what this backup lacks; `known_until` is the last thing that it knows."""

    def __init__(self, known_until: datetime, retention: timedelta) -> None:
        super().__init__(known_until, retention)
        self.known_until = known_until
        self.retention = retention


def known_until(connection: Connection) -> datetime | None:
    """The latest moment that the database knows of: how old a backup is, whatever made it."""
    newest = [
        connection.scalar(select(func.max(column)))
        for column in (document.c.received_at, till.c.seen_at, till.c.created_at, nonce.c.at, keyset.c.at)
    ]
    return max((at for at in newest if at is not None), default=None)


def mark_restored(connection: Connection, now: datetime, *, accept_gap: bool) -> Restored:
    """A new incarnation, feeds that are fetched anew, and every till is asked again from where this ends.

    Raises BackupTooOld beyond `policy.journal_retention` unless the gap is accepted; then each till's is a
    case.
    """
    until = known_until(connection)
    retention = timedelta(seconds=_retention(connection))
    is_old = until is not None and now - until > retention
    if until is not None and is_old and not accept_gap:
        raise BackupTooOld(until, retention)
    incarnation = secrets.token_hex(16)
    connection.execute(update(tenant).values(incarnation=incarnation))
    _renew_handles(connection)
    places = _ask_again(connection, now)
    asked: dict[str, list[list[int]]] = {}
    for till_id, number, first in places:
        asked.setdefault(till_id, []).append([number, first])
    if is_old:
        for till_id, firsts in asked.items():
            facts = {"from": firsts, "known_until": instant_text(until or now)}
            open_case(connection, Trouble(code=CASE, till=till_id, facts=facts), now)
    return Restored(incarnation, until, len(asked), len(asked) if is_old else 0)


def ask_from_the_start(connection: Connection, till_id: str, newest: int, now: datetime) -> None:
    """A till, or an epoch of one, that the backup did not know: what was acknowledged before is lost as well.

    Nobody knows which epochs it had before this one, so each is asked for; `rewind` of none harms nothing.
    """
    asked = set(connection.scalars(select(rewind.c.epoch).where(rewind.c.till == till_id)))
    for number in range(1, newest + 1):
        if number not in asked:
            first = stored_through(connection, till_id, number, 0) + 1
            row = {"till": till_id, "epoch": number, "from_seq": first, "at": now}
            connection.execute(insert(rewind), row)


def rewinds_for(connection: Connection, caller: Caller) -> list[dict[str, Any]]:
    """`rewind` for each epoch of the caller, older ones first.

    Of the present epoch until everything is here that the till has shown; of former ones always, because
    nobody knows where they end. A till that has taken one back takes nothing back twice.
    """
    rows = connection.execute(select(rewind).where(rewind.c.till == caller.till).order_by(rewind.c.epoch))
    incarnation = connection.execute(select(tenant.c.incarnation)).scalar_one()
    return [
        {
            "directive": "rewind",
            "epoch": row.epoch,
            "from_seq": row.from_seq,
            "incarnation": incarnation,
        }
        for row in rows
        if row.epoch != caller.epoch or not _is_complete(connection, caller, row.from_seq)
    ]


def _is_complete(connection: Connection, caller: Caller, first: int) -> bool:
    shown = connection.scalar(
        select(func.max(till_key.c.head_seq)).where(
            till_key.c.till == caller.till, till_key.c.head_epoch == caller.epoch
        )
    )
    return shown is not None and stored_through(connection, caller.till, caller.epoch, first - 1) >= shown


def _ask_again(connection: Connection, now: datetime) -> list[tuple[str, int, int]]:
    """(till, epoch, from_seq) of every epoch that was ever begun or may have been."""
    connection.execute(delete(rewind))
    places = [
        (row.till, row.epoch, stored_through(connection, row.till, row.epoch, 0) + 1)
        for row in connection.execute(
            select(epoch.c.till, epoch.c.epoch).order_by(epoch.c.till, epoch.c.epoch)
        )
    ]
    for till_id, number, first in places:
        connection.execute(insert(rewind), {"till": till_id, "epoch": number, "from_seq": first, "at": now})
    return places


def _renew_handles(connection: Connection) -> None:
    """Versions are given out a second time from here on: nobody may go on from an old cursor."""
    for row in list(connection.execute(select(feed_counter.c.feed, feed_counter.c.scope))):
        connection.execute(
            update(feed_counter)
            .where(feed_counter.c.feed == row.feed, feed_counter.c.scope == row.scope)
            .values(handle=secrets.token_hex(8))
        )


def _retention(connection: Connection) -> int:
    """Seconds: the shortest that any till may prune by."""
    tills = connection.execute(select(till.c.store, till.c.id))
    policies = [policy_of(connection, row.store, row.id) for row in tills]
    return min(
        (Policy.from_json(body).journal_retention for body in policies), default=Policy().journal_retention
    )
