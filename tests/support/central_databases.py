"""Which database the tests' central stands on: a file in its folder, or a database of a PostgreSQL server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DATABASE = "central.db"
SQLITE, POSTGRESQL, BOTH = "sqlite", "postgresql", "both"
CHOICE = "QUAY_TEST_DATABASE"
"""sqlite, postgresql or both; without it SQLite, and PostgreSQL too for modules marked `both_databases`."""

_now = [POSTGRESQL if os.environ.get(CHOICE) == POSTGRESQL else SQLITE]


def dialect() -> str:
    """What `url` makes at this moment."""
    return _now[-1]


@contextmanager
def using(name: str) -> Iterator[None]:
    """Inside the block centrals stand on this one; databases that PostgreSQL got meanwhile are dropped."""
    _now.append(name)
    before = _names()
    yield
    if name == POSTGRESQL:
        from tests.support import postgres

        for made in _names() - before:
            if made not in _kept:
                postgres.server().drop(made)
    _now.pop()


_kept: set[str] = set()


def _names() -> set[str]:
    if dialect() != POSTGRESQL:
        return set()
    from tests.support import postgres

    return postgres.server().names()


def url(folder: Path) -> str:
    """Of this folder's database: the same at every call."""
    if dialect() == SQLITE:
        return f"sqlite:///{folder / DATABASE}"
    from tests.support import postgres

    return postgres.server().database(postgres.name_for(folder))


def keep(folder: Path) -> None:
    """This folder's database is copied from: it stays until the tests end."""
    if dialect() == POSTGRESQL:
        from tests.support import postgres

        _kept.add(postgres.name_for(folder))


def copy(source: Path, folder: Path) -> None:
    """The database of a folder, for another folder; nobody may be connected to the first."""
    if dialect() == SQLITE:
        shutil.copyfile(source / DATABASE, folder / DATABASE)
        return
    from tests.support import postgres

    postgres.server().database(postgres.name_for(folder), template=postgres.name_for(source))
