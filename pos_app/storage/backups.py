"""Backups of till.db: online copies, verified before they count, a few kept here and one elsewhere."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pos_app.domain.errors import BackupUnsound, DiskTrouble
from pos_app.storage import chain
from pos_app.storage.database import Database
from pos_app.storage.folder_sync import sync_folder
from pos_app.storage.identity import Identity, IdentityStore

FOLDER: Final = "backups"
KEPT_HERE: Final = 3
KEPT_ELSEWHERE: Final = 1
NEWEST_CHECKED: Final = 1000
"""Documents whose chain and signatures are checked; every page of the copy is proven anyway."""
BOX_SUFFIX: Final = ".keybox"
_STAMP: Final = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy; `made_at` is aware UTC, from its name."""

    path: Path
    made_at: datetime


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """Where copies of this till go. `elsewhere` = a folder on another disk; None = nobody named one."""

    here: Path
    elsewhere: Path | None = None

    @property
    def is_apart(self) -> bool:
        """Whether the second copy would outlive this disk; a folder that is not there says no."""
        try:
            return (
                self.elsewhere is not None and self.elsewhere.stat().st_dev != self.here.parent.stat().st_dev
            )
        except OSError:
            return False


class Backups:
    """Copies of one till.db. A copy that is not whole is deleted, never kept as a backup."""

    def __init__(self, till: Database, key: bytes, identity: Identity, place: BackupPlace) -> None:
        self._till = till
        self._key = key
        self._identity = identity
        self.place = place

    def make(self, now: datetime, box: bytes | None) -> Backup:
        """Copy, verify, then count it; older ones beyond three go. `box` = the sealed key, laid beside.

        Raises BackupUnsound, DiskFull, DiskTrouble.
        """
        folder = self.place.here
        path = folder / f"{_prefix(self._identity)}{now.astimezone(UTC).strftime(_STAMP)}.db"
        draft = path.with_suffix(".new")
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            _delete(draft)
            self._till.copy_to(draft)
            require_sound(draft, self._key)
            _settle(draft, path, self._identity, box)
        except OSError as error:
            _delete(draft)
            raise DiskTrouble(file=path.name) from error
        except BaseException:
            _delete(draft)
            raise
        _keep_newest(path, self._identity, KEPT_HERE)
        return Backup(path, _made_at(path))

    def carry_elsewhere(self, backup: Backup) -> Path:
        """The copy on another disk, read back and compared. Raises DiskTrouble."""
        folder = self.place.elsewhere
        assert folder is not None, "asked only where a folder is named"
        target = folder / backup.path.name
        draft = target.with_suffix(".new")
        try:
            for source, copy in ((backup.path, draft), (box_of(backup.path), box_of(target))):
                if source.exists():
                    shutil.copyfile(source, copy)
                    _sync_file(copy)
            if _digest(draft) != _digest(backup.path):
                raise BackupUnsound(file=draft.name, reason="differs")
            draft.replace(target)
        except OSError as error:
            raise DiskTrouble(file=target.name) from error
        finally:
            draft.unlink(missing_ok=True)
        _keep_newest(target, self._identity, KEPT_ELSEWHERE)
        return target

    def kept(self) -> list[Backup]:
        """Those on the data disk, newest first."""
        return backups_in(self.place.here)


def backups_in(folder: Path) -> list[Backup]:
    """The copies of a folder, newest first."""
    found = [Backup(path, _made_at(path)) for path in folder.glob("*-till-*.db") if _is_named(path)]
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def box_of(backup: Path) -> Path:
    """The file with the sealed key that lies beside a copy."""
    return backup.with_name(backup.name + BOX_SUFFIX)


def require_sound(path: Path, key: bytes) -> Identity:
    """Whose backup this is. Raises BackupUnsound, DatabaseUnreadable for another key."""
    copy = Database(path, key)
    try:
        identity = IdentityStore(copy).load()
        if identity is None:
            raise BackupUnsound(file=path.name, reason="no_identity")
        if copy.faults():
            raise BackupUnsound(file=path.name, reason="damaged")
        with copy.reading() as connection:
            if not chain.verify(connection, identity, NEWEST_CHECKED).is_whole:
                raise BackupUnsound(file=path.name, reason="chain")
    finally:
        copy.dispose()
    return identity


def _settle(draft: Path, path: Path, identity: Identity, box: bytes | None) -> None:
    """On the disk before it has its name."""
    _sync_file(draft)
    if box is not None:
        text = json.dumps({"tenant": identity.tenant, "till": identity.till, "box": box.hex()})
        box_of(path).write_text(text, "utf-8")
        _sync_file(box_of(path))
    draft.replace(path)
    sync_folder(path.parent)


def _keep_newest(made: Path, identity: Identity, count: int) -> None:
    """The one just made, and those before it; what a clock that ran ahead has named goes first."""
    prefix, now = _prefix(identity), _made_at(made)
    own = [one for one in backups_in(made.parent) if one.path.name.startswith(prefix)]
    in_order = sorted(own, key=lambda one: one.made_at > now)  # stable: newest first within each half
    for path in [one.path for one in in_order[count:]]:
        box_of(path).unlink(missing_ok=True)
        _delete(path)


def _prefix(identity: Identity) -> str:
    """Several tills may share a folder."""
    return f"{identity.store_code}{identity.till_number:02d}-till-"


def _is_named(path: Path) -> bool:
    try:
        _made_at(path)
    except ValueError:
        return False
    return True


def _made_at(path: Path) -> datetime:
    return datetime.strptime(path.stem.rpartition("-")[2], _STAMP).replace(tzinfo=UTC)


def _delete(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
