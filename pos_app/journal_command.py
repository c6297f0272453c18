"""`quay journal verify|export`: proves the journal of a data folder, or writes it out as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from pos_app.domain.errors import FolderRefused
from pos_app.storage import chain
from pos_app.storage.database import Database
from pos_app.storage.files import TILL_FILE
from pos_app.storage.identity import Identity, IdentityStore
from pos_app.storage.keys import DATABASE_KEY, open_keys


def verify(data_dir: Path, newest: int | None, out: TextIO) -> int:
    """Print {checked, whole, faults:[{epoch, seq, reason}]}. 0 when the chain is whole, else 1."""
    with opened(data_dir) as (till, identity), till.reading() as connection:
        report = chain.verify(connection, identity, newest)
    told = {
        "checked": report.checked,
        "whole": report.is_whole,
        "faults": [asdict(one) for one in report.faults],
    }
    out.write(json.dumps(told) + "\n")
    return 0 if report.is_whole else 1


def export(data_dir: Path, target: Path, out: TextIO) -> int:
    """Write every document, private parts included, to `target`; prints {documents, file}."""
    with opened(data_dir) as (till, identity), till.reading() as connection:
        count = chain.export(connection, identity, target)
    out.write(json.dumps({"documents": count, "file": str(target)}, ensure_ascii=False) + "\n")
    return 0


@contextmanager
def opened(data_dir: Path) -> Iterator[tuple[Database, Identity]]:
    """till.db as it is, also while the till runs: nothing is migrated and nothing is written."""
    with database(data_dir, TILL_FILE) as till:
        identity = IdentityStore(till).load()
        if identity is None:
            raise FolderRefused(folder=str(data_dir), reason="not_enrolled")
        yield till, identity


@contextmanager
def database(data_dir: Path, name: str) -> Iterator[Database]:
    """One file of a till's folder. Raises FolderRefused (`no_till`, `no_key`)."""
    if not (data_dir / name).is_file():
        raise FolderRefused(folder=str(data_dir), reason="no_till")
    key = open_keys(data_dir).get(DATABASE_KEY)
    if key is None:
        raise FolderRefused(folder=str(data_dir), reason="no_key")
    found = Database(data_dir / name, key)
    try:
        yield found
    finally:
        found.dispose()
