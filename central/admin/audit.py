"""Who did what through the admin API, and whose personal data were looked at: ids, never their content."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from central.admin.api_keys import ApiKey
from central.tables.admin import admin_act


def note_act(connection: Connection, key: ApiKey, act: str, subject: object, now: datetime) -> None:
    """One more entry, in the transaction that it tells of."""
    row = {"at": now, "api_key": key.id, "act": act, "subject": str(subject)[:120]}
    connection.execute(insert(admin_act), row)
