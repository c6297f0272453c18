"""What many centrals of one process need not do each for itself; nothing of what they answer changes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from central import database
from central.database import Database

_sqlite, _postgresql, _migrate = database._sqlite_engine, database._postgresql_engine, Database.migrate
_first: dict[str, Engine] = {}


@contextmanager
def short_cuts() -> Iterator[None]:
    """Centrals that are built inside the block share compiled statements; what is migrated is left alone."""
    with (
        patch.object(database, "_sqlite_engine", _sharing(_sqlite)),
        patch.object(database, "_postgresql_engine", _sharing(_postgresql)),
        patch.object(Database, "migrate", _migrate_if_need_be),
    ):
        yield


def _sharing(make: Callable[[str], Engine]) -> Callable[[str], Engine]:
    """Statements are kept by dialect object: all engines of one database program get that of the first."""

    def made(url: str) -> Engine:
        engine = make(url)
        first = _first.setdefault(engine.dialect.name, engine)
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        return engine

    return made


def _migrate_if_need_be(self: Database) -> None:
    with self.reading() as connection:
        stands = inspect(connection).has_table("alembic_version")
        at = connection.scalar(text("SELECT version_num FROM alembic_version")) if stands else None
    if at != _newest():
        _migrate(self)


@functools.cache
def _newest() -> str | None:
    return ScriptDirectory(str(database._MIGRATIONS)).get_current_head()
