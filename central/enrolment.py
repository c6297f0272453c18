"""Enrolment: one-time codes, the till's first keys and epochs, and its certificate (protocol §4.1–§4.3)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from central.blanks import refill
from central.cases import Trouble, open_case
from central.errors import Forbidden, NotFound, Refusal
from central.feeds import FeedWriter
from central.keyboxes import sealed_again
from central.keys import TenantKeys, current_keyset, instant_text
from central.publish import people, phone_keys, policies, tills
from central.publishing.people import policy_of
from central.settings import Settings
from central.tables.tenant import store, tenant
from central.tables.tills import enrol_code, epoch, till, till_key
from pos_app.domain import base28
from pos_app.domain.ids import TillId, uuid7
from pos_app.domain.sealing import seal
from pos_app.domain.signing import verifies
from sync.messages import EnrolRequest

_CODE_LENGTH = 16  # of 28 letters: 76 bits
_ACTIVE, _SPARE, _RETIRED = "active", "spare", "retired"


class CodeRefusedHere(Refusal):
    """The code is unknown, too old or used: one answer for all, so that guessing teaches nothing."""

    status = 403
    code = "code_refused"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The answer, or the refusal that is given once its traces (a case) have been committed."""

    answer: dict[str, Any] | None
    refusal: Refusal | None = None


def create_till(connection: Connection, store_no: int, number: int, name: str, now: datetime) -> str:
    """The id of a new till; one that exists is answered as it is. NotFound for an unknown store."""
    if connection.scalar(select(store.c.no).where(store.c.no == store_no)) is None:
        raise NotFound("unknown_store")
    known = connection.scalar(select(till.c.id).where(till.c.store == store_no, till.c.number == number))
    if known is not None:
        return str(known)
    made = uuid7(now)
    row = {"id": made, "store": store_no, "number": number, "name": name, "created_at": now}
    connection.execute(insert(till), row)
    return made


def create_code(connection: Connection, till_id: str, settings: Settings, now: datetime) -> str:
    """A one-time code for this till, shown once: central keeps its hash only."""
    if connection.scalar(select(till.c.id).where(till.c.id == till_id)) is None:
        raise NotFound("unknown_till")
    letters = "".join(secrets.choice(base28.ALPHABET) for _ in range(_CODE_LENGTH))
    text = "-".join(letters[start : start + 4] for start in range(0, _CODE_LENGTH, 4))
    row = {
        "code_hash": fingerprint(text),
        "till": till_id,
        "created_at": now,
        "expires_at": now + timedelta(minutes=settings.enrol_minutes),
        "closed": False,
    }
    connection.execute(insert(enrol_code), row)
    return text


def fingerprint(code: str) -> str:
    """Typed with or without dashes, in either case, it is the same code."""
    plain = "".join(letter for letter in code.upper() if letter not in "- ")
    return hashlib.sha256(plain.encode()).hexdigest()


def proof_message(code: str, public_key: bytes, seal_key: bytes) -> bytes:
    """What `proof` signs; the code exactly as it stands in the request."""
    return b"quay-enrol-1\0" + code.encode() + b"\0" + public_key + seal_key


def enrol(connection: Connection, request: EnrolRequest, keys: TenantKeys, now: datetime) -> Enrolled:
    """Enrols a till, or says again what it said before to the same keys (protocol §4.3)."""
    public_key, seal_key = bytes.fromhex(request.public_key), bytes.fromhex(request.seal_key)
    if not verifies(
        public_key, bytes.fromhex(request.proof), proof_message(request.code, public_key, seal_key)
    ):
        return Enrolled(None, CodeRefusedHere("bad_proof"))
    row = connection.execute(
        select(enrol_code).where(enrol_code.c.code_hash == fingerprint(request.code)).with_for_update()
    ).one_or_none()
    if row is None:
        return Enrolled(None, CodeRefusedHere())
    if row.public_key is not None:
        return _again(connection, row, request, now)
    if now > row.expires_at:
        return Enrolled(None, CodeRefusedHere())
    answer = _first_time(connection, row.till, request, keys, now)
    connection.execute(
        update(enrol_code)
        .where(enrol_code.c.code_hash == row.code_hash)
        .values(public_key=request.public_key, seal_key=request.seal_key, answer=answer, used_at=now)
    )
    refill(connection, keys, now, only=row.till)
    return Enrolled(answer)


def _again(connection: Connection, row: Row[Any], request: EnrolRequest, now: datetime) -> Enrolled:
    if (row.public_key, row.seal_key) != (request.public_key, request.seal_key):
        facts = {"first_key": row.public_key, "other_key": request.public_key}
        open_case(connection, Trouble(code="ENROL_CODE_REUSED", till=row.till, facts=facts), now)
        return Enrolled(None, CodeRefusedHere())
    if row.closed:
        return Enrolled(None, CodeRefusedHere())
    return Enrolled(dict(row.answer))


def close_codes(connection: Connection, till_id: str) -> None:
    """After the till's first signed request its codes answer nothing more."""
    connection.execute(
        update(enrol_code)
        .where(enrol_code.c.till == till_id, enrol_code.c.public_key.is_not(None), ~enrol_code.c.closed)
        .values(closed=True)
    )


def _first_time(
    connection: Connection, till_id: str, request: EnrolRequest, keys: TenantKeys, now: datetime
) -> dict[str, Any]:
    number, value = new_epoch(connection, till_id, _ACTIVE, now)
    spare, spare_value = new_epoch(connection, till_id, _SPARE, now)
    own = connection.execute(
        select(till, store.c.code).join(store, store.c.no == till.c.store).where(till.c.id == till_id)
    ).one()
    chain = connection.execute(select(tenant)).one()
    seats = {"till": till_id, "public_key": request.public_key, "seal_key": request.seal_key}
    certificate = keys.sign_object(
        "enrol",
        "certificate",
        {
            **seats,
            "tenant": chain.id,
            "store": own.store,
            "till_number": own.number,
            "epoch": number,
            "key_no": 1,
            "nonce": value,
        },
    )
    for one in (number, spare):  # a spare epoch runs under the present key (protocol §8)
        row = {**seats, "epoch": one, "key_no": 1, "certificate": certificate, "valid_from": now}
        connection.execute(insert(till_key), row)
    connection.execute(
        update(till).where(till.c.id == till_id).values(revoked_at=None, app=_app(request.info))
    )
    _publish(connection, till_id, keys)
    old_key = sealed_again(connection, keys, till_id, bytes.fromhex(request.seal_key))
    return {
        **({} if old_key is None else {"old_database_key": old_key}),
        "tenant": chain.id,
        "store": own.store,
        "store_code": own.code,
        "till": till_id,
        "till_number": own.number,
        "epoch": number,
        "nonce": value,
        "spare": {"epoch": spare, "nonce": spare_value},
        "root_public_key": keys.root_public.hex(),
        "keyset": current_keyset(connection) or {},
        "certificate": certificate,
        "recovery_key": keys.recovery_public.hex(),
        "phone_key": seal(
            keys.phone_key, bytes.fromhex(request.seal_key), "phone-key", TillId(till_id)
        ).hex(),
        "policy": policy_of(connection, own.store, till_id),
    }


def _app(info: Mapping[str, str]) -> str:
    return str(info.get("app", ""))[:80]


def _publish(connection: Connection, till_id: str, keys: TenantKeys) -> None:
    writer = FeedWriter(connection)
    tills(writer, [till_id])
    people(writer, [till_id])
    policies(writer, [till_id])
    phone_keys(writer, keys.phone_key, [till_id])
    writer.flush()


def new_epoch(connection: Connection, till_id: str, state: str, now: datetime) -> tuple[int, str]:
    """The next epoch of a till with its nonce. An active one retires all before it."""
    newest = connection.scalar(select(func.max(epoch.c.epoch)).where(epoch.c.till == till_id)) or 0
    if newest >= 255:
        raise Forbidden("no_epoch_left")
    if state == _ACTIVE:
        retire_before(connection, till_id, newest + 1, now)
    value = secrets.token_hex(32)
    row = {"till": till_id, "epoch": newest + 1, "nonce": value, "state": state, "created_at": now}
    connection.execute(insert(epoch), row)
    return newest + 1, value


def retire_before(connection: Connection, till_id: str, number: int, now: datetime) -> None:
    """Retires every epoch of a till below this one, spares that were never begun included."""
    connection.execute(
        update(epoch)
        .where(epoch.c.till == till_id, epoch.c.epoch < number, epoch.c.state != _RETIRED)
        .values(state=_RETIRED, retired_at=now)
    )


def spare_of(connection: Connection, till_id: str, current: int) -> dict[str, Any] | None:
    """The spare epoch that a till holds beside its current one."""
    row = connection.execute(
        select(epoch)
        .where(epoch.c.till == till_id, epoch.c.epoch > current, epoch.c.state == _SPARE)
        .order_by(epoch.c.epoch)
        .limit(1)
    ).one_or_none()
    return None if row is None else {"epoch": row.epoch, "nonce": row.nonce}


def begin_spare(connection: Connection, till_id: str, number: int, now: datetime) -> bool:
    """A spare's first document has come: it is the current epoch now, those before are retired (§8)."""
    begun = connection.execute(
        update(epoch)
        .where(epoch.c.till == till_id, epoch.c.epoch == number, epoch.c.state == _SPARE)
        .values(state=_ACTIVE)
    )
    if not begun.rowcount:
        return False
    retire_before(connection, till_id, number, now)
    following, _nonce = new_epoch(connection, till_id, _SPARE, now)
    # under every key that still signs: during a rotation the till may hold either (protocol §4.7)
    present = select(till_key).where(
        till_key.c.till == till_id, till_key.c.epoch == number, till_key.c.valid_to.is_(None)
    )
    for key in connection.execute(present).all():
        row = {**key._mapping, "epoch": following, "valid_from": now, "used_at": None}
        row.update(head_created=None, head_epoch=None, head_seq=None)
        connection.execute(insert(till_key), row)
    return True


def server_time(now: datetime) -> str:
    """As answers carry it."""
    return instant_text(now)
