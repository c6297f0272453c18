"""Salvage: documents out of a till.db that SQLite does not open any more; it is never written to (§8)."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from pos_app.domain.canonical import decoded, parse_body
from pos_app.domain.document import DocumentKind, PrivatePart, chain_hash, verify_hash
from pos_app.domain.envelope import Envelope
from pos_app.domain.errors import DocumentRefused
from pos_app.domain.ids import is_uuid7
from pos_app.storage import private, projections
from pos_app.storage.database import Database
from pos_app.storage.documents import COLUMNS, BookedDocument, StoredDocument
from pos_app.storage.folder_sync import sync_folder
from pos_app.storage.identity import Identity
from pos_app.storage.raw_pages import (
    ANY_BLOB,
    ANY_TEXT,
    INTEGER,
    RawPages,
    Record,
    Value,
    blob,
    header_of,
    text,
)

log = logging.getLogger(__name__)

FROZEN: Final = "till-frozen-"
_SIDE_FILES: Final = ("-wal", "-shm")
_AT_ONCE: Final = 500

_JOURNAL = header_of(
    {
        "epoch": INTEGER, "seq": INTEGER, "doc_id": text(36), "kind": ANY_TEXT, "body": ANY_BLOB,
        "prev_hash": blob(32), "hash": blob(32), "signature": blob(64), "committed_at": ANY_TEXT,
    }
)  # fmt: skip
_PRIVATE = header_of({"doc_id": text(36), "salt": blob(32), "bytes": ANY_BLOB})


@dataclass(frozen=True, slots=True)
class Found:
    """A document that proves itself, with its private part where that was readable too."""

    document: StoredDocument
    part: PrivatePart | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """A stretch of an epoch that could not be read, both ends included."""

    epoch: int
    first: int
    last: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1


def freeze(path: Path, now: datetime) -> Path:
    """Set a database aside under another name, with its WAL; its bytes stay as they are."""
    frozen = path.with_name(f"{FROZEN}{now.strftime('%Y%m%dT%H%M%SZ')}.db")
    for suffix in ("-wal", ""):  # the file last: as long as it has its name, nothing has happened
        source = path.with_name(path.name + suffix)
        if source.exists():
            source.replace(frozen.with_name(frozen.name + suffix))
    path.with_name(path.name + "-shm").unlink(missing_ok=True)
    sync_folder(path.parent)
    return frozen


def frozen_files(folder: Path) -> list[Path]:
    """Files set aside here, oldest first."""
    return sorted(folder.glob(f"{FROZEN}*.db"))


def read_documents(path: Path, key: bytes, identity: Identity) -> list[Found]:
    """Every readable document of this till in the file, in order. The file is only read.

    What counts proves itself: hash over the body, the body names this till and its place, and the signature
    where the epoch's key is known here (central checks all of them again).
    """
    found: dict[tuple[int, int, bytes], StoredDocument] = {}
    parts: dict[str, list[PrivatePart]] = {}
    with RawPages(path, key) as pages:
        for record in pages.records(_JOURNAL):
            document = _document(record, identity)
            if document is not None:
                found[document.epoch, document.seq, document.hash] = document
        for record in pages.records(_PRIVATE):
            doc_id, part = _part(record)
            parts.setdefault(doc_id, []).append(part)
    return [_with_part(found[place], parts) for place in sorted(found)]


def _document(record: Record, identity: Identity) -> StoredDocument | None:
    try:
        epoch, seq, *rest = record
        doc_id, kind, body, prev_hash, hash_, signature, at = (_bytes(value) for value in rest)
        if not (isinstance(epoch, int) and isinstance(seq, int)):
            return None
        document = StoredDocument(
            doc_id.decode("ascii"), epoch, seq, kind.decode("ascii"), body, prev_hash, hash_, signature,
            at.decode("ascii"),
        )  # fmt: skip
        datetime.fromisoformat(document.committed_at)
    except ValueError:
        return None
    return document if is_proven(document, identity) else None


def is_proven(document: StoredDocument, identity: Identity) -> bool:
    """Whether a document found somewhere is one of this till's, unchanged."""
    if chain_hash(document.prev_hash, document.body) != document.hash or not is_uuid7(document.doc_id):
        return False
    if document.epoch == identity.epoch and identity.public_key:
        public_key = bytes.fromhex(identity.public_key)
        if not verify_hash(public_key, document.hash, document.signature):
            return False
    try:
        envelope = Envelope.from_body(parse_body(document.body))
    except DocumentRefused:
        return False
    place = (envelope.till, envelope.epoch, envelope.seq, envelope.doc_id, envelope.prev_hash)
    return place == (
        identity.till, document.epoch, document.seq, document.doc_id, document.prev_hash.hex(),
    )  # fmt: skip


def _bytes(value: Value) -> bytes:
    if not isinstance(value, bytes):
        raise ValueError("a number where bytes are expected")
    return value


def _part(record: Record) -> tuple[str, PrivatePart]:
    doc_id, salt, data = (_bytes(value) for value in record)
    return doc_id.decode("ascii", "replace"), PrivatePart(salt, data)


def _with_part(document: StoredDocument, parts: dict[str, list[PrivatePart]]) -> Found:
    for part in parts.get(document.doc_id, ()):
        if f'"private_hash":"{part.hash.hex()}"' in decoded(document.body):
            return Found(document, part)
    return Found(document)


# --- into the fresh file ------------------------------------------------------------------------
def take_in(till: Database, found: Iterable[Found]) -> int:
    """Lay documents into the journal, with their effects; what is there already is left. How many came.

    They lie in the outbox then, like any document that central has not answered for: it knows some of
    them, and says so.
    """
    waiting = list(found)
    came = 0
    for start in range(0, len(waiting), _AT_ONCE):
        with till.writing() as connection:
            came += sum(_take(connection, one) for one in waiting[start : start + _AT_ONCE])
    return came


def _take(connection: Connection, one: Found) -> bool:
    document = one.document
    taken = connection.exec_driver_sql(
        "SELECT 1 FROM journal WHERE doc_id = ? OR (epoch = ? AND seq = ?)",
        (document.doc_id, document.epoch, document.seq),
    ).fetchone()
    if taken is not None:
        return False
    connection.exec_driver_sql(
        f"INSERT INTO journal ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.doc_id, document.epoch, document.seq, document.kind, document.body, document.prev_hash,
            document.hash, document.signature, document.committed_at,
        ),
    )  # fmt: skip
    if one.part is not None:
        private.keep(connection, document.doc_id, one.part)
    _lower_mark(connection, document.epoch, document.seq)
    _book(connection, BookedDocument.of(document))
    return True


def _book(connection: Connection, document: BookedDocument) -> None:
    """Its effects, as far as they can be made: a neighbour that they build on may be among the lost."""
    if document.kind == DocumentKind.SHIFT_OPEN and not document.training:
        # the closing before it was lost: two shifts are never open at once
        cut_off_shifts(connection)
    try:
        with connection.begin_nested():
            projections.project(connection, document)
    except IntegrityError as error:
        log.warning("document %s is kept without its effects: %s", document.doc_id, error)


def cut_off_shifts(connection: Connection) -> None:
    """A shift that can never be closed: it ends with its epoch, or its closing was lost."""
    connection.exec_driver_sql("UPDATE shift SET state = 'closed', to_verify = 0 WHERE state = 'open'")


def _lower_mark(connection: Connection, epoch: int, seq: int) -> None:
    """The outbox looks for the unsent above its mark only."""
    connection.exec_driver_sql(
        "UPDATE outbox_mark SET done_through = min(done_through, ?) WHERE epoch = ?", (seq - 1, epoch)
    )


def note_lost(till: Database, epoch: int, last: int, now: datetime) -> list[Lost]:
    """Find the stretches of an epoch up to `last` that are not in the journal, and keep them noted.

    `last` = the newest place that is known to have been taken (anchor, a shift's closing); at least the
    newest document's. What is found later (central sends it back) is taken off by calling this again.
    """
    with till.writing() as connection:
        connection.exec_driver_sql("DELETE FROM journal_lost WHERE epoch = ?", (epoch,))
        lost = list(_holes(connection, epoch, last))
        for one in lost:
            connection.exec_driver_sql(
                "INSERT INTO journal_lost (epoch, first, last, at) VALUES (?, ?, ?, ?)",
                (one.epoch, one.first, one.last, now.isoformat()),
            )
    return lost


def lost_stretches(till: Database) -> list[Lost]:
    """What is noted as lost now."""
    with till.reading() as connection:
        rows = connection.exec_driver_sql("SELECT epoch, first, last FROM journal_lost ORDER BY epoch, first")
        return [Lost(*row) for row in rows]


def _holes(connection: Connection, epoch: int, last: int) -> Iterator[Lost]:
    row = connection.exec_driver_sql(
        "SELECT seq FROM journal_checkpoint WHERE epoch = ?", (epoch,)
    ).fetchone()
    expected = 1 if row is None else row[0] + 1
    for (seq,) in connection.exec_driver_sql(
        "SELECT seq FROM journal WHERE epoch = ? ORDER BY seq", (epoch,)
    ).fetchall():
        if seq > expected:
            yield Lost(epoch, expected, seq - 1)
        expected = seq + 1
    if expected <= last:
        yield Lost(epoch, expected, last)


def open_scratch(frozen: Path, folder: Path) -> Path:
    """A copy for SQLite to open where it can: opening writes, and the damaged file stays as it is."""
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / frozen.name
    shutil.copyfile(frozen, copy)
    wal = frozen.with_name(frozen.name + "-wal")
    if wal.exists():
        shutil.copyfile(wal, copy.with_name(copy.name + "-wal"))
    return copy
