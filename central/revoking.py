"""Revoking a till: what it is answered from then on, signed, and what every other till is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from central import blanks, revoked
from central.errors import NotFound
from central.feeds import FeedWriter
from central.keys import TenantKeys, instant_text
from central.publish import people, revocations
from central.tables.tenant import tenant
from central.tables.tills import epoch, till
from pos_app.domain.signed_object import sign_object


def revoke_till(
    connection: Connection, keys: TenantKeys, till_id: str, reason: str, now: datetime
) -> dict[str, Any]:
    """The signed entry that makes the till freeze and wipe personal data (protocol §4.6). NotFound."""
    if connection.scalar(select(till.c.id).where(till.c.id == till_id)) is None:
        raise NotFound("unknown_till")
    chain = connection.execute(select(tenant.c.id)).scalar_one()
    key = keys.for_type("directive")
    entry: dict[str, object] = {"tenant": chain, "till": till_id, "at": instant_text(now)}
    signature = sign_object("entry", entry, key.sign)["signature"]
    answer = {"entry": entry, "key_id": key.kid, "signature": signature}
    connection.execute(update(till).where(till.c.id == till_id).values(revoked_at=now, revoked_entry=answer))
    connection.execute(
        update(epoch)
        .where(epoch.c.till == till_id, epoch.c.state != "retired")
        .values(state="retired", retired_at=now)
    )
    name = revoked.keep(connection, till_id, answer, reason, now)
    writer = FeedWriter(connection)
    blanks.revoke_of(connection, writer, till_id, now)
    people(writer, [till_id])
    revocations(writer, [name])
    writer.flush()
    return answer
