"""The migrations build exactly the tables that the code uses, and import none of our code."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from central.database import Database
from central.tables import metadata
from tests.support import central_databases

VERSIONS = Path(__file__).parents[2] / "central" / "migrations" / "versions"


def test_a_migrated_database_has_exactly_the_tables_of_the_code(tmp_path: Path) -> None:
    database = Database(central_databases.url(tmp_path))
    database.migrate()
    with database.reading() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    database.dispose()
    assert differences == []


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    database = Database(central_databases.url(tmp_path))
    database.migrate()
    database.migrate()
    database.dispose()


def test_migrations_import_none_of_our_code() -> None:
    for file in VERSIONS.glob("[0-9]*.py"):
        text = file.read_text(encoding="utf-8")
        assert "from central" not in text
        assert "import central" not in text
        assert "pos_app" not in text
