"""Documents that an older central could not apply: tried again as soon as a newer one can (protocol §5)."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, select

from central.apply.kinds import KINDS, SCHEMA
from central.applying import Applying
from central.keys import TenantKeys
from central.tables.inbox import document, result

_LATER = ("UNKNOWN_KIND", "UNKNOWN_SCHEMA")


def understood_now(connection: Connection) -> list[str]:
    """Those quarantined for their kind or schema which this version knows."""
    quarantined = (
        select(result.c.doc_id, result.c.codes, document.c.body)
        .join(document, document.c.doc_id == result.c.doc_id)
        .where(result.c.status == "quarantined", document.c.kind.in_(list(KINDS)))
        .order_by(result.c.doc_id)
    )
    found = []
    for row in connection.execute(quarantined):
        if row.codes and row.codes[0] in _LATER and _schema(bytes(row.body)) <= SCHEMA:
            found.append(row.doc_id)
    return found


def reapply(connection: Connection, keys: TenantKeys, now: datetime) -> list[str]:
    """Applies them; the tills learn by the `results` feed. Their cases stay for a person to close."""
    found = understood_now(connection)
    applying = Applying(connection, keys, now, is_late=True)
    applying.run(found)
    applying.finish()
    return found


def _schema(body: bytes) -> int:
    value = json.loads(body)
    return max(int(value["schema"]), SCHEMA + 1 if value["v"] > 1 else 1)
