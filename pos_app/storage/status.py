"""Rows that the loops write and the state strip reads: `link`, `printer`, `sync`."""

from __future__ import annotations

from pos_app.storage.database import Database
from pos_app.storage.json_text import JsonObject, object_of, text_of


class StatusStore:
    """Give it the connection with synchronous=NORMAL: losing a row of this costs nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set(self, name: str, body: JsonObject) -> None:
        """Write a row only when it says something new."""
        text = text_of(body)
        with self._database.reading() as connection:
            row = connection.exec_driver_sql("SELECT body FROM status WHERE name = ?", (name,)).fetchone()
        if row is not None and row[0] == text:
            return
        with self._database.writing() as connection:
            connection.exec_driver_sql(
                "INSERT INTO status (name, body) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET body = excluded.body",
                (name, text),
            )

    def get(self, name: str) -> JsonObject | None:
        with self._database.reading() as connection:
            row = connection.exec_driver_sql("SELECT body FROM status WHERE name = ?", (name,)).fetchone()
        return None if row is None else object_of(row[0])
