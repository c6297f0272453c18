"""After a salvage: the till's own documents come back from central, as far as it holds them (protocol §8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from pos_app.domain.canonical import parse_body
from pos_app.domain.document import PrivatePart
from pos_app.domain.errors import DocumentRefused
from pos_app.storage.clock import Clock
from pos_app.storage.database import Database
from pos_app.storage.documents import StoredDocument
from pos_app.storage.identity import Identity
from pos_app.storage.outbox import Outbox
from pos_app.storage.rescue import RescueNote
from pos_app.storage.salvage import Found, is_proven, lost_stretches, note_lost, take_in
from sync.client import CentralClient
from sync.errands import Errand
from sync.messages import HelloAnswer, Item

PAGES_A_TURN: Final = 20
"""Then documents and feeds have their turn again; what has come stays."""


def refetch(till: Database, identity: Identity, outbox: Outbox, note: RescueNote, clock: Clock) -> Errand:
    """The errand; it goes on where it was, also after a restart."""

    def errand(client: CentralClient, _hello: HelloAnswer) -> None:
        for _ in range(PAGES_A_TURN):
            place = note.next_page()
            if place is None:
                return
            note.came(_one_page(client, *place))

    def _one_page(client: CentralClient, epoch: int, first: int) -> tuple[int, int] | None:
        page = client.own_documents(epoch, first)
        take_in(till, _found(page.items, identity))
        outbox.answered(page.results, page.incarnation)
        if page.next is not None:
            return epoch, page.next
        known = [one.last for one in lost_stretches(till) if one.epoch == epoch]
        if epoch < identity.epoch:
            note_lost(till, epoch, max(known, default=0), clock.now())
        return None if epoch >= identity.epoch else (epoch + 1, 1)

    return errand


def _found(items: Sequence[Item], identity: Identity) -> list[Found]:
    """What central says is ours proves it, like anything else that is laid into the journal."""
    found = []
    for item in items:
        document = _document(item)
        if document is None or not is_proven(document, identity):
            continue
        part = None
        if item.private is not None and item.salt is not None:
            part = PrivatePart(bytes.fromhex(item.salt), item.private.encode("utf-8"))
        found.append(Found(document, part))
    return found


def _document(item: Item) -> StoredDocument | None:
    body = item.body.encode("utf-8")
    try:
        content = parse_body(body)
        wall = datetime.fromisoformat(str(content["wall"])).astimezone(UTC)
        return StoredDocument(
            doc_id=item.doc_id,
            epoch=item.epoch,
            seq=item.seq,
            kind=str(content["kind"]),
            body=body,
            prev_hash=bytes.fromhex(str(content["prev_hash"])),
            hash=bytes.fromhex(item.hash),
            signature=bytes.fromhex(item.signature),
            committed_at=wall.isoformat(timespec="milliseconds"),
        )
    except (DocumentRefused, KeyError, ValueError):
        return None
