"""The journal: a document, its private part, effects and print jobs in one transaction (protocol §3)."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path

from sqlalchemy import Connection

from pos_app.domain.document import (
    NUMBERED_KINDS,
    SALT_BYTES,
    PrivatePart,
    SignedDocument,
    first_prev_hash,
    make,
)
from pos_app.domain.envelope import Connectivity, Envelope, compose_body
from pos_app.domain.ids import DocId, StaffNo, TillId, uuid7
from pos_app.domain.signing import Sign
from pos_app.domain.validity import SHOP_TIME
from pos_app.storage import chain, counters, print_jobs, private, projections, receipt_codes
from pos_app.storage.clock import Boot, Clock
from pos_app.storage.database import Database
from pos_app.storage.documents import COLUMNS, BookedDocument, StoredDocument, stored_document
from pos_app.storage.identity import Identity
from pos_app.storage.json_text import JsonObject
from pos_app.storage.print_jobs import PrintOrder


@dataclass(frozen=True, slots=True)
class Commit:
    """The place that a document is about to take; `connection` is for functions of storage alone."""

    epoch: int
    seq: int
    prev_hash: bytes
    connection: Connection


Payload = JsonObject | Callable[[Commit], JsonObject]


@dataclass(frozen=True, slots=True)
class Draft:
    """A document to be: `payload` may be a function when it needs its place (a shift's closing).

    `depends_on`: doc_ids or `<till>/<epoch>/<seq>#<hash10>` (protocol §5). `doc_id`: the one that claims of
    online checks name (protocol §9); None = a new one.
    """

    kind: str
    payload: Payload
    staff: int
    approver: int | None = None
    shift: int | None = None
    private: Mapping[str, object] | None = None
    depends_on: tuple[str, ...] = ()
    training: bool = False
    connectivity: Connectivity = "offline"
    as_of: Mapping[str, int] = field(default_factory=dict)
    schema: int = 1
    print_jobs: tuple[PrintOrder, ...] = ()
    doc_id: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is now on the disk. `code_text` is the receipt code (protocol §7 type 4) of numbered kinds."""

    doc_id: str
    epoch: int
    seq: int
    receipt_no: str | None
    hash: bytes
    body: bytes
    code_text: str | None
    wall: str


@dataclass(frozen=True, slots=True)
class Head:
    """The newest document of the epoch; `seq` 0 and the epoch's first prev_hash before there is one."""

    epoch: int
    seq: int
    hash: bytes


Committed = Callable[[Head, datetime, str], None]
"""Told of a document on the disk: its place, wall and kind; it must not raise."""


class Journal:
    """Everything the till does goes through record(); nothing here is ever changed or deleted."""

    def __init__(
        self,
        till: Database,
        identity: Identity,
        sign: Sign,
        clock: Clock,
        boot: Boot,
        zone: tzinfo = SHOP_TIME,
        committed: Committed = lambda _head, _wall, _kind: None,
    ) -> None:
        """`committed` is told of every document once it is on the disk, before anybody acts on it."""
        self._till = till
        self._identity = identity
        self._sign = sign
        self._clock = clock
        self._boot = boot
        self._zone = zone
        self._committed = committed

    @property
    def identity(self) -> Identity:
        return self._identity

    def record(self, draft: Draft) -> Recorded:
        """Commit a document with all that follows from it; after this returns it is on the disk.

        Raises DocumentRefused (no canonical form), DiskFull, DiskTrouble, DatabaseBusy: then nothing
        has happened, no number is taken.
        """
        with self._till.writing() as connection:
            head = self._head(connection)
            commit = Commit(head.epoch, head.seq + 1, head.hash, connection)
            payload = draft.payload(commit) if callable(draft.payload) else dict(draft.payload)
            payload = counters.numbered(connection, self._identity, draft.kind, payload, draft.training)
            part = None
            if draft.private is not None:
                part = PrivatePart.of(draft.private, secrets.token_bytes(SALT_BYTES))
            envelope = self._envelope(draft, commit, part)
            signed = make(envelope, payload, self._sign)
            self._insert(connection, envelope, signed)
            if part is not None:
                private.keep(connection, envelope.doc_id, part)
            booked = BookedDocument(
                envelope.doc_id, envelope.epoch, envelope.seq, envelope.kind, compose_body(envelope, payload)
            )
            projections.project(connection, booked)
            print_jobs.add(connection, envelope.doc_id, draft.print_jobs, self._clock.now())
        head = Head(envelope.epoch, envelope.seq, signed.hash)
        self._committed(head, datetime.fromisoformat(envelope.wall), booked.kind)
        return self._recorded(booked, signed)

    def _envelope(self, draft: Draft, commit: Commit, part: PrivatePart | None) -> Envelope:
        identity, now = self._identity, self._clock.now()
        return Envelope(
            tenant=identity.tenant,
            store=identity.store,
            till=identity.till,
            epoch=commit.epoch,
            seq=commit.seq,
            doc_id=DocId(draft.doc_id or uuid7(now)),
            kind=str(draft.kind),
            prev_hash=commit.prev_hash.hex(),
            wall=now.astimezone(self._zone).isoformat(timespec="seconds"),
            boot_id=self._boot.boot_id,
            mono_ms=self._clock.mono_ms(),
            staff=StaffNo(draft.staff),
            training=draft.training,
            connectivity=draft.connectivity,
            schema=draft.schema,
            as_of=draft.as_of,
            depends_on=draft.depends_on,
            approver=None if draft.approver is None else StaffNo(draft.approver),
            shift=draft.shift,
            private_hash=None if part is None else part.hash.hex(),
        )

    def _insert(self, connection: Connection, envelope: Envelope, signed: SignedDocument) -> None:
        connection.exec_driver_sql(
            f"INSERT INTO journal ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                envelope.doc_id, envelope.epoch, envelope.seq, envelope.kind, signed.body,
                bytes.fromhex(envelope.prev_hash), signed.hash, signed.signature,
                self._clock.now().isoformat(timespec="milliseconds"),
            ),
        )  # fmt: skip

    def _recorded(self, booked: BookedDocument, signed: SignedDocument) -> Recorded:
        is_numbered = booked.kind in NUMBERED_KINDS
        return Recorded(
            doc_id=booked.doc_id,
            epoch=booked.epoch,
            seq=booked.seq,
            receipt_no=str(booked.payload["receipt_no"]) if is_numbered else None,
            hash=signed.hash,
            body=signed.body,
            code_text=receipt_codes.code_text(booked, signed.hash, self._identity, self._sign),
            wall=str(booked.body["wall"]),
        )

    # --- reading ------------------------------------------------------------------------------
    def head(self) -> Head:
        """The newest document of the present epoch."""
        with self._till.reading() as connection:
            return self._head(connection)

    def _head(self, connection: Connection) -> Head:
        identity = self._identity
        row = connection.exec_driver_sql(
            "SELECT seq, hash FROM journal WHERE epoch = ? ORDER BY seq DESC LIMIT 1", (identity.epoch,)
        ).fetchone()
        if row is None:
            nonce = bytes.fromhex(identity.nonce)
            return Head(identity.epoch, 0, first_prev_hash(TillId(identity.till), identity.epoch, nonce))
        return Head(identity.epoch, row[0], row[1])

    def stored(self, doc_id: str) -> StoredDocument | None:
        """The row of an own document."""
        with self._till.reading() as connection:
            return stored_document(connection, doc_id)

    def body(self, doc_id: str) -> JsonObject | None:
        """What an own document says."""
        stored = self.stored(doc_id)
        return None if stored is None else stored.content

    def private_part(self, doc_id: str) -> JsonObject | None:
        """The personal data beside a document; None when it has none or they were erased."""
        with self._till.reading() as connection:
            return private.read(connection, doc_id)

    def erase_private(self, doc_id: str) -> None:
        """Salt and bytes go; hash, chain and signature stay valid (protocol §3)."""
        with self._till.writing() as connection:
            private.erase(connection, doc_id)

    def receipt_code(self, stored: StoredDocument) -> str | None:
        """The code on this document's receipt, made again; None where there is none (receipt_codes)."""
        return receipt_codes.code_text(BookedDocument.of(stored), stored.hash, self._identity, self._sign)

    def find_receipt(self, receipt_no: str) -> str | None:
        """The doc_id of an own receipt."""
        return self._doc_id("SELECT doc_id FROM receipt WHERE receipt_no = ?", (receipt_no.strip().upper(),))

    def find_fence(self, till: str | None, epoch: int, seq: int) -> str | None:
        """The doc_id of the own document at this place; None for another till's."""
        if till not in (None, self._identity.till):
            return None
        return self._doc_id("SELECT doc_id FROM journal WHERE epoch = ? AND seq = ?", (epoch, seq))

    def latest_receipt(self) -> str | None:
        """The doc_id of the newest receipt, training included ("reprint last")."""
        return self._doc_id("SELECT doc_id FROM receipt ORDER BY epoch DESC, seq DESC LIMIT 1", ())

    def _doc_id(self, query: str, values: tuple[object, ...]) -> str | None:
        with self._till.reading() as connection:
            row = connection.exec_driver_sql(query, values).fetchone()
        return None if row is None else str(row[0])

    def documents_of_shift(self, connection: Connection | None, number: int) -> list[JsonObject]:
        """Bodies of all documents of a shift of this epoch, in order; training is left out.

        With a connection they are read inside its transaction (a closing counts what it closes).
        """
        if connection is not None:
            return _bodies_of_shift(connection, self._identity.epoch, number)
        with self._till.reading() as own:
            return _bodies_of_shift(own, self._identity.epoch, number)

    def documents_since(self, epoch: int, seq: int) -> Iterator[StoredDocument]:
        """Own documents from this place on, in order."""
        with self._till.reading() as connection:
            yield from chain.documents(connection, epoch, seq)

    # --- proof --------------------------------------------------------------------------------
    def verify(self, newest: int | None = None) -> chain.ChainReport:
        """Check hashes, links, gaps and signatures; of the `newest` only when a number is given."""
        with self._till.reading() as connection:
            return chain.verify(connection, self._identity, newest)

    def export(self, path: Path) -> int:
        """Write all documents as JSON lines, private parts too. Returns how many."""
        with self._till.reading() as connection:
            return chain.export(connection, self._identity, path)


def _bodies_of_shift(connection: Connection, epoch: int, number: int) -> list[JsonObject]:
    columns = ", ".join(f"journal.{name}" for name in COLUMNS.split(", "))
    rows = connection.exec_driver_sql(
        f"SELECT {columns} FROM shift_document JOIN journal USING (doc_id) "
        "WHERE shift_document.epoch = ? AND shift_document.shift = ? ORDER BY shift_document.seq",
        (epoch, number),
    )
    return [StoredDocument(*row).content for row in rows]
