"""The inbox: proves each item and stores it raw, before any business code sees it (protocol §5)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from central import raw_items
from central.bulk import among
from central.cases import Trouble, open_case
from central.chains import KnownEpoch, Place, load_epochs
from central.entries import Entries
from central.forks import mark_forked
from central.tables.inbox import document, private_part, rejected
from central.tables.tenant import tenant
from pos_app.domain import checking
from pos_app.domain.canonical import PRIVATE_LIMIT
from pos_app.domain.document import chain_hash, private_hash
from pos_app.domain.envelope import Envelope
from pos_app.domain.errors import DocumentRefused
from pos_app.domain.ids import TenantId, is_uuid7
from sync.messages import Item, ItemResult

# The item does not prove what it says: nothing of it is applied. All other defects are quarantined.
_UNPROVEN = frozenset(
    {
        "bad_doc_id",
        "bad_signature",
        "bad_utf8",
        "foreign_epoch",
        "foreign_till",
        "hash_mismatch",
        "too_large",
    }
)


@dataclass(frozen=True, slots=True)
class Proved:
    """A document as the inbox has just read and stored it: nobody need read it again."""

    doc_id: str
    till: str
    epoch: int
    seq: int
    kind: str
    body: bytes
    hash: bytes
    signature: bytes
    envelope: Envelope
    content: Mapping[str, Any]
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Stored:
    """The item is in the inbox, with a result or still without."""

    doc_id: str
    hash: str
    is_duplicate: bool
    private_came: bool = False
    proved: Proved | None = None
    """None when it was stored before, or is no valid body."""


class Inbox:
    """Takes the items of one batch within one transaction; `carried_by` = a keyid, or the way."""

    def __init__(self, connection: Connection, carried_by: str, now: datetime) -> None:
        self.connection = connection
        self.carried_by = carried_by
        self.now = now
        self._tenant = TenantId(connection.execute(select(tenant.c.id)).scalar_one())
        self._epochs: dict[Place, KnownEpoch] = {}
        self._entries = Entries(connection)
        self._stored: dict[str, Row[Any]] = {}
        self._taken: set[str] = set()

    def take(self, items: Sequence[Item]) -> list[Stored | ItemResult]:
        """Per item where it lies now, or the final result of what is not stored as a document."""
        self._epochs = load_epochs(self.connection, self._tenant, items)
        self._stored = self._those_stored([item.doc_id for item in items])
        return [self._take(item) for item in items]

    def _those_stored(self, doc_ids: Sequence[str]) -> dict[str, Row[Any]]:
        rows = self.connection.execute(select(document).where(among(document.c.doc_id, doc_ids)))
        return {row.doc_id: row for row in rows}

    # --- one item -----------------------------------------------------------------------------
    def _take(self, item: Item) -> Stored | ItemResult:
        raw = _raw(item)
        if raw is None:
            return self._reject(item, "bad_utf8")
        if item.doc_id in self._taken:  # twice in one batch
            self._stored |= self._those_stored([item.doc_id])
        known = self._stored.get(item.doc_id)
        if known is not None:
            return self._again(item, raw, known)
        place = self._epochs[item.till, item.epoch]
        if not place.chain.public_keys:
            return self._take_of_stranger(item, raw)
        checked = checking.check_item(raw, place.chain)
        defect = checked.defect
        if defect in _UNPROVEN:
            return self._reject(item, str(defect))
        if checked.finding == "conflict":
            return self._reject(item, "conflict")
        envelope = checked.envelope
        if envelope is None:
            # genuine bytes of the till that are no valid body: kept, for apply to quarantine
            if not is_uuid7(item.doc_id):
                return self._reject(item, "bad_doc_id")
            self._store(item, raw, "?", verified=True)
            return Stored(item.doc_id, item.hash, is_duplicate=False)
        if envelope.doc_id != item.doc_id or envelope.seq != item.seq:
            return self._reject(item, "item_disagrees")
        if place.has_another(item.seq, raw.hash):
            self._note_fork(item, place, fact=1, seq=item.seq)
        elif "broken_link" in checked.reasons:
            self._note_fork(item, place, fact=2, seq=max(item.seq - 1, 1))
        self._store(item, raw, envelope.kind, verified=True, envelope=envelope)
        return Stored(item.doc_id, item.hash, is_duplicate=False, proved=_proved(item, raw, checked))

    def _take_of_stranger(self, item: Item, raw: checking.Item) -> Stored | ItemResult:
        """A key that central does not know: parked, not refused. Its hash must hold all the same."""
        try:
            body = json.loads(raw.body)
            envelope = Envelope.from_body(body)
            right = chain_hash(bytes.fromhex(envelope.prev_hash), raw.body) == raw.hash
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return self._reject(item, "bad_json")
        except DocumentRefused as refusal:
            return self._reject(item, str(refusal.fields["reason"]))
        named = (envelope.till, envelope.epoch, envelope.seq, envelope.doc_id)
        if not right:
            return self._reject(item, "hash_mismatch")
        if named != (item.till, item.epoch, item.seq, item.doc_id) or not is_uuid7(item.doc_id):
            return self._reject(item, "item_disagrees")
        if envelope.tenant != self._tenant:
            return self._reject(item, "foreign_till")
        self._store(item, raw, envelope.kind, verified=False, envelope=envelope)
        return Stored(item.doc_id, item.hash, is_duplicate=False)

    def _again(self, item: Item, raw: checking.Item, known: Row[Any]) -> Stored | ItemResult:
        if bytes(known.hash) != raw.hash or bytes(known.body) != raw.body:
            return self._reject(item, "conflict")
        came = self._late_private(item, raw, known)
        return Stored(item.doc_id, item.hash, is_duplicate=True, private_came=came)

    # --- storing ------------------------------------------------------------------------------
    def _store(
        self, item: Item, raw: checking.Item, kind: str, *, verified: bool, envelope: Envelope | None = None
    ) -> None:
        prev_hash = bytes.fromhex(envelope.prev_hash) if envelope else checking.prev_hash_named(raw)
        row = {
            "doc_id": item.doc_id,
            "till": item.till,
            "epoch": item.epoch,
            "seq": item.seq,
            "kind": kind[:40] if kind.isprintable() else "?",
            "body": raw.body,
            "prev_hash": prev_hash,
            "hash": raw.hash,
            "signature": raw.signature,
            "verified": verified,
            "carried_by": self.carried_by,
            "received_at": self.now,
        }
        self._entries.add(document, row)
        self._taken.add(item.doc_id)
        place = self._epochs[item.till, item.epoch]
        place.known.setdefault(item.seq, checking.KnownDocument(item.doc_id, raw.hash, prev_hash))
        if envelope is not None and (envelope.private_hash is not None or raw.private is not None):
            state = _private_state(raw, envelope.private_hash)
            self._store_private(item, raw, state)

    def _store_private(
        self, item: Item, raw: checking.Item, state: Literal["stored", "missing", "mismatch"]
    ) -> None:
        held = state == "stored"
        row = {
            "doc_id": item.doc_id,
            "state": state,
            "salt": raw.salt if held else None,
            "bytes": raw.private if held else None,
            "at": self.now,
        }
        self._entries.add(private_part, row)
        if state == "mismatch":
            self._keep(item, "private_mismatch")

    def _late_private(self, item: Item, raw: checking.Item, known: Row[Any]) -> bool:
        """A private part that was missing comes after its document; what was erased stays erased."""
        row = self.connection.execute(
            select(private_part).where(private_part.c.doc_id == item.doc_id)
        ).one_or_none()
        if row is None or row.state not in ("missing", "mismatch") or raw.private is None:
            return False
        state = _private_state(raw, json.loads(known.body).get("private_hash"))
        values: dict[str, Any] = {"state": state, "at": self.now}
        if state == "stored":
            values |= {"salt": raw.salt, "bytes": raw.private}
        else:
            self._keep(item, "private_mismatch")
        here = private_part.c.doc_id == item.doc_id
        self.connection.execute(update(private_part).where(here).values(**values))
        return state == "stored"

    def _note_fork(self, item: Item, place: KnownEpoch, *, fact: int, seq: int) -> None:
        """Fork facts (1) and (2); a broken link puts the document before it in doubt as well."""
        facts = {"doc_id": item.doc_id, "hash": item.hash, "fact": fact}
        mark_forked(self.connection, (item.till, item.epoch), seq, facts, self.now)
        place.forked_at = seq if place.forked_at is None else min(seq, place.forked_at)

    # --- what proves nothing ------------------------------------------------------------------
    def _reject(self, item: Item, reason: str) -> ItemResult:
        case_id = self._keep(item, reason)
        return ItemResult(
            doc_id=item.doc_id, hash=item.hash, status="conflict", codes=[reason.upper()], case=case_id
        )

    def _keep(self, item: Item, reason: str) -> str | None:
        fingerprint = hashlib.sha256(reason.encode() + b"\0" + raw_items.packed(item)).hexdigest()
        known = self.connection.execute(
            select(rejected.c.case).where(rejected.c.fingerprint == fingerprint)
        ).one_or_none()
        if known is not None:
            return None if known.case is None else str(known.case)
        facts = {"reason": reason, "carried_by": self.carried_by, "epoch": item.epoch, "seq": item.seq}
        trouble = Trouble(code="DOCUMENT_REJECTED", doc_id=item.doc_id[:100], till=item.till, facts=facts)
        case_id = open_case(self.connection, trouble, self.now)
        row = {
            "doc_id": item.doc_id[:100],
            "till": item.till,
            "reason": reason,
            "fingerprint": fingerprint,
            "item": raw_items.to_keep(self.connection, item),
            "carried_by": self.carried_by,
            "case": case_id,
            "at": self.now,
        }
        self.connection.execute(insert(rejected), row)
        return case_id


def _raw(item: Item) -> checking.Item | None:
    """The item's bytes; None when its text cannot be UTF-8."""
    try:
        private = None if item.private is None else item.private.encode("utf-8")
        salt = None if item.salt is None else bytes.fromhex(item.salt)
        return checking.Item(
            item.body.encode("utf-8"), bytes.fromhex(item.hash), bytes.fromhex(item.signature), private, salt
        )
    except UnicodeEncodeError:
        return None


def _proved(item: Item, raw: checking.Item, checked: checking.Checked) -> Proved:
    assert checked.envelope is not None
    assert checked.body is not None
    return Proved(
        doc_id=item.doc_id,
        till=item.till,
        epoch=item.epoch,
        seq=item.seq,
        kind=checked.envelope.kind[:40],
        body=raw.body,
        hash=raw.hash,
        signature=raw.signature,
        envelope=checked.envelope,
        content=checked.body,
    )


def _private_state(raw: checking.Item, named: str | None) -> Literal["stored", "missing", "mismatch"]:
    if raw.private is None:
        return "missing"
    if raw.salt is None or named is None or len(raw.private) > PRIVATE_LIMIT:
        return "mismatch"
    return "stored" if private_hash(raw.salt, raw.private).hex() == named else "mismatch"
