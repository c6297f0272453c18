"""Rows that wait to be inserted together: one statement for a batch, not one for each entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, event

from central.bulk import insert_rows

Row = Mapping[str, Any]


class Entries:
    """Inserts of one transaction. Nobody can see that they wait: whatever else is executed on the connection
    (a sum over the ledger, a savepoint, the commit) sends them before, and a rollback forgets them."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._rows: dict[Table, list[Row]] = {}
        self._is_sending = False
        for moment in ("before_execute", "savepoint", "release_savepoint", "commit"):
            event.listen(connection, moment, self._send)
        for moment in ("rollback", "rollback_savepoint"):
            event.listen(connection, moment, self._forget)

    def add(self, table: Table, *rows: Row) -> None:
        """To be inserted soon, in this order within the table. What it breaks is raised when it is sent."""
        if rows:
            self._rows.setdefault(table, []).extend(rows)

    def _send(self, *_moment: object) -> None:
        if self._is_sending or not self._rows:
            return
        waiting, self._rows = self._rows, {}
        self._is_sending = True
        try:
            for table, rows in waiting.items():
                for same in _of_one_form(rows):
                    insert_rows(self.connection, table, same)
        finally:
            self._is_sending = False

    def _forget(self, *_moment: object) -> None:
        self._rows.clear()


def _of_one_form(rows: Sequence[Row]) -> list[list[Row]]:
    """Runs of rows that name the same columns: one statement each."""
    runs: list[list[Row]] = []
    for row in rows:
        if runs and runs[-1][0].keys() == row.keys():
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs
