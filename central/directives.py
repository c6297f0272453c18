"""What central orders a till to do (protocol §5): enrol again, or send again what a restore has lost."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from central.auth import Caller
from central.restoring import rewinds_for
from central.tables.tills import epoch


def directives_for(connection: Connection, caller: Caller) -> list[dict[str, Any]]:
    """`new_epoch` while the caller's epoch is forked or retired: a manager must enrol it again.

    Before it `rewind`, once central was restored from a backup.
    """
    found = rewinds_for(connection, caller)
    row = connection.execute(
        select(epoch).where(epoch.c.till == caller.till, epoch.c.epoch == caller.epoch)
    ).one()
    if row.state == "retired" or row.forked_at is not None:
        found.append({"directive": "new_epoch", "epoch": caller.epoch})
    return found
