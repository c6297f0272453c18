"""Forks: a till that was restored from an old copy, or cloned (protocol §8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from central.auth import Caller
from central.cases import Trouble, open_case
from central.tables.tills import epoch, till, till_key
from sync.messages import Head


def note_head(connection: Connection, caller: Caller, head: Head, now: datetime) -> bool:
    """Fork fact (3): a later request of this key shows a lower head in the same epoch than one before."""
    proves = False
    here = (
        (till_key.c.till == caller.till)
        & (till_key.c.epoch == caller.epoch)
        & (till_key.c.key_no == caller.key_no)
    )
    known = connection.execute(select(till_key).where(here)).one()
    is_newest = known.head_created is None or caller.created > known.head_created
    # a delayed or replayed request proves nothing, but what it shows was there once
    if is_newest and head.epoch == known.head_epoch and head.seq < known.head_seq:
        facts = {"head": head.seq, "shown_before": known.head_seq, "fact": 3}
        mark_forked(connection, (caller.till, head.epoch), head.seq + 1, facts, now)
        proves = True
    seq = head.seq if head.epoch != known.head_epoch else max(head.seq, known.head_seq or 0)
    if is_newest or head.epoch == known.head_epoch:
        created = caller.created if is_newest else known.head_created
        connection.execute(
            update(till_key).where(here).values(head_created=created, head_epoch=head.epoch, head_seq=seq)
        )
    return proves


def mark_forked(
    connection: Connection, place: tuple[str, int], seq: int, facts: Mapping[str, Any], now: datetime
) -> None:
    """The epoch is in doubt from `seq` on: retired, with a case. A lower `seq` widens the doubt."""
    till_id, number = place
    here = (epoch.c.till == till_id) & (epoch.c.epoch == number)
    row = connection.execute(select(epoch).where(here)).one_or_none()
    if row is None or (row.forked_at is not None and row.forked_at <= seq):
        return
    connection.execute(
        update(epoch)
        .where(here)
        .values(forked_at=max(seq, 1), state="retired", retired_at=row.retired_at or now)
    )
    store = connection.scalar(select(till.c.store).where(till.c.id == till_id))
    trouble = Trouble(
        code="TILL_FORK", till=till_id, store=store, facts={"epoch": number, "from_seq": seq, **facts}
    )
    open_case(connection, trouble, now)
