"""The journal's proof: hashes, links, gaps and signatures checked, and the whole written out as lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from pos_app.domain.document import chain_hash, first_prev_hash, verify_hash
from pos_app.domain.ids import TillId
from pos_app.storage import private
from pos_app.storage.documents import COLUMNS, StoredDocument
from pos_app.storage.identity import Identity


@dataclass(frozen=True, slots=True)
class ChainFault:
    """A place that does not hold.

    `reason`: gap, broken_link, hash_mismatch, bad_signature, private_mismatch.
    """

    epoch: int
    seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """How many documents were looked at, and what was wrong."""

    checked: int
    faults: tuple[ChainFault, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not self.faults


def documents(connection: Connection, epoch: int, seq: int) -> Iterator[StoredDocument]:
    """From this place on, over all later epochs."""
    rows = connection.exec_driver_sql(
        f"SELECT {COLUMNS} FROM journal WHERE (epoch, seq) >= (?, ?) ORDER BY epoch, seq", (epoch, seq)
    )
    for row in rows:
        yield StoredDocument(*row)


def verify(
    connection: Connection,
    identity: Identity,
    newest: int | None = None,
    signed_from: tuple[int, int] = (0, 0),
) -> ChainReport:
    """Check the chain of all or the `newest` documents; signatures of the present epoch, whose key is known
    here, from the place `signed_from` (epoch, seq) on.

    An epoch that was pruned begins after its checkpoint. Places that a salvage has noted as lost are not
    told again as faults.
    """
    start = _start(connection, newest)
    breaks = _known_breaks(connection)
    before: StoredDocument | None = None
    faults: list[ChainFault] = []
    checked = 0
    for document in documents(connection, *start):
        checked += 1
        reasons = [
            *_link_faults(document, before, identity, checked == 1 and newest is not None, breaks),
            *_own_faults(connection, document, identity, signed_from),
        ]
        faults += [ChainFault(document.epoch, document.seq, reason) for reason in reasons]
        before = document
    return ChainReport(checked, tuple(faults))


def _start(connection: Connection, newest: int | None) -> tuple[int, int]:
    if newest is None:
        return 0, 0
    row = connection.exec_driver_sql(
        "SELECT epoch, seq FROM journal ORDER BY epoch DESC, seq DESC LIMIT 1 OFFSET ?", (max(newest - 1, 0),)
    ).fetchone()
    return (0, 0) if row is None else (row[0], row[1])


def _known_breaks(connection: Connection) -> dict[tuple[int, int], bytes | None]:
    """Where a chain goes on after rows that are gone: (epoch, seq) → the hash before it, None = unknown."""
    known: dict[tuple[int, int], bytes | None] = {}
    for epoch, last in connection.exec_driver_sql("SELECT epoch, last FROM journal_lost"):
        known[epoch, last + 1] = None
    for epoch, seq, hash_ in connection.exec_driver_sql("SELECT epoch, seq, hash FROM journal_checkpoint"):
        known[epoch, seq + 1] = hash_
    return known


def _link_faults(
    document: StoredDocument,
    before: StoredDocument | None,
    identity: Identity,
    is_window_start: bool,
    breaks: Mapping[tuple[int, int], bytes | None],
) -> Iterator[str]:
    follows = before is not None and (before.epoch, before.seq + 1) == (document.epoch, document.seq)
    if follows:
        assert before is not None
        if document.prev_hash != before.hash:
            yield "broken_link"
    elif (document.epoch, document.seq) in breaks:
        if breaks[document.epoch, document.seq] not in (None, document.prev_hash):
            yield "broken_link"
    elif not (is_window_start and before is None):
        yield from _beginning_faults(document, identity)


def _beginning_faults(document: StoredDocument, identity: Identity) -> Iterator[str]:
    """Of the first document of an epoch; anything else that follows nothing is behind a gap."""
    if document.seq != 1:
        yield "gap"
    elif document.epoch == identity.epoch:
        nonce = bytes.fromhex(identity.nonce)
        if document.prev_hash != first_prev_hash(TillId(identity.till), document.epoch, nonce):
            yield "broken_link"


def _own_faults(
    connection: Connection, document: StoredDocument, identity: Identity, signed_from: tuple[int, int]
) -> Iterator[str]:
    if chain_hash(document.prev_hash, document.body) != document.hash:
        yield "hash_mismatch"
    elif (document.epoch, document.seq) >= signed_from and not _is_signed(connection, document, identity):
        yield "bad_signature"
    part = private.part_of(connection, document.doc_id)
    if part is not None and f'"private_hash":"{part.hash.hex()}"'.encode() not in document.body:
        yield "private_mismatch"


def _is_signed(connection: Connection, document: StoredDocument, identity: Identity) -> bool:
    """Of an earlier epoch, or before the key is noted, nothing can be said here: central checks those."""
    if document.epoch != identity.epoch or not identity.public_key:
        return True
    if verify_hash(bytes.fromhex(identity.public_key), document.hash, document.signature):
        return True
    former = connection.exec_driver_sql(
        "SELECT public_key FROM former_key WHERE epoch = ?", (document.epoch,)
    ).scalars()
    return any(verify_hash(bytes.fromhex(key), document.hash, document.signature) for key in former)


def export(connection: Connection, identity: Identity, path: Path) -> int:
    """JSON lines with till, epoch, seq, doc_id, body (text), hash, signature, private?, salt?."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for document in documents(connection, 0, 0):
            line: dict[str, object] = {
                "till": identity.till,
                "epoch": document.epoch,
                "seq": document.seq,
                "doc_id": document.doc_id,
                "body": document.body.decode("utf-8"),
                "hash": document.hash.hex(),
                "signature": document.signature.hex(),
            }
            part = private.part_of(connection, document.doc_id)
            if part is not None:
                line |= {"private": part.data.decode("utf-8"), "salt": part.salt.hex()}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    return count
