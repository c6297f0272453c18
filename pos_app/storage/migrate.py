"""Brings till.db to the newest schema, and refuses one that a newer program has written."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from pos_app.domain.errors import DatabaseTooNew
from pos_app.storage.database import Database

REVISIONS = ("0001", "0002", "0003", "0004")
"""Oldest first. A test holds it against the numbered files."""

_FOLDER = Path(__file__).parent / "migrations"


def migrate(till: Database) -> None:
    """Run what is missing, in one transaction. Raises DatabaseTooNew, DatabaseUnreadable."""
    with till.reading() as connection:
        found = revision(connection)
    if found == REVISIONS[-1]:
        return
    if found is not None and found not in REVISIONS:
        raise DatabaseTooNew(file=till.path.name, found=found, known=REVISIONS[-1])
    with till.writing() as connection:
        _upgrade(connection)


def revision(connection: Connection) -> str | None:
    """What the file says it is; None for an empty one."""
    table = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    if connection.exec_driver_sql(table).fetchone() is None:
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def _upgrade(connection: Connection) -> None:
    from alembic import command  # late: it costs 0.2 s and a start rarely needs it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
