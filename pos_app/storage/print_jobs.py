"""Print jobs: committed with their document, done by the printer's loop at its own pace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection

from pos_app.storage.database import Database
from pos_app.storage.json_text import JsonObject, object_of, text_of

Template = Literal["receipt", "voucher", "shift_report", "handover_slip", "x_report", "drawer"]
State = Literal["waiting", "printing", "printed", "failed", "in_doubt"]

LONGEST_WAIT = timedelta(minutes=1)
"""No job is put off for longer than this."""

_COLUMNS = "id, doc_id, template, copy, drawer, drawer_sent, state, attempts, not_before, reason, body"


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What a document wants printed. `of` names another document (a reprint), else it is its own."""

    template: Template
    copy: int = 1
    drawer: bool = False
    of: str | None = None


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A row. `copy` ≥ 2 says "In lại"; `body` only for what has no document (an X report)."""

    id: int
    doc_id: str
    template: Template
    copy: int
    drawer: bool
    drawer_sent: bool
    state: State
    attempts: int
    not_before: datetime | None
    reason: str | None
    body: JsonObject | None = None


def add(connection: Connection, doc_id: str, orders: Sequence[PrintOrder], now: datetime) -> None:
    """Write the jobs of a document in its transaction."""
    for order in orders:
        _insert(connection, order, order.of or doc_id, now, None)


def _insert(
    connection: Connection, order: PrintOrder, doc_id: str, now: datetime, body: JsonObject | None
) -> int:
    row = connection.exec_driver_sql(
        "INSERT INTO print_job (doc_id, template, copy, drawer, state, created_at, body) "
        "VALUES (?, ?, ?, ?, 'waiting', ?, ?) RETURNING id",
        (
            doc_id, order.template, order.copy, order.drawer, now.isoformat(),
            None if body is None else text_of(body),
        ),
    ).fetchone()  # fmt: skip
    assert row is not None
    return int(row[0])


class PrintJobStore:
    """waiting → printing → printed | failed (→ waiting) | in_doubt (it broke while it printed)."""

    def __init__(self, till: Database) -> None:
        self._till = till

    def pending(self, now: datetime) -> PrintJob | None:
        """The oldest job that may be tried now; a time that lies far off is of a clock that ran ahead."""
        far = now + LONGEST_WAIT
        return self._one(
            "state = 'waiting' AND (not_before IS NULL OR not_before <= ? OR not_before > ?)",
            (now.isoformat(), far.isoformat()),
        )

    def by_id(self, job_id: int) -> PrintJob | None:
        return self._one("id = ?", (job_id,))

    def begin(self, job_id: int) -> None:
        """Say that bytes go out now: after a crash in between, the paper may be there or not."""
        self._set("state = 'printing', attempts = attempts + 1", (), job_id)

    def drawer_opened(self, job_id: int) -> None:
        """The pulse has gone out; another try must not open the drawer again."""
        self._set("drawer_sent = 1", (), job_id)

    def printed(self, job_id: int) -> None:
        self._set("state = 'printed', reason = NULL, not_before = NULL", (), job_id)

    def failed(self, job_id: int, reason: str, retry_at: datetime | None) -> None:
        """Waits for `retry_at`; None = given up until a person asks again."""
        state = "failed" if retry_at is None else "waiting"
        at = None if retry_at is None else retry_at.isoformat()
        self._set("state = ?, reason = ?, not_before = ?", (state, reason, at), job_id)

    def doubtful(self, job_id: int, reason: str) -> None:
        """The printer broke while it printed: a person says whether the paper is there."""
        self._set("state = 'in_doubt', reason = ?, not_before = NULL", (reason,), job_id)

    def doubt_interrupted(self) -> int:
        """At start: what was printing when the program ended is in doubt. Returns how many."""
        with self._till.writing() as connection:
            return connection.exec_driver_sql(
                "UPDATE print_job SET state = 'in_doubt', reason = 'interrupted' WHERE state = 'printing'"
            ).rowcount

    def again(self, job_id: int, copy: int | None = None) -> None:
        """A person wants a failed or doubtful job tried again, at once; `copy` when the paper may exist."""
        self._set("state = 'waiting', not_before = NULL, copy = coalesce(?, copy)", (copy,), job_id)

    def dismiss(self, job_id: int) -> None:
        """A person has the paper in hand, or does not need it."""
        self._set("state = 'printed', reason = 'dismissed'", (), job_id)

    def enqueue(
        self, doc_id: str, template: Template, copy: int, now: datetime, body: JsonObject | None = None
    ) -> int:
        """A job outside a document's transaction; `body` for what is no document. Returns its id."""
        with self._till.writing() as connection:
            return _insert(connection, PrintOrder(template, copy), doc_id, now, body)

    def next_copy(self, doc_id: str, template: Template) -> int:
        """The copy number of the next reprint: 2 after the first print."""
        query = "SELECT coalesce(max(copy), 1) + 1 FROM print_job WHERE doc_id = ? AND template = ?"
        with self._till.reading() as connection:
            row = connection.exec_driver_sql(query, (doc_id, template)).fetchone()
        assert row is not None
        return int(row[0])

    def waiting_count(self) -> int:
        """Jobs that are not on paper yet, failed and doubtful ones too."""
        query = "SELECT count(*) FROM print_job WHERE state <> 'printed'"
        with self._till.reading() as connection:
            return int(connection.exec_driver_sql(query).scalar_one())

    def last_made(self, *, drawer: bool = False) -> datetime | None:
        """When the newest job was made that came out on paper, or that opened the drawer; None = never."""
        where = "drawer_sent" if drawer else "state = 'printed' AND template <> 'drawer'"
        query = f"SELECT max(created_at) FROM print_job WHERE {where}"
        with self._till.reading() as connection:
            at = connection.exec_driver_sql(query).scalar_one()
        return None if at is None else datetime.fromisoformat(at)

    def troubled(self) -> list[PrintJob]:
        """Failed and doubtful jobs: a person must look at them."""
        with self._till.reading() as connection:
            rows = connection.exec_driver_sql(
                f"SELECT {_COLUMNS} FROM print_job WHERE state IN ('failed', 'in_doubt') ORDER BY id"
            ).fetchall()
        return [_job(row) for row in rows]

    def _one(self, where: str, values: tuple[object, ...]) -> PrintJob | None:
        query = f"SELECT {_COLUMNS} FROM print_job WHERE {where} ORDER BY id LIMIT 1"
        with self._till.reading() as connection:
            row = connection.exec_driver_sql(query, values).fetchone()
        return None if row is None else _job(row)

    def _set(self, assignments: str, values: tuple[object, ...], job_id: int) -> None:
        with self._till.writing() as connection:
            connection.exec_driver_sql(f"UPDATE print_job SET {assignments} WHERE id = ?", (*values, job_id))


def _job(row: Sequence[object]) -> PrintJob:
    id_, doc_id, template, copy, drawer, sent, state, attempts, not_before, reason, body = row
    return PrintJob(
        id=id_,  # type: ignore[arg-type]  # the columns are STRICT
        doc_id=doc_id,  # type: ignore[arg-type]
        template=template,  # type: ignore[arg-type]
        copy=copy,  # type: ignore[arg-type]
        drawer=bool(drawer),
        drawer_sent=bool(sent),
        state=state,  # type: ignore[arg-type]
        attempts=attempts,  # type: ignore[arg-type]
        not_before=None if not_before is None else datetime.fromisoformat(str(not_before)),
        reason=None if reason is None else str(reason),
        body=None if body is None else object_of(str(body)),
    )
