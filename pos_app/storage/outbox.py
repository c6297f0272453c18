"""The outbox: no queue, but the journal less what central has answered for (protocol §1 rule 4, §5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from sqlalchemy import Connection

from pos_app.storage.clock import Clock
from pos_app.storage.database import Database
from pos_app.storage.identity import Identity
from pos_app.storage.json_text import text_of

DONE: Final = frozenset({"applied", "applied_flagged", "duplicate", "parked", "quarantined", "fork"})
"""Central keeps these for good."""
CONFLICT: Final = "conflict"
_PRIVATE_DONE: Final = ("stored", "erased")


class Answer(Protocol):
    """One result, as sync.messages.ItemResult has it."""

    @property
    def doc_id(self) -> str: ...
    @property
    def hash(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def codes(self) -> Sequence[str]: ...
    @property
    def case(self) -> str | None: ...
    @property
    def missing(self) -> Sequence[str]: ...
    @property
    def first(self) -> str | None: ...
    @property
    def private(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A document as it travels; `private` and `salt` while the till still has them."""

    till: str
    epoch: int
    seq: int
    doc_id: str
    body: bytes
    hash: bytes
    signature: bytes
    private: bytes | None = None
    salt: bytes | None = None


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """`oldest_wall` = RFC 3339 text of the oldest unsent document's commit; the rest are answers so far."""

    unsent: int
    oldest_wall: str | None
    quarantined: int
    conflicts: int
    parked: int
    flagged: int
    forks: int


class Outbox:
    """Only answers are written down; nothing here can lose a document."""

    def __init__(self, till: Database, identity: Identity, clock: Clock) -> None:
        self._till = till
        self._identity = identity
        self._clock = clock

    def unsent(self, limit: int, max_bytes: int, after: tuple[int, int] = (0, 0)) -> list[Outgoing]:
        """Oldest first, at most so many and so large together; the first always, however large it is.

        `after` = only what lies behind this (epoch, seq).

        A document in conflict is not among them: it is shown, not sent again by itself.
        """
        chosen: list[Outgoing] = []
        size = 0
        with self._till.reading() as connection:
            for row in connection.exec_driver_sql(
                "SELECT epoch, seq, j.doc_id, body, hash, signature, private.bytes, private.salt "
                "FROM journal AS j LEFT JOIN private USING (doc_id) "
                f"{_WAITING} AND (epoch, seq) > (?, ?) ORDER BY epoch, seq LIMIT ?",
                (*after, limit),
            ):
                one = Outgoing(self._identity.till, *row)
                size += len(one.body) + len(one.private or b"") + len(one.signature)
                if chosen and size > max_bytes:
                    break
                chosen.append(one)
        return chosen

    def answered(self, results: Iterable[Answer], incarnation: str) -> None:
        """Write down what central said. A result whose hash is not the document's is no answer."""
        told = {result.doc_id: result for result in results}
        with self._till.writing() as connection:
            known = connection.exec_driver_sql(_OWN, (text_of(list(told)),)).all()
            at = self._clock.now().isoformat()
            rows = [_row(told[row[0]], row, at, incarnation) for row in known if _counts(told[row[0]], row)]
            if rows:
                connection.exec_driver_sql(_KEEP, rows)
            _move_marks(connection)

    def rewind(self, epoch: int, from_seq: int, incarnation: str) -> int:
        """Central was restored and knows less: send again from here. Returns how many documents.

        What central acknowledged since, under this very incarnation, stays acknowledged (protocol §5); told
        again, it takes nothing back and writes nothing.
        """
        taken_back = "epoch = ? AND seq >= ? AND is_done AND incarnation IS NOT ?"
        place = (epoch, from_seq, incarnation)
        with self._till.reading() as connection:
            query = f"SELECT 1 FROM upload WHERE {taken_back} LIMIT 1"
            if connection.exec_driver_sql(query, place).fetchone() is None:
                return 0
        with self._till.writing() as connection:
            again = connection.exec_driver_sql(
                f"UPDATE upload SET is_done = 0 WHERE {taken_back}", place
            ).rowcount
            connection.exec_driver_sql(
                "UPDATE outbox_mark SET done_through = min(done_through, ?) WHERE epoch = ?",
                (from_seq - 1, epoch),
            )
        return again

    def send_again(self, doc_id: str) -> None:
        """A person wants a document in conflict tried once more."""
        with self._till.writing() as connection:
            connection.exec_driver_sql("DELETE FROM upload WHERE doc_id = ? AND NOT is_done", (doc_id,))

    def counts(self) -> OutboxCounts:
        with self._till.reading() as connection:
            unsent, oldest = connection.exec_driver_sql(
                f"SELECT count(*), min(committed_at) FROM journal AS j {_WAITING}"
            ).one()
            by_status = {
                str(status): int(count)
                for status, count in connection.exec_driver_sql(
                    "SELECT status, count(*) FROM upload WHERE status NOT IN ('applied', 'duplicate') "
                    "GROUP BY status"
                )
            }
        return OutboxCounts(
            unsent=int(unsent),
            oldest_wall=oldest,
            quarantined=by_status.get("quarantined", 0),
            conflicts=by_status.get(CONFLICT, 0),
            parked=by_status.get("parked", 0),
            flagged=by_status.get("applied_flagged", 0),
            forks=by_status.get("fork", 0),
        )

    def is_unsent(self, doc_id: str) -> bool:
        """Whether central has not answered for this document yet."""
        with self._till.reading() as connection:
            row = connection.exec_driver_sql(
                "SELECT 1 FROM upload WHERE doc_id = ? AND is_done", (doc_id,)
            ).fetchone()
        return row is None


_OWN = (
    "SELECT journal.doc_id, epoch, seq, hash, private.doc_id IS NOT NULL "
    "FROM journal LEFT JOIN private USING (doc_id) "
    "WHERE journal.doc_id IN (SELECT value FROM json_each(?))"
)
_KEEP = (
    "INSERT INTO upload (doc_id, epoch, seq, status, codes, case_id, missing, at, incarnation, "
    "is_done) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (doc_id) DO UPDATE SET "
    "status = excluded.status, codes = excluded.codes, case_id = excluded.case_id, "
    "missing = excluded.missing, at = excluded.at, incarnation = excluded.incarnation, "
    "is_done = excluded.is_done, is_seen = 0"
)
_WAITING = (
    "LEFT JOIN outbox_mark USING (epoch) WHERE seq > coalesce(done_through, 0) AND NOT EXISTS "
    "(SELECT 1 FROM upload WHERE upload.doc_id = j.doc_id AND (is_done OR status = 'conflict'))"
)


def _counts(result: Answer, own: Sequence[Any]) -> bool:
    """Whether the answer is about the document as the journal holds it, and final for now."""
    return own[3].hex() == result.hash and result.status != "retry"


def _row(result: Answer, own: Sequence[Any], at: str, incarnation: str) -> tuple[object, ...]:
    doc_id, epoch, seq, _, has_private = own
    status = _status(result)
    is_done = status in DONE and (
        result.private in (*_PRIVATE_DONE, None) or (result.private == "missing" and not has_private)
    )
    codes, missing = text_of(list(result.codes)), text_of(list(result.missing))
    return doc_id, epoch, seq, status, codes, result.case, missing, at, incarnation, is_done


def _status(result: Answer) -> str:
    """A private part that does not fit is treated like a conflict; a duplicate says what it was at first."""
    if result.private == "mismatch":
        return CONFLICT
    if result.status == "duplicate" and result.first in DONE:
        return str(result.first)
    return result.status


def _move_marks(connection: Connection) -> None:
    """Remember per epoch up to where all is done, so that looking for the rest stays quick."""
    epochs = connection.exec_driver_sql(
        "SELECT epoch, max(seq), coalesce(done_through, 0) FROM journal "
        "LEFT JOIN outbox_mark USING (epoch) GROUP BY epoch"
    ).fetchall()
    for epoch, last, through in epochs:
        first = connection.exec_driver_sql(
            "SELECT min(seq) FROM journal WHERE epoch = ? AND seq > ? AND NOT EXISTS "
            "(SELECT 1 FROM upload WHERE upload.doc_id = journal.doc_id AND is_done)",
            (epoch, through),
        ).scalar_one()
        connection.exec_driver_sql(
            "INSERT INTO outbox_mark (epoch, done_through) VALUES (?, ?) "
            "ON CONFLICT (epoch) DO UPDATE SET done_through = excluded.done_through",
            (epoch, last if first is None else first - 1),
        )
