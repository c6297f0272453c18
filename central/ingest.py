"""A batch's way through central: inbox, commit, apply, answer (protocol §5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from central import markers, results, salvages, silences
from central.apply.shelves import Shelves
from central.applying import Applying
from central.auth import Caller
from central.directives import directives_for
from central.fences import stored_through
from central.forks import note_head
from central.group_booking import Answer, Batch, Became, GroupBooking, Taken, Telling
from central.inbox import Inbox, Stored
from central.judging import Judging
from central.keys import instant_text
from central.reapplying import understood_now
from central.retrying import gives_up_for_a_moment, retried
from central.state import Central
from central.tables.inbox import document, result, waiting
from central.tables.tenant import tenant
from central.tables.tills import till_key
from sync.messages import BATCH_DOCUMENTS, DocumentsAnswer, DocumentsRequest, Item, ItemResult


class Ingest:
    """Receives batches; built once."""

    def __init__(self, central: Central) -> None:
        self._central = central
        self._shelves = Shelves()
        self._judging = Judging(central, self._shelves)
        self.booking = GroupBooking(central.database, self._applying)

    def receive(self, caller: Caller, batch: DocumentsRequest) -> DocumentsAnswer:
        """Stores, commits, applies, and answers one result per item.

        From the commit of the inbox on no bug in business code can lose a document.
        """
        tills = {caller.till, *(item.till for item in batch.items)}

        def store(connection: Connection) -> Taken:
            note_head(connection, caller, batch.head, self._central.now())
            silences.note(connection, caller.till, self._central.now())
            return Inbox(connection, caller.keyid, self._central.now()).take(batch.items)

        taken = self._stored(tills, batch.items, store)
        answer = partial(self._answer, caller=caller, taken=taken)
        try:
            return self.booking.book(self._batch(tills, taken, answer))
        except DBAPIError as error:
            if not gives_up_for_a_moment(error):
                raise
        with self._central.database.reading() as connection:
            return answer(connection, results.answers(connection, [one.doc_id for one in batch.items]))

    def bring(self, carried_by: str, items: Sequence[Item]) -> list[ItemResult]:
        """Documents that come by another way than an upload (an import, what a revoked till has left).

        One result per item; there is no head, and nobody is given directives.
        """
        tills = {item.till for item in items}

        def store(connection: Connection) -> Taken:
            return Inbox(connection, carried_by, self._central.now()).take(items)

        taken = self._stored(tills, items, store)
        return self.booking.book(
            self._batch(tills, taken, lambda _connection, became: _results(became, taken))
        )

    def _batch(self, tills: set[str], taken: Taken, answer: Telling[Answer]) -> Batch[Answer]:
        proved = [one.proved for one in taken if isinstance(one, Stored) and one.proved is not None]
        return Batch(tills, taken, answer, self._judging.sales(proved))

    def _applying(self, connection: Connection, *, is_late: bool = False) -> Applying:
        central = self._central
        return Applying(connection, central.keys, central.now(), is_late=is_late, shelves=self._shelves)

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
            stored = select(document.c.doc_id).order_by(
                document.c.received_at, document.c.till, document.c.seq
            )
            open_ids = list(connection.scalars(stored.where(document.c.doc_id.not_in(applied))))
            applying = self._applying(connection, is_late=True)
            applying.run([*open_ids, *self._waiting_for_keys(connection), *understood_now(connection)])
            applying.finish()

    def key_known(self, till: str) -> None:
        """A till has enrolled: documents that waited for its keys are applied."""
        with self._central.database.writing([till]) as connection:
            found = self._waiting_for_keys(connection, till)
            if found:
                applying = self._applying(connection, is_late=True)
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

    def _stored(self, tills: set[str], items: Sequence[Item], store: Callable[[Connection], Taken]) -> Taken:
        """Nothing is stored of a batch that the database gave up again and again: it stays with the till."""

        def work() -> Taken:
            with self._central.database.beside(tills) as connection:
                return store(connection)

        try:
            return retried(work)
        except DBAPIError as error:
            if not gives_up_for_a_moment(error):
                raise
            return [ItemResult(doc_id=item.doc_id, hash=item.hash, status="retry") for item in items]

    def _answer(
        self, connection: Connection, became: Became, caller: Caller, taken: Taken
    ) -> DocumentsAnswer:
        applied = markers.read(connection, caller.till, caller.epoch).applied_through
        return DocumentsAnswer(
            results=_results(became, taken),
            stored_through=stored_through(connection, caller.till, caller.epoch, applied),
            applied_through=applied,
            server_time=instant_text(self._central.now()),
            incarnation=connection.execute(select(tenant.c.incarnation)).scalar_one(),
            directives=directives_for(connection, caller),
        )


def _results(became: Became, taken: Taken) -> list[ItemResult]:
    return [
        one
        if isinstance(one, ItemResult)
        else results.told(became, one.doc_id, one.hash, is_duplicate=one.is_duplicate)
        for one in taken
    ]
