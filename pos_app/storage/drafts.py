"""Carts that are not documents yet: the current one survives a crash, held ones wait under a label."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos_app.domain.errors import DraftGone
from pos_app.storage.clock import Clock
from pos_app.storage.database import Database
from pos_app.storage.json_text import JsonObject, object_of, text_of


@dataclass(frozen=True, slots=True)
class HeldDraft:
    """A cart put aside; `at` = when."""

    id: int
    label: str
    at: datetime
    body: JsonObject


class DraftStore:
    """Give it the connection with synchronous=NORMAL: a draft is written after every line."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def save_current(self, body: JsonObject) -> None:
        """Replace the current cart's draft."""
        with self._database.writing() as connection:
            connection.exec_driver_sql(
                "INSERT INTO draft (state, label, at, body) VALUES ('current', '', ?, ?) "
                "ON CONFLICT (state) WHERE state = 'current' "
                "DO UPDATE SET at = excluded.at, body = excluded.body",
                (self._clock.now().isoformat(), text_of(body)),
            )

    def load_current(self) -> JsonObject | None:
        """The cart as it was before the program ended."""
        with self._database.reading() as connection:
            row = connection.exec_driver_sql("SELECT body FROM draft WHERE state = 'current'").fetchone()
        return None if row is None else object_of(row[0])

    def clear_current(self) -> None:
        """The cart is paid, held or given up."""
        with self._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM draft WHERE state = 'current'")

    def hold(self, body: JsonObject, label: str) -> int:
        """Put a cart aside; the current draft goes in the same transaction. Returns its id."""
        with self._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM draft WHERE state = 'current'")
            row = connection.exec_driver_sql(
                "INSERT INTO draft (state, label, at, body) VALUES ('held', ?, ?, ?) RETURNING id",
                (label, self._clock.now().isoformat(), text_of(body)),
            ).fetchone()
        assert row is not None
        return int(row[0])

    def held(self) -> list[HeldDraft]:
        """Oldest first."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT id, label, at, body FROM draft WHERE state = 'held' ORDER BY id"
            ).fetchall()
        return [
            HeldDraft(int(id_), str(label), datetime.fromisoformat(at), object_of(body))
            for id_, label, at, body in rows
        ]

    def take(self, held: int) -> JsonObject:
        """Take a held cart out; it becomes the current draft at once. Raises DraftGone."""
        with self._database.writing() as connection:
            row = connection.exec_driver_sql(
                "DELETE FROM draft WHERE id = ? AND state = 'held' RETURNING at, body", (held,)
            ).fetchone()
            if row is None:
                raise DraftGone(draft=held)
            connection.exec_driver_sql("DELETE FROM draft WHERE state = 'current'")
            connection.exec_driver_sql(
                "INSERT INTO draft (state, label, at, body) VALUES ('current', '', ?, ?)", tuple(row)
            )
        return object_of(row[1])

    def discard(self, held: int) -> None:
        """Throw a held cart away."""
        with self._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM draft WHERE id = ? AND state = 'held'", (held,))
