"""A hand of its own in central's database: the driver and SQL, none of our code and no SQLAlchemy."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from typing import Any

import psycopg

_SQLITE = "sqlite:///"


class PlainSql:
    """Reads the database of a URL as SQLAlchemy writes them. Values are marked with `?` on either."""

    def __init__(self, url: str) -> None:
        self._is_sqlite = url.startswith(_SQLITE)
        self._connection: Any
        if self._is_sqlite:
            self._connection = sqlite3.connect(f"file:{url.removeprefix(_SQLITE)}?mode=ro", uri=True)
        else:
            words = url.replace("postgresql+psycopg:", "postgresql:", 1)
            self._connection = psycopg.connect(words, options="-c default_transaction_read_only=on")
            self._connection.autocommit = True

    def close(self) -> None:
        self._connection.close()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All of them; sums are whole numbers on either database."""
        if self._is_sqlite:
            return list(self._connection.execute(query, values))
        found = self._connection.execute(query.replace("%", "%%").replace("?", "%s"), values)
        return [tuple(map(_whole, row)) for row in found]

    def one(self, query: str, *values: object) -> Any:
        """The first column of the first row; None where there is no row."""
        rows = self.rows(query, *values)
        return rows[0][0] if rows else None

    def holding(self, column: str) -> str:
        """A condition: the bytes of this column contain the next value."""
        return f"instr({column}, ?) > 0" if self._is_sqlite else f"position(?::bytea in {column}) > 0"


def _whole(value: Any) -> Any:
    """PostgreSQL sums whole numbers to a NUMERIC."""
    return int(value) if isinstance(value, Decimal) and value == int(value) else value
