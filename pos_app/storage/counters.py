"""Numbers without gaps: taken inside the transaction that uses them, so a failed commit takes none."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection

from pos_app.domain.document import NUMBERED_KINDS, DocumentKind
from pos_app.domain.receipt_number import receipt_number
from pos_app.storage.identity import Identity
from pos_app.storage.json_text import JsonObject

CounterName = Literal["receipt", "training", "shift", "z", "transfer"]


def next_number(connection: Connection, epoch: int, name: CounterName) -> int:
    """Take the next number: 1, 2, 3… per epoch."""
    row = connection.exec_driver_sql(
        "INSERT INTO counter (epoch, name, value) VALUES (?, ?, 1) "
        "ON CONFLICT (epoch, name) DO UPDATE SET value = value + 1 RETURNING value",
        (epoch, name),
    ).fetchone()
    assert row is not None
    return int(row[0])


def numbered(
    connection: Connection, identity: Identity, kind: str, payload: JsonObject, training: bool
) -> JsonObject:
    """The payload with the number that its kind takes: receipt_no, a shift's number, or z_no.

    Receipt numbers of training are counted apart (`TR-NT02-000007`); training has no shifts.
    """
    epoch = identity.epoch
    if kind in NUMBERED_KINDS:
        count = next_number(connection, epoch, "training" if training else "receipt")
        number = receipt_number(identity.store_code, identity.till_number, epoch, count, training)
        return {**payload, "receipt_no": number}
    if kind == DocumentKind.SHIFT_OPEN:
        return {**payload, "number": next_number(connection, epoch, "shift")}
    if kind == DocumentKind.SHIFT_CLOSE:
        return {**payload, "z_no": next_number(connection, epoch, "z")}
    return payload
