"""quay-central backup, restore, import: one JSON line about what was done; exit code 1 for a refusal."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import make_url

from central.database import Database
from central.errors import Refusal
from central.imports import take
from central.ingest import Ingest
from central.keys import TenantKeys, instant_text
from central.restoring import BackupTooOld, Restored, mark_restored
from central.settings import Settings
from central.state import Central, utc_now
from sync.messages.recovery import SealedExport

DONE, NO = 0, 1
_DRAFT = ".new"


def back_up(settings: Settings, file: Path) -> int:
    """A copy of this moment, checked before it gets its name; central may run meanwhile."""
    source = _sqlite_file(settings)
    if source is None:
        return _no("PostgreSQL is backed up by its own tools: pg_dump -Fc, or continuous archiving")
    if not source.is_file():
        return _no(f"there is no database at {source}")
    draft = file.with_name(file.name + _DRAFT)
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(draft)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without anything beside it
    if not _is_sound(draft):
        draft.unlink()
        return _no("the copy is damaged, and so is the database: nothing was written")
    draft.replace(file)
    return _say(backup=str(file), bytes=file.stat().st_size)


def put_back(settings: Settings, file: Path | None, *, accept_gap: bool) -> int:
    """The backup in the database's place, marked as what it is; the replaced database stays beside it."""
    live = _sqlite_file(settings)
    if live is None:
        if file is not None:
            return _no("put it back by pg_restore first; then call restore without a file")
        return _mark(settings.database_url, accept_gap, {})
    if file is None or not file.is_file():
        return _no("name the backup's file")
    if not _is_sound(file):
        return _no(f"{file} is no sound database")
    if not _is_idle(live):
        return _no("central is running: stop it first")
    draft = live.with_name(live.name + _DRAFT)
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source:
        draft.unlink(missing_ok=True)
        with closing(sqlite3.connect(draft)) as copy:
            source.backup(copy)
    replaced = live.with_name(f"{live.stem}-replaced-{_stamp(utc_now())}.db")
    code = _mark(f"sqlite:///{draft}", accept_gap, {"replaced": str(replaced)} if live.exists() else {})
    if code != DONE:
        _unlink(draft)
        return code
    if live.exists():
        live.replace(replaced)
    draft.replace(live)
    return DONE


def take_export(settings: Settings, file: Path) -> int:
    """Books each sealed export of the file; doing it twice harms nothing."""
    database = Database(settings.database_url)
    database.migrate()
    central = Central(settings, database, TenantKeys.load(settings.key_file))
    ingest = Ingest(central)
    counts: Counter[str] = Counter()
    try:
        for line in file.read_text("utf-8").splitlines():
            sealed = SealedExport.model_validate_json(line)
            counts.update(one.status for one in take(ingest, sealed, central.keys, f"import/{sealed.till}"))
    except (Refusal, ValidationError, OSError, UnicodeDecodeError) as error:
        return _no(f"{file} is no export of this chain: {type(error).__name__}")
    finally:
        database.dispose()
    return _say(documents=counts.total(), **counts)


def _mark(url: str, accept_gap: bool, more: dict[str, Any]) -> int:
    database = Database(url)
    database.migrate()
    try:
        with database.writing() as connection:
            restored = mark_restored(connection, utc_now(), accept_gap=accept_gap)
    except BackupTooOld as old:
        days = old.retention.days
        return _no(
            f"the backup ends {instant_text(old.known_until)}: tills keep what was acknowledged for {days} "
            "days only, so some may be gone. --accept-gap restores all the same, with a case for each till"
        )
    finally:
        database.dispose()
    return _say(**_told(restored), **more)


def _told(restored: Restored) -> dict[str, Any]:
    until = restored.known_until
    return {
        "incarnation": restored.incarnation,
        "known_until": None if until is None else instant_text(until),
        "tills_asked_again": restored.tills,
        "cases": restored.cases,
    }


def _sqlite_file(settings: Settings) -> Path | None:
    """None on PostgreSQL."""
    url = make_url(settings.database_url)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def _is_idle(path: Path) -> bool:
    """Nobody else has it open: only then SQLite leaves its WAL mode. All is in the one file then."""
    if not path.exists():
        return True
    with closing(sqlite3.connect(path, timeout=1)) as connection:
        try:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        except sqlite3.OperationalError:
            return False
        except sqlite3.DatabaseError:
            return True  # damaged: that may be why a backup is put back
    return str(mode) == "delete"


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
            connection.execute("SELECT id FROM tenant").fetchone()
    except sqlite3.DatabaseError:
        return False
    return bool(found == "ok")


def _unlink(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _stamp(at: datetime) -> str:
    return at.strftime("%Y%m%dT%H%M%SZ")


def _say(**told: Any) -> int:
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return DONE


def _no(why: str) -> int:
    sys.stderr.write(f"quay-central: {why}\n")
    return NO
