"""Feed items that say whom to trust: the keyset, the keys of all tills, what has been revoked."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from central.bulk import narrowed
from central.feeds import TENANT_SCOPE, FeedWriter
from central.keys import current_keyset, instant_text
from central.tables.tenant import store
from central.tables.tills import epoch, till, till_key
from central.tables.vouchers import revocation


def keyset(writer: FeedWriter) -> None:
    """`keyset`: the newest signed one."""
    body = current_keyset(writer.connection)
    if body is not None:
        writer.put("keyset", TENANT_SCOPE, "keyset", body)


def tills(writer: FeedWriter, ids: Iterable[str] | None = None) -> None:
    """`<till>/<epoch>/<key_no>`: every key that a till ever had, `to` when it or its epoch has ended."""
    query = (
        select(till_key, till.c.store, till.c.number, store.c.code, epoch.c.nonce, epoch.c.retired_at)
        .join(till, till.c.id == till_key.c.till)
        .join(store, store.c.no == till.c.store)
        .join(epoch, (epoch.c.till == till_key.c.till) & (epoch.c.epoch == till_key.c.epoch))
    )
    rows = writer.connection.execute(narrowed(query, till_key.c.till, ids))
    for row in rows.mappings():
        body = {
            "till": row["till"],
            "store": row["store"],
            "store_code": row["code"],
            "till_number": row["number"],
            "epoch": row["epoch"],
            "key_no": row["key_no"],
            "public_key": row["public_key"],
            "nonce": row["nonce"],
            "from": instant_text(row["valid_from"]),
        }
        ends = [at for at in (row["valid_to"], row["retired_at"]) if at is not None]
        if ends:  # what was signed before still verifies
            body["to"] = instant_text(min(ends))
        key = f"{row['till']}/{row['epoch']}/{row['key_no']}"
        writer.put("tills", TENANT_SCOPE, key, body)


def revocations(writer: FeedWriter, keys: Iterable[str] | None = None) -> None:
    """Whatever no longer counts, by its key; a key that counts again leaves the feed."""
    wanted = None if keys is None else list(keys)
    for key in wanted or ():
        writer.delete("revocations", TENANT_SCOPE, key)
    query = narrowed(select(revocation), revocation.c.key, wanted)
    for row in writer.connection.execute(query):
        body = {"at": instant_text(row.at), "reason": row.reason}
        writer.put("revocations", TENANT_SCOPE, row.key, body)
