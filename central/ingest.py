"""A batch's way through central: inbox, commit, apply, answer (protocol §5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from central import markers, results, salvages, silences
from central.applying import Applying
from central.auth import Caller
from central.directives import directives_for
from central.fences import stored_through
from central.forks import note_head
from central.inbox import Inbox, Stored
from central.keys import instant_text
from central.reapplying import understood_now
from central.retrying import gives_up_for_a_moment, retried
from central.state import Central
from central.tables.inbox import document, result, waiting
from central.tables.tenant import tenant
from central.tables.tills import till_key
from sync.messages import BATCH_DOCUMENTS, DocumentsAnswer, DocumentsRequest, Item, ItemResult

Answer = TypeVar("Answer")


class Ingest:
    """Receives batches; built once."""

    def __init__(self, central: Central) -> None:
        self._central = central

    def receive(self, caller: Caller, batch: DocumentsRequest) -> DocumentsAnswer:
        """Stores, commits, applies, and answers one result per item.

        From the commit of the inbox on no bug in business code can lose a document.
        """
        tills = {caller.till, *(item.till for item in batch.items)}

        def store(connection: Connection) -> list[Stored | ItemResult]:
            note_head(connection, caller, batch.head, self._central.now())
            silences.note(connection, caller.till, self._central.now())
            return Inbox(connection, caller.keyid, self._central.now()).take(batch.items)

        taken = self._stored(tills, batch.items, store)
        answer = partial(self._answer, caller=caller, taken=taken)
        try:
            return self._applied(tills, taken, answer)
        except DBAPIError as error:
            if not gives_up_for_a_moment(error):
                raise
        with self._central.database.reading() as connection:
            return answer(connection)

    def bring(self, carried_by: str, items: Sequence[Item]) -> list[ItemResult]:
        """Documents that come by another way than an upload (an import, what a revoked till has left).

        One result per item; there is no head, and nobody is given directives.
        """
        tills = {item.till for item in items}

        def store(connection: Connection) -> list[Stored | ItemResult]:
            return Inbox(connection, carried_by, self._central.now()).take(items)

        taken = self._stored(tills, items, store)
        return self._applied(tills, taken, lambda connection: _results(connection, taken))

    def take_released(self) -> int:
        """What revoked tills have left enters the inbox once its case was closed so; how many items."""
        with self._central.database.reading() as connection:
            cases = salvages.released_cases(connection)
            waiting = {case_id: salvages.of_case(connection, case_id) for case_id in cases}
        for case_id, found in waiting.items():
            for start in range(0, len(found), BATCH_DOCUMENTS):
                part = found[start : start + BATCH_DOCUMENTS]
                self.bring(part[0][0], [item for _, item in part])
            with self._central.database.writing() as connection:
                salvages.mark_released(connection, case_id, self._central.now())
        return sum(len(found) for found in waiting.values())

    def resume(self) -> None:
        """Applies what was stored when central died before applying it, what a new key now proves, and what
        only a newer central understands. Nobody waits: the `results` feed brings the outcomes."""
        with self._central.database.writing() as connection:
            applied = select(result.c.doc_id)
            open_ids = list(
                connection.scalars(select(document.c.doc_id).where(document.c.doc_id.not_in(applied)))
            )
            applying = Applying(connection, self._central.keys, self._central.now(), is_late=True)
            applying.run([*open_ids, *self._waiting_for_keys(connection), *understood_now(connection)])
            applying.finish()

    def key_known(self, till: str) -> None:
        """A till has enrolled: documents that waited for its keys are applied."""
        with self._central.database.writing([till]) as connection:
            found = self._waiting_for_keys(connection, till)
            if found:
                applying = Applying(connection, self._central.keys, self._central.now(), is_late=True)
                applying.run(found)
                applying.finish()

    @staticmethod
    def _waiting_for_keys(connection: Connection, till: str | None = None) -> list[str]:
        known = select(till_key.c.till, till_key.c.epoch).distinct()
        if till is not None:
            known = known.where(till_key.c.till == till)
        names = [f"key/{row.till}/{row.epoch}" for row in connection.execute(known)]
        waits = select(waiting.c.doc_id, waiting.c.missing).where(waiting.c.missing.like("key/%"))
        wanted = set(names)
        return [row.doc_id for row in connection.execute(waits) if row.missing in wanted]

    def _stored(
        self, tills: set[str], items: Sequence[Item], store: Callable[[Connection], list[Stored | ItemResult]]
    ) -> list[Stored | ItemResult]:
        """Nothing is stored of a batch that the database gave up again and again: it stays with the till."""

        def work() -> list[Stored | ItemResult]:
            with self._central.database.beside(tills) as connection:
                return store(connection)

        try:
            return retried(work)
        except DBAPIError as error:
            if not gives_up_for_a_moment(error):
                raise
            return [ItemResult(doc_id=item.doc_id, hash=item.hash, status="retry") for item in items]

    def _applied(
        self, tills: set[str], taken: Sequence[Stored | ItemResult], answer: Callable[[Connection], Answer]
    ) -> Answer:
        """Booked and answered in one transaction. Another worker may have been here since the inbox: what it
        has applied is only answered."""

        def work() -> Answer:
            with self._central.database.writing(tills) as connection:
                self._apply(connection, taken)
                return answer(connection)

        return retried(work)

    def _apply(self, connection: Connection, taken: Sequence[Stored | ItemResult]) -> None:
        stored = [one for one in taken if isinstance(one, Stored)]
        ids = [one.doc_id for one in stored]
        done = set(connection.scalars(select(result.c.doc_id).where(result.c.doc_id.in_(ids))))
        applying = Applying(connection, self._central.keys, self._central.now())
        applying.knows({one.doc_id: one.body for one in stored if one.body is not None})
        applying.run([doc_id for doc_id in ids if doc_id not in done])
        for one in stored:
            if one.private_came and one.doc_id in done:
                applying.private_came(one.doc_id)
        applying.finish()

    def _answer(
        self, connection: Connection, caller: Caller, taken: Sequence[Stored | ItemResult]
    ) -> DocumentsAnswer:
        applied = markers.read(connection, caller.till, caller.epoch).applied_through
        return DocumentsAnswer(
            results=_results(connection, taken),
            stored_through=stored_through(connection, caller.till, caller.epoch, applied),
            applied_through=applied,
            server_time=instant_text(self._central.now()),
            incarnation=connection.execute(select(tenant.c.incarnation)).scalar_one(),
            directives=directives_for(connection, caller),
        )


def _results(connection: Connection, taken: Sequence[Stored | ItemResult]) -> list[ItemResult]:
    rows = results.answers(connection, [one.doc_id for one in taken if isinstance(one, Stored)])
    return [
        one
        if isinstance(one, ItemResult)
        else results.told(rows, one.doc_id, one.hash, is_duplicate=one.is_duplicate)
        for one in taken
    ]
