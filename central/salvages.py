"""What a revoked till still had: kept raw, and taken into the inbox when a person decides so (§4.6)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from central import raw_items
from central.auth import Caller
from central.case_actions import TAKE_IN
from central.cases import Trouble, open_case
from central.tables.inbox import case
from central.tables.recovery import salvaged_item
from sync.messages import Item

CASE = "REVOKED_SALVAGE"


def keep(connection: Connection, caller: Caller, items: Sequence[Item], now: datetime) -> str:
    """Keeps the items as they came, each once. The id of the till's open case."""
    trouble = Trouble(code=CASE, till=caller.till, store=caller.store, facts={"epoch": caller.epoch})
    case_id = open_case(connection, trouble, now)
    for item in items:
        fingerprint = hashlib.sha256(raw_items.packed(item)).hexdigest()
        same = select(salvaged_item.c.id).where(salvaged_item.c.fingerprint == fingerprint)
        if connection.scalar(same) is None:
            row = {
                "till": caller.till,
                "carried_by": caller.keyid,
                "fingerprint": fingerprint,
                "item": raw_items.to_keep(connection, item),
                "case": case_id,
                "at": now,
            }
            connection.execute(insert(salvaged_item), row)
    return case_id


def of_case(connection: Connection, case_id: str) -> list[tuple[str, Item]]:
    """What waits for this case's decision: (who brought it, item), in order of their places."""
    rows = connection.execute(
        select(salvaged_item.c.carried_by, salvaged_item.c.item).where(
            salvaged_item.c.case == case_id, salvaged_item.c.released_at.is_(None)
        )
    )
    found = [(row.carried_by, raw_items.read(bytes(row.item))) for row in rows]
    return sorted(found, key=lambda one: (one[1].epoch, one[1].seq))


def released_cases(connection: Connection) -> list[str]:
    """Cases that a person has closed so and whose items are not in the inbox yet."""
    return list(
        connection.scalars(
            select(salvaged_item.c.case)
            .join(case, case.c.id == salvaged_item.c.case)
            .where(salvaged_item.c.released_at.is_(None), case.c.action == TAKE_IN)
            .distinct()
        )
    )


def mark_released(connection: Connection, case_id: str, now: datetime) -> None:
    """They are in the inbox now; their raw bytes stay."""
    connection.execute(
        update(salvaged_item)
        .where(salvaged_item.c.case == case_id, salvaged_item.c.released_at.is_(None))
        .values(released_at=now)
    )
