"""Sealed database keys: kept for tills, given back when the same till enrols again (protocol §3)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from central.errors import Unprocessable
from central.keys import TenantKeys
from central.tables.tills import keybox
from pos_app.domain.errors import SealRefused
from pos_app.domain.ids import TillId
from pos_app.domain.sealing import OVERHEAD, open_box, seal

_KEY_BYTES = 32


def keep(connection: Connection, keys: TenantKeys, till: str, box: bytes, now: datetime) -> None:
    """Keeps the newest box of a till. Unprocessable when it could not be opened on the day it is needed."""
    try:
        content = open_box(box, keys.recovery, "database-key", TillId(till))
    except (SealRefused, ValueError) as error:
        raise Unprocessable("bad_box") from error
    if len(content) != _KEY_BYTES or len(box) != _KEY_BYTES + OVERHEAD:
        raise Unprocessable("bad_box")
    connection.execute(delete(keybox).where(keybox.c.till == till))
    connection.execute(insert(keybox), {"till": till, "box": box.hex(), "at": now})


def sealed_again(connection: Connection, keys: TenantKeys, till: str, seal_key: bytes) -> str | None:
    """The till's former database key in a box for its new seal key, hex; None when there is none."""
    box = connection.scalar(select(keybox.c.box).where(keybox.c.till == till))
    if box is None:
        return None
    content = open_box(bytes.fromhex(box), keys.recovery, "database-key", TillId(till))
    return seal(content, seal_key, "database-key", TillId(till)).hex()
