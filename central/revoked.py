"""What a revoked till is answered, in its old epochs for ever: also when it was enrolled again (§4.6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from central.tables.tills import epoch
from central.tables.vouchers import revocation


def keep(connection: Connection, till_id: str, answer: Mapping[str, Any], reason: str, now: datetime) -> str:
    """The signed entry counts for every epoch that the till has now; the key of its revocation."""
    key = f"till/{till_id}"
    through = connection.scalar(select(func.max(epoch.c.epoch)).where(epoch.c.till == till_id)) or 0
    values = {"at": now, "reason": reason[:40], "facts": {"through": through, "answer": dict(answer)}}
    here = revocation.c.key == key
    if not connection.execute(update(revocation).where(here).values(**values)).rowcount:
        connection.execute(insert(revocation), {"key": key, **values})
    return key


def answer_to(connection: Connection, till_id: str, number: int) -> dict[str, Any] | None:
    """What a till of this epoch is answered; None for one that was given after the revoking."""
    facts = connection.scalar(select(revocation.c.facts).where(revocation.c.key == f"till/{till_id}"))
    return dict(facts["answer"]) if facts and number <= facts["through"] else None
