"""Feed items of pre-signed codes: what each till may hand out without asking anybody (protocol §7)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, select

from central.bulk import narrowed
from central.feeds import FeedWriter, scope_of
from central.tables.tills import till
from central.tables.vouchers import blank, voucher


def blanks(writer: FeedWriter, serials: Iterable[str] | None = None) -> None:
    """`<serial>` for the till that holds it; None = all. What was given or revoked is gone."""
    query = (
        select(blank, voucher, till.c.store.label("here"))
        .join(voucher, voucher.c.serial == blank.c.serial)
        .join(till, till.c.id == blank.c.till)
    )
    for row in writer.connection.execute(narrowed(query, blank.c.serial, serials)):
        scope = scope_of("blanks", row.here)
        if row.given_doc is not None or row.revoked_at is not None:
            writer.delete("blanks", scope, row.serial, only=row.till)
        else:
            writer.put("blanks", scope, row.serial, _body(row), only=row.till)


def _body(row: Row[Any]) -> dict[str, Any]:
    return {
        "campaign": row.campaign,
        "text": row.code,
        "short_code": row.short_code,
        "kind": row.kind,
        "value": row.value,
        "valid_until": row.valid_until.isoformat(),
    }
