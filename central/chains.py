"""What central knows of the journals that a batch continues: keys, nonces, the neighbours in the chain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from central.bulk import among
from central.tables.inbox import document
from central.tables.tills import epoch, till_key
from pos_app.domain.checking import KnownChain, KnownDocument
from pos_app.domain.document import first_prev_hash, verify_hash
from pos_app.domain.ids import TenantId, TillId
from sync.messages import Item

Place = tuple[str, int]
"""A till and one of its epochs."""

_UNKNOWN = b"\0" * 32


@dataclass(slots=True)
class KnownEpoch:
    """One epoch; `known` grows while the batch is stored, and is there when no continuity is asked for."""

    chain: KnownChain
    known: dict[int, KnownDocument]
    forked_at: int | None

    def has_another(self, seq: int, hash_: bytes) -> bool:
        """Fork fact (1), which an ended epoch proves too: this place holds a document with another hash."""
        known = self.known.get(seq)
        return known is not None and known.hash != hash_


def load_epochs(connection: Connection, tenant: TenantId, items: Sequence[Item]) -> dict[Place, KnownEpoch]:
    """Every epoch that the items name, also those that central does not know (no keys)."""
    seqs: dict[Place, list[int]] = {}
    for item in items:
        seqs.setdefault((item.till, item.epoch), []).append(item.seq)
    return {place: _load(connection, tenant, place, seqs[place]) for place in sorted(seqs)}


def _load(connection: Connection, tenant: TenantId, place: Place, seqs: Sequence[int]) -> KnownEpoch:
    till_id, number = place
    row = connection.execute(
        select(epoch).where(epoch.c.till == till_id, epoch.c.epoch == number)
    ).one_or_none()
    rows = select(till_key.c.public_key).where(till_key.c.till == till_id, till_key.c.epoch == number)
    keys = [bytes.fromhex(key) for key in connection.scalars(rows)]
    # once an epoch is forked or retired its documents are taken by id, without continuity
    continuous = row is not None and row.forked_at is None and row.state != "retired"
    known = _neighbours(connection, place, seqs, keys)
    first = _UNKNOWN
    if row is not None:
        first = first_prev_hash(TillId(till_id), number, bytes.fromhex(row.nonce))
    chain = KnownChain(
        tenant=tenant,
        till=TillId(till_id),
        epoch=number,
        first_prev_hash=first,
        public_keys=keys,
        at=_looker(known, continuous),
    )
    return KnownEpoch(chain, known, None if row is None else row.forked_at)


def _looker(known: dict[int, KnownDocument], continuous: bool) -> Callable[[int], KnownDocument | None]:
    return known.get if continuous else lambda _seq: None


def _neighbours(
    connection: Connection, place: Place, seqs: Sequence[int], keys: Sequence[bytes]
) -> dict[int, KnownDocument]:
    """Of what came before its till was known, only what the till's keys prove now: others prove no fork."""
    around = sorted({seq + step for seq in seqs for step in (-1, 0, 1)})
    columns = document.c
    rows = connection.execute(
        select(
            columns.seq, columns.doc_id, columns.hash, columns.prev_hash, columns.verified, columns.signature
        )
        .where(columns.till == place[0], columns.epoch == place[1], among(columns.seq, around))
        .order_by(columns.received_at)
    )
    known: dict[int, KnownDocument] = {}
    for row in rows:
        hash_ = bytes(row.hash)
        if not row.verified and not any(verify_hash(key, hash_, bytes(row.signature)) for key in keys):
            continue
        known.setdefault(row.seq, KnownDocument(row.doc_id, hash_, bytes(row.prev_hash)))
    return known
