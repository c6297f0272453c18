"""Up: the journal less what central has answered for, oldest first, in batches that find their own size."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from pos_app.domain.errors import CentralRefused, Offline
from pos_app.storage.outbox import Outbox, Outgoing
from pos_app.storage.suspects import Suspect, SuspectStore
from sync.client import CentralClient, packed, plain
from sync.messages import (
    BATCH_BYTES,
    BATCH_BYTES_INFLATED,
    BATCH_DOCUMENTS,
    PROTOCOL,
    DocumentsAnswer,
    DocumentsRequest,
    Item,
    Position,
)
from sync.readings import Reading
from sync.server_clock import Clock

log = logging.getLogger(__name__)

FIRST_BATCH: Final = 20
SLOW_MS: Final = 20_000
FAILURES_ALONE: Final = 3
READ_BYTES: Final = BATCH_BYTES_INFLATED // 2
"""Of bodies at once: in a request each of their quotes is two characters."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One batch that central has answered: `done` of `count` documents have left the outbox.

    `answer` is None when central took none of them (413, 422).
    """

    count: int
    done: int
    answer: DocumentsAnswer | None


class Push:
    """One batch at a time; keeps the batch size and the failures between runs, the suspects for ever."""

    def __init__(
        self,
        client: CentralClient,
        outbox: Outbox,
        suspects: SuspectStore,
        clock: Clock,
        reading: Callable[[], Reading],
    ) -> None:
        self._client = client
        self._outbox = outbox
        self._store = suspects
        self._clock = clock
        self._reading = reading
        self._size = FIRST_BATCH
        self._alone: dict[str, int] = {}
        self._suspects = _by_id(suspects)
        self._put_off: set[str] = set()
        self._settled: set[str] = set()  # of the last batch: should one come back, it waits for the next run
        self._last: list[Outgoing] = []

    @property
    def suspects(self) -> tuple[str, ...]:
        """Documents that are shown, and retried alone, hourly at most."""
        return tuple(self._suspects)

    def begin(self) -> None:
        """A new run: what was answered with `retry` may be tried once more, and what a person asks for."""
        self._suspects = _by_id(self._store)
        self._put_off.clear()
        self._settled.clear()

    def has_work(self) -> bool:
        """Whether something could be sent now."""
        return bool(self._next_batch(1))

    def send_one(self) -> Sent | None:
        """Send the next batch; None when nothing is left for this run.

        Raises Offline, CentralRefused, Unauthorised; nothing leaves the outbox then. The batch is halved
        after any failure but 429, which is more than the protocol's halving after two with the same first
        document; `failed_though_central_answers` says what to do about one that fails alone.
        """
        items = self._fitting()
        if items is None:
            return None
        self._last, content = items
        is_suspect = self._last[0].doc_id in self._suspects
        if is_suspect:
            self._hold_back(self._last[0])  # whatever comes of it, not again for an hour
        started = self._clock.mono_ms()
        try:
            answer = self._client.documents_packed(content)
        except Offline as error:
            if error.fields["reason"] != "busy" and not is_suspect:
                self._size = max(1, len(self._last) // 2)
            raise
        except CentralRefused as refused:
            if refused.fields["status"] in (413, 422):
                self._refused_batch()
                return Sent(len(self._last), 0, None)
            raise
        self._grow(self._clock.mono_ms() - started)
        return self._booked(answer)

    def failed_though_central_answers(self) -> None:
        """A hello went through after the last batch failed: then it is the batch, not the line."""
        if len(self._last) != 1:
            return
        doc_id = self._last[0].doc_id
        if doc_id in self._suspects:
            return
        self._alone[doc_id] = self._alone.get(doc_id, 0) + 1
        if self._alone[doc_id] >= FAILURES_ALONE:
            self._suspect(self._last[0])

    # --- choosing -----------------------------------------------------------------------------
    def _fitting(self) -> tuple[list[Outgoing], bytes] | None:
        """The next batch and its bytes, made smaller until it is within the limits."""
        size = self._size
        while items := self._next_batch(size):
            words = plain(self._request(items))
            content = packed(words)
            if len(items) == 1 or (len(words) <= BATCH_BYTES_INFLATED and len(content) <= BATCH_BYTES):
                return items, content
            size = max(1, len(items) // 2)
        return None

    def _next_batch(self, size: int) -> list[Outgoing]:
        aside = len(self._suspects) + len(self._put_off)
        waiting = self._outbox.unsent(size + aside, READ_BYTES)
        batch = [
            one for one in waiting if one.doc_id not in self._suspects and one.doc_id not in self._put_off
        ]
        return batch[:size] if batch else self._due_suspect(waiting)

    def _due_suspect(self, waiting: Sequence[Outgoing]) -> list[Outgoing]:
        now = self._clock.now()
        for one in waiting:
            if one.doc_id in self._put_off | self._settled:
                continue
            suspect = self._suspects.get(one.doc_id)
            if suspect is not None and suspect.is_due(now):
                return [one]
        return []

    def _request(self, items: Sequence[Outgoing]) -> DocumentsRequest:
        reading = self._reading()
        last = (items[-1].epoch, items[-1].seq)
        chosen = {one.doc_id for one in items}
        skipped = [
            Position(epoch=suspect.epoch, seq=suspect.seq)
            for doc_id, suspect in self._suspects.items()
            if doc_id not in chosen and (suspect.epoch, suspect.seq) < last
        ]
        return DocumentsRequest(
            protocol=PROTOCOL,
            batch_id=secrets.token_hex(16),
            head=reading.head,
            skipped=skipped,
            clock=reading.clock,
            health=reading.health,
            items=[item_of(one) for one in items],
        )

    # --- answers ------------------------------------------------------------------------------
    def _booked(self, answer: DocumentsAnswer) -> Sent:
        """Only an explicit result with the document's own id and hash counts."""
        expected = {one.doc_id: one.hash.hex() for one in self._last}
        results = [one for one in answer.results if expected.get(one.doc_id) == one.hash]
        self._outbox.answered(results, answer.incarnation)
        settled = {one.doc_id for one in results if one.status != "retry" and one.private != "missing"}
        self._put_off |= expected.keys() - settled
        for doc_id in settled:
            self._alone.pop(doc_id, None)
        cleared = settled & self._suspects.keys()
        if cleared:
            self._store.cleared(cleared)
            self._suspects = _by_id(self._store)
        self._settled = settled
        return Sent(len(expected), len(settled), answer)

    def _grow(self, took_ms: int) -> None:
        if took_ms > SLOW_MS:
            self._size = max(1, len(self._last) // 2)
        else:
            self._size = min(BATCH_DOCUMENTS, max(self._size, len(self._last)) * 2)

    def _refused_batch(self) -> None:
        """413 or 422: halve; a single item becomes suspect."""
        if len(self._last) == 1:
            self._suspect(self._last[0])
        else:
            self._size = max(1, len(self._last) // 2)

    def _suspect(self, one: Outgoing) -> None:
        if one.doc_id not in self._suspects:
            log.warning("document %s is held back: central cannot take it", one.doc_id)
        self._alone.pop(one.doc_id, None)
        self._hold_back(one)

    def _hold_back(self, one: Outgoing) -> None:
        self._store.tried(one.doc_id, one.epoch, one.seq)
        self._suspects = _by_id(self._store)


def _by_id(suspects: SuspectStore) -> dict[str, Suspect]:
    return {one.doc_id: one for one in suspects.all()}


def item_of(one: Outgoing) -> Item:
    """A document as requests carry it."""
    return Item(
        till=one.till,
        epoch=one.epoch,
        seq=one.seq,
        doc_id=one.doc_id,
        body=one.body.decode(),
        hash=one.hash.hex(),
        signature=one.signature.hex(),
        private=None if one.private is None else one.private.decode(),
        salt=None if one.salt is None else one.salt.hex(),
    )
