"""Idempotency keys: the same request under the same key is done once, and answered alike each time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from central.admin.api_keys import ApiKey
from central.errors import Conflict
from central.tables.admin import idempotency, voucher_batch

KEPT = timedelta(hours=48)
"""A key may be used again for something else after this time; promised are 24 hours."""


@dataclass(frozen=True, slots=True)
class Once:
    """One request: who sends it, under which key, and what it says."""

    key: ApiKey
    name: str
    fingerprint: str

    @classmethod
    def of(cls, key: ApiKey, name: str, *said: object) -> Once:
        """`said`: everything that makes the request another one."""
        text = json.dumps(said, sort_keys=True, default=str, ensure_ascii=True)
        return cls(key, name, hashlib.sha256(text.encode()).hexdigest())


def known_answer(connection: Connection, once: Once, now: datetime) -> Any:
    """What was answered before, or None. Conflict `idempotency_key_reused` when it was another request."""
    row = connection.execute(
        select(idempotency).where(
            idempotency.c.api_key == once.key.id,
            idempotency.c.key == once.name,
            idempotency.c.at > now - KEPT,
        )
    ).one_or_none()
    if row is None:
        return None
    if row.fingerprint != once.fingerprint:
        raise Conflict("idempotency_key_reused")
    return json.loads(row.answer)


def do_once(
    connection: Connection, once: Once | None, act: Callable[[], dict[str, Any]], now: datetime
) -> dict[str, Any]:
    """Does it, or answers what was answered before.

    Needs the transaction that books (`Database.writing`), one at a time over all workers: two equal requests
    at once are therefore one act, and its answer is committed together with its effects. None: no key.
    """
    if once is None:
        return act()
    before = known_answer(connection, once, now)
    if before is not None:
        return dict(before)
    answer = act()
    keep(connection, once, answer, now)
    return answer


def keep(connection: Connection, once: Once, answer: dict[str, Any], now: datetime) -> None:
    """Keeps the answer for `KEPT`; what is older goes."""
    forget_old(connection, now)
    text = json.dumps(answer, ensure_ascii=False)
    row = {"api_key": once.key.id, "key": once.name, "fingerprint": once.fingerprint}
    connection.execute(insert(idempotency), {**row, "answer": text, "at": now})


def forget_old(connection: Connection, now: datetime) -> None:
    """Answers and batches that nobody may ask for again."""
    old = idempotency.c.at <= now - KEPT
    for row in connection.execute(select(idempotency.c.api_key, idempotency.c.key).where(old)).all():
        here = (voucher_batch.c.api_key == row.api_key) & (voucher_batch.c.key == row.key)
        connection.execute(delete(voucher_batch).where(here))
    connection.execute(delete(idempotency).where(old))
