"""The database role that central runs under: it adds to the inbox and to the ledgers, and changes neither."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, Table, text

from central.tables import metadata
from central.tables.entries import LEDGERS
from central.tables.inbox import document
from central.tables.money import sale_line

APPEND_ONLY: Final[tuple[Table, ...]] = (*LEDGERS, document, sale_line)
"""Documents as they came, and the entries whose sums are the balances (protocol §1.7)."""


def statements(connection: Connection, role: str) -> Iterator[str]:
    """What gives an existing role what `quay-central serve` needs, and takes away what it must not do."""
    name = connection.dialect.identifier_preparer.quote(role)
    fixed = {table.name for table in APPEND_ONLY}
    yield f"GRANT USAGE ON SCHEMA public TO {name}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}"
    for table in metadata.sorted_tables:
        rights = "INSERT" if table.name in fixed else "INSERT, UPDATE, DELETE"
        yield f"GRANT {rights} ON {connection.dialect.identifier_preparer.format_table(table)} TO {name}"


def grant(connection: Connection, role: str) -> None:
    """As the owner of the tables; again after each migration that brings a table."""
    for words in statements(connection, role):
        connection.execute(text(words))
