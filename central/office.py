"""The office journal: what is decided at central is a document too, chained and signed (protocol §2)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from central.applying import Applying
from central.keys import TenantKeys
from central.results import Outcome
from central.tables.inbox import document, result
from central.tables.tenant import tenant
from central.tables.tills import epoch, till_key
from pos_app.domain.document import DocumentKind, SignedDocument, first_prev_hash, make
from pos_app.domain.envelope import Envelope
from pos_app.domain.ids import DocId, StaffNo, StoreNo, TenantId, TillId, uuid7
from pos_app.domain.signing import public_key_of, signer

KINDS: Final = (DocumentKind.CASE_RESOLUTION, DocumentKind.SHIFT_VERIFY, DocumentKind.POINTS_ADJUST)
"""What the office decides; everything else happens at a counter."""
OFFICE_STORE: Final = 0
_CARRIER: Final = "office"


@dataclass(frozen=True, slots=True)
class Decision:
    """`by`: the staff number of who decided. `depends_on` as in any document."""

    kind: DocumentKind
    payload: Mapping[str, Any]
    by: int
    depends_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the next document goes."""

    till: TillId
    epoch: int
    seq: int
    prev_hash: bytes


def write(connection: Connection, keys: TenantKeys, decision: Decision, now: datetime) -> tuple[str, Outcome]:
    """Writes, signs, stores and applies one document; its id and what became of it.

    The caller holds the write transaction, so that two decisions never take one place in the chain.
    ValueError for a kind that is not the office's.
    """
    if decision.kind not in KINDS:
        raise ValueError(f"the office does not write {decision.kind}")
    chain = connection.execute(select(tenant)).one()
    head = _head(connection, keys, chain, now)
    envelope = _envelope(chain, head, decision, now)
    made = make(envelope, decision.payload, signer(keys.office))
    _store(connection, envelope, made, now)
    applying = Applying(connection, keys, now)
    applying.run([envelope.doc_id])
    applying.finish()
    row = connection.execute(select(result).where(result.c.doc_id == envelope.doc_id)).one()
    return envelope.doc_id, Outcome(row.status, row.codes, row.case, row.missing, row.booked, note=row.note)


def office_of(connection: Connection) -> str | None:
    """The till id of the office journal; None before its first document."""
    return connection.scalar(select(tenant.c.office))


def _envelope(chain: Row[Any], head: _Head, decision: Decision, now: datetime) -> Envelope:
    return Envelope(
        tenant=TenantId(chain.id),
        store=StoreNo(OFFICE_STORE),
        till=head.till,
        epoch=head.epoch,
        seq=head.seq,
        doc_id=DocId(uuid7(now)),
        kind=decision.kind.value,
        prev_hash=head.prev_hash.hex(),
        wall=now.isoformat(),
        boot_id=chain.incarnation,
        mono_ms=0,
        staff=StaffNo(decision.by),
        training=False,
        connectivity="online",
        depends_on=decision.depends_on,
    )


def _store(connection: Connection, envelope: Envelope, made: SignedDocument, now: datetime) -> None:
    row = {
        "doc_id": envelope.doc_id,
        "till": envelope.till,
        "epoch": envelope.epoch,
        "seq": envelope.seq,
        "kind": envelope.kind,
        "body": made.body,
        "prev_hash": bytes.fromhex(envelope.prev_hash),
        "hash": made.hash,
        "signature": made.signature,
        "verified": True,
        "carried_by": _CARRIER,
        "received_at": now,
    }
    connection.execute(insert(document), row)


# --- the journal's place ------------------------------------------------------------------------
def _head(connection: Connection, keys: TenantKeys, chain: Row[Any], now: datetime) -> _Head:
    """A central restored from a backup has forgotten documents: it goes on in an epoch of its own."""
    till = TillId(chain.office or _found(connection, now))
    nonce = hashlib.sha256(chain.incarnation.encode()).digest()
    newest = connection.execute(
        select(epoch).where(epoch.c.till == till).order_by(epoch.c.epoch.desc()).limit(1)
    ).one_or_none()
    if newest is None or newest.nonce != nonce.hex():
        number = 1 if newest is None else newest.epoch + 1
        _begin(connection, keys, (till, number), nonce, now)
        return _Head(till, number, 1, first_prev_hash(till, number, nonce))
    last = connection.execute(
        select(document.c.seq, document.c.hash)
        .where(document.c.till == till, document.c.epoch == newest.epoch)
        .order_by(document.c.seq.desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        return _Head(till, newest.epoch, 1, first_prev_hash(till, newest.epoch, nonce))
    return _Head(till, newest.epoch, last.seq + 1, bytes(last.hash))


def _found(connection: Connection, now: datetime) -> str:
    made = uuid7(now)
    connection.execute(update(tenant).values(office=made))
    return made


def _begin(
    connection: Connection, keys: TenantKeys, place: tuple[TillId, int], nonce: bytes, now: datetime
) -> None:
    """It is no till of a store: it has an epoch and a key, so that its documents prove themselves."""
    till, number = place
    row = {"till": till, "epoch": number, "nonce": nonce.hex(), "state": "active", "created_at": now}
    connection.execute(insert(epoch), row)
    key = {"public_key": public_key_of(keys.office).hex(), "seal_key": keys.recovery_public.hex()}
    connection.execute(
        insert(till_key),
        {"till": till, "epoch": number, "key_no": 1, **key, "certificate": {}, "valid_from": now},
    )
