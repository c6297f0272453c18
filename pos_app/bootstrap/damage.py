"""What a start does about damage: a lost key, a till.db that cannot be read, files that were set aside."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

from pos_app.domain.errors import KeysLost
from pos_app.domain.signing import signer
from pos_app.storage.anchor import Anchor, anchor_path
from pos_app.storage.clock import Boot, Clock
from pos_app.storage.database import Database
from pos_app.storage.files import TILL_FILE, TillFiles
from pos_app.storage.identity import Identity
from pos_app.storage.keys import DATABASE_KEY, OLD_DATABASE_KEY, SIGNING_KEY, KeyStore, open_keys
from pos_app.storage.rescue import Rescued, RescueMeans, finish, rescue
from pos_app.storage.salvage import freeze, frozen_files, note_lost, read_documents, take_in

log = logging.getLogger(__name__)

_TAKEN = ".taken"
"""Laid beside a file that was set aside, once all that is readable in it is in the journal."""


def require_key(folder: Path, keys: KeyStore) -> None:
    """Raises KeysLost: there is a journal, and making a new key would only hide it."""
    finish(folder)
    path = folder / TILL_FILE
    if keys.get(DATABASE_KEY) is None and path.exists() and path.stat().st_size > 0:
        raise KeysLost(file=TILL_FILE)


def set_aside(folder: Path, clock: Clock) -> Path:
    """The journal whose key is gone makes room for a new enrolment of the same till."""
    return freeze(folder / TILL_FILE, clock.now())


def rescue_folder(folder: Path, clock: Clock, *, allow_system_keys: bool = True) -> Rescued:
    """A fresh till.db in place of a damaged one. Raises KeysLost, NotEnrolled, NoSpareEpoch, DiskFull."""
    keys = open_keys(folder, allow_system=allow_system_keys)
    require_key(folder, keys)
    key, seed = keys.get(DATABASE_KEY), keys.get(SIGNING_KEY)
    if key is None or seed is None:
        raise KeysLost(file=TILL_FILE)
    means = RescueMeans(key, signer(seed), clock, Boot.new(clock), partial(_last_seen, folder, keys))
    done = rescue(folder, means)
    _note_taken(done.frozen)
    log.warning("till.db was rescued: %d documents, lost %s", done.documents, done.lost)
    return done


def take_in_frozen(files: TillFiles, keys: KeyStore, identity: Identity, clock: Clock) -> int:
    """After an enrolment with the key that central gave back: what was left behind comes into the journal.

    How many documents. Files that no key at hand opens stay as they are.
    """
    came = 0
    for path in frozen_files(files.folder):
        if not path.with_name(path.name + _TAKEN).exists():
            came += take_in_file(files.till, path, keys, identity, clock)
    return came


def take_in_file(till: Database, path: Path, keys: KeyStore, identity: Identity, clock: Clock) -> int:
    """Another journal file of this till, by whichever key opens it; 0 where none does."""
    for name in (OLD_DATABASE_KEY, DATABASE_KEY):
        key = keys.get(name)
        found = read_documents(path, key, identity) if key else []
        if not found:
            continue
        came = take_in(till, found)
        for epoch in sorted({one.document.epoch for one in found} - {identity.epoch}):
            note_lost(till, epoch, 0, clock.now())
        _note_taken(path)
        log.warning("%d documents of %s were taken in", came, path.name)
        return came
    return 0


def _note_taken(path: Path) -> None:
    path.with_name(path.name + _TAKEN).touch()


def _last_seen(folder: Path, keys: KeyStore, identity: Identity) -> tuple[int, int] | None:
    witnesses = Anchor(anchor_path(folder), identity.till, keys).witnesses()
    return max((one.place for one in witnesses), default=None)
