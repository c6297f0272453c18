"""What anybody needs to check an exported journal: public keys and first nonces, nothing secret."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from central.tables.tills import epoch, till_key


def journal_keys(connection: Connection) -> dict[str, dict[str, Any]]:
    """`<till>/<epoch>` → {nonce, public_keys}, hex; a key that was changed still proves what it signed."""
    rows = connection.execute(
        select(epoch.c.till, epoch.c.epoch, epoch.c.nonce, till_key.c.public_key)
        .join(till_key, (till_key.c.till == epoch.c.till) & (till_key.c.epoch == epoch.c.epoch))
        .order_by(epoch.c.till, epoch.c.epoch, till_key.c.key_no)
    )
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        place = found.setdefault(f"{row.till}/{row.epoch}", {"nonce": row.nonce, "public_keys": []})
        place["public_keys"].append(row.public_key)
    return found
