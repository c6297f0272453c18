"""Changing a till's keys: both sign until the first request with the new one (protocol §4.7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from central.auth import Caller
from central.errors import EpochRetired, Unprocessable
from central.feeds import FeedWriter
from central.keys import TenantKeys
from central.publish import people, phone_keys, tills
from central.tables.tenant import tenant
from central.tables.tills import epoch, till, till_key
from pos_app.domain.ids import TillId
from pos_app.domain.signing import verifies
from sync.messages.keys import RotateAnswer, RotateRequest, rotation_message


def rotate(
    connection: Connection, caller: Caller, request: RotateRequest, keys: TenantKeys, now: datetime
) -> RotateAnswer:
    """The number and certificate of the new key; the same pair is answered the same as often as it is asked.

    Raises EpochRetired, Unprocessable (`bad_proof`, `key_taken`).
    """
    if caller.epoch_state == "retired" or caller.is_forked:
        raise EpochRetired
    own = _key(connection, caller, till_key.c.key_no == caller.key_no)
    assert own is not None, "the caller has just signed with it"
    _check_proofs(caller, own.public_key, request)
    known = _key(connection, caller, till_key.c.public_key == request.public_key)
    if known is None:
        known = _entered(connection, caller, request, keys, now)
        writer = FeedWriter(connection)
        tills(writer, [caller.till])
        writer.flush()
    elif known.seal_key != request.seal_key:
        raise Unprocessable("key_taken")
    return RotateAnswer(key_no=known.key_no, certificate=dict(known.certificate))


def begin_key(connection: Connection, keys: TenantKeys, caller: Caller, now: datetime) -> None:
    """The first request with a key: those before it sign no requests any more, boxes are sealed to it.

    Until now nothing was sealed to the new seal key, which the till may not yet have taken up.
    """
    here = (till_key.c.till == caller.till) & (till_key.c.epoch >= caller.epoch)
    connection.execute(
        update(till_key)
        .where(here, till_key.c.key_no == caller.key_no, till_key.c.used_at.is_(None))
        .values(used_at=now)
    )
    replaced = connection.execute(
        update(till_key)
        .where(here, till_key.c.key_no < caller.key_no, till_key.c.valid_to.is_(None))
        .values(valid_to=now)
    )
    if not replaced.rowcount:
        return
    writer = FeedWriter(connection)
    tills(writer, [caller.till])
    people(writer, [caller.till])
    phone_keys(writer, keys.phone_key, [caller.till])
    writer.flush()


def _key(connection: Connection, caller: Caller, condition: Any) -> Row[Any] | None:
    here = (till_key.c.till == caller.till) & (till_key.c.epoch == caller.epoch)
    return connection.execute(select(till_key).where(here, condition)).one_or_none()


def _check_proofs(caller: Caller, old_key: str, request: RotateRequest) -> None:
    new, seal = bytes.fromhex(request.public_key), bytes.fromhex(request.seal_key)
    message = rotation_message(TillId(caller.till), caller.epoch, new, seal)
    by_old = verifies(bytes.fromhex(old_key), bytes.fromhex(request.proof.old), message)
    if not by_old or not verifies(new, bytes.fromhex(request.proof.new), message):
        raise Unprocessable("bad_proof")


def _entered(
    connection: Connection, caller: Caller, request: RotateRequest, keys: TenantKeys, now: datetime
) -> Row[Any]:
    """One number in the present epoch and in the spare ones, which run under the present key (§8)."""
    newest = connection.scalar(select(func.max(till_key.c.key_no)).where(till_key.c.till == caller.till))
    number = int(newest or 0) + 1
    here = connection.execute(
        select(epoch.c.epoch, epoch.c.nonce, till.c.number)
        .join(till, till.c.id == epoch.c.till)
        .where(epoch.c.till == caller.till, epoch.c.epoch >= caller.epoch, epoch.c.state != "retired")
    )
    nonces = {row.epoch: (row.nonce, row.number) for row in here}
    nonce, till_number = nonces[caller.epoch]
    seats = {"till": caller.till, "public_key": request.public_key, "seal_key": request.seal_key}
    certificate = keys.sign_object(
        "enrol",
        "certificate",
        {
            **seats,
            "tenant": connection.execute(select(tenant.c.id)).scalar_one(),
            "store": caller.store,
            "till_number": till_number,
            "epoch": caller.epoch,
            "key_no": number,
            "nonce": nonce,
        },
    )
    rows = [
        {**seats, "epoch": one, "key_no": number, "certificate": certificate, "valid_from": now}
        for one in sorted(nonces)
    ]
    connection.execute(insert(till_key), rows)
    entered = _key(connection, caller, till_key.c.key_no == number)
    assert entered is not None
    return entered
