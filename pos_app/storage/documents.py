"""A stored document as storage hands it around: the bytes, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from pos_app.domain.canonical import parse_body
from pos_app.storage.json_text import JsonObject

COLUMNS = "doc_id, epoch, seq, kind, body, prev_hash, hash, signature, committed_at"


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A row of the journal. `committed_at` is RFC 3339 in UTC."""

    doc_id: str
    epoch: int
    seq: int
    kind: str
    body: bytes
    prev_hash: bytes
    hash: bytes
    signature: bytes
    committed_at: str

    @property
    def content(self) -> JsonObject:
        """The body read again. Raises DocumentRefused when the bytes are damaged."""
        return parse_body(self.body)


@dataclass(frozen=True, slots=True)
class BookedDocument:
    """What a projection derives its effects from: the body, and nothing that is not in it."""

    doc_id: str
    epoch: int
    seq: int
    kind: str
    body: Mapping[str, Any]

    @property
    def payload(self) -> Mapping[str, Any]:
        payload: Mapping[str, Any] = self.body["payload"]
        return payload

    @property
    def place(self) -> tuple[str, int, int]:
        """What every effect row carries, so that a feed's marker can be held against it."""
        return self.doc_id, self.epoch, self.seq

    @property
    def training(self) -> bool:
        return bool(self.body["training"])

    @property
    def shift(self) -> int | None:
        shift: int | None = self.body.get("shift")
        return shift

    @property
    def business_date(self) -> str:
        """The payload's; the wall's own day for kinds that name none."""
        return str(self.payload.get("business_date") or self.body["wall"][:10])

    @classmethod
    def of(cls, stored: StoredDocument) -> BookedDocument:
        return cls(stored.doc_id, stored.epoch, stored.seq, stored.kind, stored.content)


def stored_document(connection: Connection, doc_id: str) -> StoredDocument | None:
    """One row of the journal by its id."""
    query = f"SELECT {COLUMNS} FROM journal WHERE doc_id = ?"
    row = connection.exec_driver_sql(query, (doc_id,)).fetchone()
    return None if row is None else StoredDocument(*row)


def payload_of(connection: Connection, doc_id: str) -> Mapping[str, Any] | None:
    """What an own document of this id says; None when the journal has none."""
    stored = stored_document(connection, doc_id)
    return None if stored is None else BookedDocument.of(stored).payload
