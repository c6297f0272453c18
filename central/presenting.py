"""Tills that a restored central does not know: their certificate says who they are (protocol §4.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import Connection, insert, select, update

from central.auth import SignedRequest, named_key, proved
from central.cases import Trouble, open_case
from central.enrolment import new_epoch, retire_before
from central.errors import Conflict, NotFound, Refusal, Revoked, Unauthorised
from central.feeds import FeedWriter
from central.keys import TenantKeys
from central.publish import people, phone_keys, policies, tills
from central.restoring import ask_from_the_start
from central.revoked import answer_to
from central.state import Central
from central.tables.tenant import store, tenant
from central.tables.tills import epoch, till, till_key
from pos_app.domain.errors import DocumentRefused
from pos_app.domain.signed_object import verify_object
from sync.messages import Certificate

PERSONAL_FEEDS: Final = frozenset({"customers", "orders", "sales", "staff"})
"""What a till is not told before a manager's yes."""


@dataclass(frozen=True, slots=True)
class Presented:
    """`refusal` is given once its traces (a case) have been committed."""

    till: str
    refusal: Refusal | None = None


def present(
    connection: Connection, central: Central, request: SignedRequest, words: dict[str, Any]
) -> Presented:
    """Knows the till again: its uploads count at once, feeds with personal data after a manager's yes.

    Showing a certificate that is known already changes nothing. Raises Unauthorised when the certificate is
    not of this tenant's making or the request is not signed with its key.
    """
    now = central.now()
    shown = certified(connection, words, central.keys)
    if named_key(request) != f"{shown.till}.{shown.epoch}.{shown.key_no}":
        raise Unauthorised
    proved(connection, request, bytes.fromhex(shown.public_key), central.settings, now)
    row = connection.execute(select(till).where(till.c.id == shown.till)).one_or_none()
    entry = answer_to(connection, shown.till, shown.epoch)
    if row is not None and row.revoked_at is not None:
        entry = dict(row.revoked_entry or {})
    if entry is not None:
        return Presented(shown.till, Revoked(**entry))
    clash = _clash(connection, shown)
    if clash == "known":
        return Presented(shown.till)
    if clash is not None:
        facts = {"reason": clash, "epoch": shown.epoch, "till_number": shown.till_number}
        open_case(
            connection, Trouble(code="TILL_NOT_PLACED", till=shown.till, store=shown.store, facts=facts), now
        )
        return Presented(shown.till, Conflict(clash))
    _enter(connection, shown, words, is_new=row is None, now=now)
    ask_from_the_start(connection, shown.till, shown.epoch, now)
    facts = {"epoch": shown.epoch, "till_number": shown.till_number}
    open_case(
        connection, Trouble(code="TILL_PRESENTED", till=shown.till, store=shown.store, facts=facts), now
    )
    writer = FeedWriter(connection)
    tills(writer, [shown.till])
    policies(writer, [shown.till])
    writer.flush()
    return Presented(shown.till)


def confirm(connection: Connection, keys: TenantKeys, till_id: str) -> None:
    """A manager says that this till is ours: from now on it is told of people too. NotFound."""
    done = connection.execute(update(till).where(till.c.id == till_id).values(presented_at=None))
    if not done.rowcount:
        raise NotFound("unknown_till")
    writer = FeedWriter(connection)
    people(writer, [till_id])
    phone_keys(writer, keys.phone_key, [till_id])
    writer.flush()


def certified(connection: Connection, words: dict[str, Any], keys: TenantKeys) -> Certificate:
    """A certificate of our own making. Raises Unauthorised (`bad_certificate`)."""
    try:
        shown = Certificate.model_validate(words)
        is_signed = any(
            verify_object("certificate", words, key.public) for key in keys.signing if "enrol" in key.types
        )
    except (ValidationError, DocumentRefused) as error:
        raise Unauthorised("bad_certificate") from error
    if not is_signed or shown.tenant != connection.execute(select(tenant.c.id)).scalar_one():
        raise Unauthorised("bad_certificate")
    return shown


def _clash(connection: Connection, shown: Certificate) -> str | None:
    """Why the till cannot stand where it says it does; `known` when it stands there already."""
    key = connection.execute(
        select(till_key.c.public_key).where(
            till_key.c.till == shown.till,
            till_key.c.epoch == shown.epoch,
            till_key.c.key_no == shown.key_no,
        )
    ).one_or_none()
    if key is not None:
        return "known" if key.public_key == shown.public_key else "key_taken"
    nonce = connection.scalar(
        select(epoch.c.nonce).where(epoch.c.till == shown.till, epoch.c.epoch == shown.epoch)
    )
    if nonce is not None and nonce != shown.nonce:
        return "epoch_taken"
    if connection.scalar(select(store.c.no).where(store.c.no == shown.store)) is None:
        return "unknown_store"
    place = select(till.c.id).where(till.c.store == shown.store, till.c.number == shown.till_number)
    return "place_taken" if connection.scalar(place) not in (None, shown.till) else None


def _enter(
    connection: Connection, shown: Certificate, words: dict[str, Any], *, is_new: bool, now: datetime
) -> None:
    if is_new:
        row = {"id": shown.till, "store": shown.store, "number": shown.till_number, "name": ""}
        connection.execute(insert(till), {**row, "created_at": now, "presented_at": now})
    else:
        connection.execute(update(till).where(till.c.id == shown.till).values(presented_at=now))
    here = (epoch.c.till == shown.till) & (epoch.c.epoch == shown.epoch)
    if connection.scalar(select(epoch.c.epoch).where(here)) is None:
        _enter_epoch(connection, shown, now)
    connection.execute(
        insert(till_key),
        {
            "till": shown.till,
            "epoch": shown.epoch,
            "key_no": shown.key_no,
            "public_key": shown.public_key,
            "seal_key": shown.seal_key,
            "certificate": words,
            "valid_from": now,
            "used_at": now,
        },
    )


def _enter_epoch(connection: Connection, shown: Certificate, now: datetime) -> None:
    """The epoch of the certificate is the present one, unless a later one is known already."""
    later = connection.scalar(
        select(epoch.c.epoch)
        .where(epoch.c.till == shown.till, epoch.c.epoch > shown.epoch, epoch.c.state == "active")
        .limit(1)
    )
    row = {"till": shown.till, "epoch": shown.epoch, "nonce": shown.nonce, "created_at": now}
    if later is not None:
        connection.execute(insert(epoch), {**row, "state": "retired", "retired_at": now})
        return
    retire_before(connection, shown.till, shown.epoch, now)
    connection.execute(insert(epoch), {**row, "state": "active"})
    spare, _nonce = new_epoch(connection, shown.till, "spare", now)
    connection.execute(
        insert(till_key),
        {
            "till": shown.till,
            "epoch": spare,
            "key_no": shown.key_no,
            "public_key": shown.public_key,
            "seal_key": shown.seal_key,
            "certificate": shown.model_dump(),
            "valid_from": now,
        },
    )
