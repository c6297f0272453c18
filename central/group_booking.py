"""Batches that wait for the books at the same moment are booked together, in one transaction."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Row, select

from central import results
from central.apply.booking import Flag
from central.applying import Applying
from central.bulk import among
from central.database import Database
from central.inbox import Stored
from central.retrying import retried
from central.tables.inbox import result
from sync.messages import ItemResult

Answer = TypeVar("Answer")
_MOST = 400
"""A transaction that has so many documents takes no more: who waits for its answer waits for all of it."""

Taken = list[Stored | ItemResult]
"""Item by item: in the inbox, or answered for good without being stored."""
Became = Mapping[str, Row[Any]]
Telling = Callable[[Connection, Became], Answer]


@dataclass(slots=True)
class Batch(Generic[Answer]):
    """What the inbox has taken of one request. `answer` is asked in the transaction that has booked it, with
    what became of each document (`results.answers`)."""

    tills: set[str]
    taken: Taken
    answer: Telling[Answer]
    judged: Mapping[str, Sequence[Flag]] = field(default_factory=dict)
    told: list[Answer] = field(default_factory=list)
    error: BaseException | None = None

    @property
    def stored(self) -> list[Stored]:
        """What has an outcome, or is to have one."""
        return [one for one in self.taken if isinstance(one, Stored)]

    @property
    def is_done(self) -> bool:
        """Booked and answered, or given up."""
        return self.error is not None or bool(self.told)

    def result(self) -> Answer:
        """Raises what its booking raised."""
        if self.error is not None:
            raise self.error
        return self.told[0]


Gather = Callable[[list[Batch[Any]]], list[Batch[Any]]]


class GroupBooking:
    """Of one process. Much of a booking costs the same for one batch as for four: rules and goods are read,
    items of the feeds written, a commit waited for. While somebody books, those who come behind gather."""

    def __init__(self, database: Database, applying: Callable[[Connection], Applying]) -> None:
        self._database = database
        self._applying = applying
        self._turn = threading.Lock()
        self._gathering = threading.Lock()
        self._waiting: list[Batch[Any]] = []

    def book(self, batch: Batch[Answer]) -> Answer:
        """Booked and answered, by this thread or by one before it along with its own.

        Raises what the database refuses. A batch that spoils a transaction of several is booked alone.
        """
        with self._gathering:
            self._waiting.append(batch)
        with self._turn:
            while not batch.is_done:
                self._book_some()
        return batch.result()

    def _book_some(self) -> None:
        """Those who wait when the books are free; at least the one who has waited longest."""
        group: list[Batch[Any]] = []
        try:
            self._book(group, self._gathered)
        except Exception as error:  # noqa: BLE001  # given to those whose batches they are
            if len(group) > 1:
                for one in group:
                    self._alone(one)
            else:
                # with nobody gathered yet the database takes no transaction, from none of those who wait
                for one in group or self._gathered(group):
                    one.error = error
        finally:
            # a program that is told to end in the middle leaves nobody waiting
            for one in group:
                if not one.is_done:
                    one.error = InterruptedError("the booking was given up")

    def _alone(self, batch: Batch[Any]) -> None:
        try:
            self._book([batch], lambda group: group)
        except Exception as own:  # noqa: BLE001  # raised again in the thread of its request
            batch.error = own

    def _book(self, group: list[Batch[Any]], gather: Gather) -> None:
        def tills() -> set[str]:
            return {till for one in gather(group) for till in one.tills}

        def work() -> list[Any]:
            with self._database.booking(tills) as connection:
                stored = [one for batch in group for one in batch.stored]
                self._apply(connection, stored, {k: v for batch in group for k, v in batch.judged.items()})
                became = results.answers(connection, [one.doc_id for one in stored])
                return [one.answer(connection, became) for one in group]

        for one, answer in zip(group, retried(work), strict=True):
            one.told.append(answer)

    def _gathered(self, group: list[Batch[Any]]) -> list[Batch[Any]]:
        """Adds those who wait to the group, up to the limit; also when a transaction is tried again."""
        with self._gathering:
            while self._waiting and sum(len(one.taken) for one in group) < _MOST:
                group.append(self._waiting.pop(0))
        return group

    def _apply(
        self, connection: Connection, stored: Sequence[Stored], judged: Mapping[str, Sequence[Flag]]
    ) -> None:
        """Another worker may have been here since the inbox: what it has applied is only answered."""
        ids = [one.doc_id for one in stored]
        done = set(connection.scalars(select(result.c.doc_id).where(among(result.c.doc_id, ids))))
        applying = self._applying(connection)
        applying.knows((one.proved for one in stored if one.proved is not None), judged)
        applying.run([doc_id for doc_id in ids if doc_id not in done], are_new=True)
        for one in stored:
            if one.private_came and one.doc_id in done:
                applying.private_came(one.doc_id)
        applying.finish()
