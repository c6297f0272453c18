"""The till's shifts: the open one, its cash, and those before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection

from pos_app.storage.database import Database
from pos_app.storage.identity import Identity
from pos_app.storage.json_text import object_of

_COLUMNS = (
    "number, epoch, doc_id, state, opened_at, opened_by, business_date, float, first_seq, "
    "closed_doc_id, closed_at, closed_by, z_no, last_seq, to_verify, verified_by"
)


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A shift as the journal has it; `opening_float` = pieces by denomination in đồng."""

    number: int
    epoch: int
    doc_id: str
    state: Literal["open", "closed", "verified"]
    opened_at: datetime
    opened_by: int
    business_date: date
    opening_float: dict[int, int]
    first_seq: int
    closed_doc_id: str | None = None
    closed_at: datetime | None = None
    closed_by: int | None = None
    z_no: int | None = None
    last_seq: int | None = None
    to_verify: bool = False
    verified_by: int | None = None

    @property
    def is_open(self) -> bool:
        return self.state == "open"


OpenShift = ShiftRow


@dataclass(frozen=True, slots=True)
class CashEntry:
    """Signed đồng; `why` = `float` or the kind of the document."""

    doc_id: str
    seq: int
    why: str
    amount: int


class ShiftStore:
    """Reads only: shifts change by documents. Functions that take a connection serve a closing's payload."""

    def __init__(self, till: Database, identity: Identity) -> None:
        self._till = till
        self._identity = identity

    def open_shift(self) -> OpenShift | None:
        return self._one("state = 'open'", ())

    def by_number(self, number: int, epoch: int | None = None) -> ShiftRow | None:
        return self._one("number = ? AND epoch = ?", (number, epoch or self._identity.epoch))

    def by_closing(self, doc_id: str) -> ShiftRow | None:
        """By the doc_id of its `shift_close`."""
        return self._one("closed_doc_id = ?", (doc_id,))

    def latest(self, limit: int = 50) -> list[ShiftRow]:
        """Newest first, the open one among them."""
        query = f"SELECT {_COLUMNS} FROM shift ORDER BY epoch DESC, number DESC LIMIT ?"
        with self._till.reading() as connection:
            return [_shift(row) for row in connection.exec_driver_sql(query, (limit,)).fetchall()]

    def to_verify(self) -> list[ShiftRow]:
        """Closed, not verified yet."""
        query = f"SELECT {_COLUMNS} FROM shift WHERE state = 'closed' ORDER BY epoch, number"
        with self._till.reading() as connection:
            return [_shift(row) for row in connection.exec_driver_sql(query).fetchall()]

    def cash_entries(self, number: int, connection: Connection | None = None) -> list[CashEntry]:
        """In order, the float first."""
        query = (
            "SELECT doc_id, seq, why, amount FROM cash_entry "
            "WHERE epoch = ? AND shift = ? ORDER BY seq, rowid"
        )
        values = (self._identity.epoch, number)
        if connection is not None:
            return [CashEntry(*row) for row in connection.exec_driver_sql(query, values).fetchall()]
        with self._till.reading() as own:
            return [CashEntry(*row) for row in own.exec_driver_sql(query, values).fetchall()]

    def expected_cash(self, number: int, connection: Connection | None = None) -> int:
        """đồng in the drawer by the journal: Σ signed cash entries."""
        return sum(entry.amount for entry in self.cash_entries(number, connection))

    def drawer_openings(self, number: int, connection: Connection | None = None) -> int:
        """Openings without a sale in this shift."""
        query = "SELECT count(*) FROM drawer_opening WHERE epoch = ? AND shift = ?"
        values = (self._identity.epoch, number)
        if connection is not None:
            return int(connection.exec_driver_sql(query, values).scalar_one())
        with self._till.reading() as own:
            return int(own.exec_driver_sql(query, values).scalar_one())

    def next_number(self, connection: Connection | None = None) -> int:
        """The number that the next `shift_open` takes (the journal writes it in itself)."""
        return self._peek("shift", connection)

    def next_z(self, connection: Connection | None = None) -> int:
        """The number that the next `shift_close` takes (the journal writes it in itself)."""
        return self._peek("z", connection)

    def _peek(self, name: str, connection: Connection | None) -> int:
        query = "SELECT value + 1 FROM counter WHERE epoch = ? AND name = ?"
        values = (self._identity.epoch, name)
        if connection is not None:
            row = connection.exec_driver_sql(query, values).fetchone()
        else:
            with self._till.reading() as own:
                row = own.exec_driver_sql(query, values).fetchone()
        return 1 if row is None else int(row[0])

    def _one(self, where: str, values: tuple[object, ...]) -> ShiftRow | None:
        with self._till.reading() as connection:
            row = connection.exec_driver_sql(f"SELECT {_COLUMNS} FROM shift WHERE {where}", values).fetchone()
        return None if row is None else _shift(row)


def _shift(row: Any) -> ShiftRow:
    (
        number, epoch, doc_id, state, opened_at, opened_by, day, opening_float, first_seq,
        closed_doc_id, closed_at, closed_by, z_no, last_seq, to_verify, verified_by,
    ) = row  # fmt: skip
    return ShiftRow(
        number=number,
        epoch=epoch,
        doc_id=doc_id,
        state=state,
        opened_at=datetime.fromisoformat(opened_at),
        opened_by=opened_by,
        business_date=date.fromisoformat(day),
        opening_float={int(note): int(count) for note, count in object_of(opening_float).items()},
        first_seq=first_seq,
        closed_doc_id=closed_doc_id,
        closed_at=None if closed_at is None else datetime.fromisoformat(closed_at),
        closed_by=closed_by,
        z_no=z_no,
        last_seq=last_seq,
        to_verify=bool(to_verify),
        verified_by=verified_by,
    )
