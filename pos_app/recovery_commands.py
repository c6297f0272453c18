"""`quay backup|restore|salvage|export|reset`: what can be done about a till's files without its window."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TextIO

from pos_app.bootstrap.damage import require_key, rescue_folder, take_in_file
from pos_app.domain.errors import DatabaseUnreadable, FolderRefused, KeysLost, PosError
from pos_app.journal_command import opened
from pos_app.one_till import SHOW, OneTill
from pos_app.storage import folder_sync
from pos_app.storage.backups import FOLDER, BackupPlace, Backups, require_sound
from pos_app.storage.clock import SystemClock
from pos_app.storage.escrow import KeyEscrow
from pos_app.storage.export import export_unsent
from pos_app.storage.files import FEED_FILES, TILL_FILE, TillFiles, delete_database
from pos_app.storage.identity import IdentityStore
from pos_app.storage.keys import DATABASE_KEY, FILE_NAME, open_keys
from pos_app.storage.outbox import Outbox
from pos_app.storage.rescue import DRAFT, READY, finish
from pos_app.storage.reserve import NAME as RESERVE
from pos_app.storage.salvage import freeze
from pos_app.storage.standing import StandingStore
from pos_app.storage.status import StatusStore

DONE: Final = 0
NO: Final = 1


def backup(data_dir: Path, to: Path | None, out: TextIO) -> int:
    """A verified copy, also while the till runs; with `to` one more in that folder."""
    keys, clock = open_keys(data_dir), SystemClock()
    with opened(data_dir) as (till, identity):
        place = BackupPlace(data_dir / FOLDER, to)
        backups = Backups(till, _key(data_dir), identity, place)
        made = backups.make(clock.now(), KeyEscrow(StatusStore(till), keys, identity).box())
        files = [made.path] if to is None else [made.path, backups.carry_elsewhere(made)]
    return _say(out, files=[str(path) for path in files], whole=True)


def restore(data_dir: Path, file: Path, out: TextIO) -> int:
    """A backup in the place of till.db, which stays beside it; restricted until central has spoken.

    What was recorded after the backup was made is not in it: `quay salvage` keeps that, a restore does not.
    """
    with OneTill(data_dir):
        key, clock = _key(data_dir), SystemClock()
        draft = data_dir / DRAFT
        delete_database(draft)
        shutil.copyfile(file, draft)  # verified here: the stick it came from may be read-only
        try:
            _same_till(data_dir, require_sound(draft, key).till)
        except PosError:
            delete_database(draft)
            raise
        draft.replace(data_dir / READY)
        folder_sync.sync_folder(data_dir)
        replaced = freeze(data_dir / TILL_FILE, clock.now()) if (data_dir / TILL_FILE).exists() else None
        finish(data_dir)
        with _files(data_dir, key) as files:
            StandingStore(files.till).restrict("restored", clock.now())
    return _say(out, restored=str(file), replaced=None if replaced is None else str(replaced))


def salvage(data_dir: Path, file: Path | None, out: TextIO) -> int:
    """A fresh till.db with all that the damaged one still says; with `file` what another file of it says."""
    with OneTill(data_dir):
        clock = SystemClock()
        if file is None:
            done = rescue_folder(data_dir, clock)
            lost = [[one.epoch, one.first, one.last] for one in done.lost]
            return _say(out, documents=done.documents, lost=lost, set_aside=str(done.frozen))
        with _files(data_dir, _key(data_dir)) as files:
            identity = IdentityStore(files.till).load()
            if identity is None:
                raise FolderRefused(folder=str(data_dir), reason="not_enrolled")
            came = take_in_file(files.till, file, open_keys(data_dir), identity, clock)
    return _say(out, documents=came)


def export(data_dir: Path, file: Path, out: TextIO) -> int:
    """All unsent documents, sealed for central (`quay-central import`); they stay unsent here."""
    with opened(data_dir) as (till, identity):
        made = export_unsent(Outbox(till, identity, SystemClock()), identity, file)
    return _say(out, file=str(made.path), documents=made.documents)


def reset(data_dir: Path, export_to: Path | None, out: TextIO) -> int:
    """Empty the folder for another till. Refused (1) while documents are unsent, unless they are exported."""
    with OneTill(data_dir):
        with opened(data_dir) as (till, identity):
            outbox = Outbox(till, identity, SystemClock())
            unsent = outbox.counts().unsent
            if unsent and export_to is None:
                return _say(out, NO, unsent=unsent, reset=False)
            if unsent and export_to is not None:
                export_unsent(outbox, identity, export_to)
        for path in _own_files(data_dir):
            delete_database(path)
    return _say(out, exported=unsent, reset=True)


def _own_files(data_dir: Path) -> list[Path]:
    """Never the backups and what was set aside: they may hold what nothing else holds."""
    feeds = [path for feed in FEED_FILES for path in data_dir.glob(f"{feed}-*.db")]
    return [data_dir / TILL_FILE, *feeds, *(data_dir / name for name in (RESERVE, FILE_NAME, SHOW))]


def _same_till(data_dir: Path, till: str) -> None:
    """A backup of another till would fork both."""
    try:
        with opened(data_dir) as (_, identity):
            is_same = identity.till == till
    except (FolderRefused, KeysLost, DatabaseUnreadable):  # then there is nothing to compare with
        return
    if not is_same:
        raise FolderRefused(folder=str(data_dir), reason="other_till")


@contextmanager
def _files(data_dir: Path, key: bytes) -> Iterator[TillFiles]:
    files = TillFiles.open(data_dir, key)
    try:
        yield files
    finally:
        files.dispose()


def _key(data_dir: Path) -> bytes:
    keys = open_keys(data_dir)
    require_key(data_dir, keys)
    key = keys.get(DATABASE_KEY)
    if key is None:
        raise KeysLost(file=TILL_FILE)
    return key


def _say(out: TextIO, code: int = DONE, /, **told: Any) -> int:
    out.write(json.dumps(told, ensure_ascii=False) + "\n")
    return code
