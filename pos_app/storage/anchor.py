"""The anchor: a witness outside the data folder of how far the journal had come (protocol §8)."""

from __future__ import annotations

import hashlib
import logging
import os
import struct
import threading
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from platformdirs import user_state_path

from pos_app.domain.ids import TillId
from pos_app.storage.keys import KeyStore

log = logging.getLogger(__name__)

ANCHOR_HEAD: Final = "anchor-head"
"""Its name in the key store, written when a shift opens and closes."""

SLOT: Final = 512
"""Bytes: the slots lie in different sectors, so a torn write damages one of them only."""
_MARK: Final = b"quay-anchor-1\0\0\0"
_PLACE: Final = struct.Struct(">16s16sIQ32s")  # mark, till, epoch, seq, hash
_CHECKED: Final = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Witness:
    """A document that was once on the disk."""

    till: TillId
    epoch: int
    seq: int
    hash: bytes

    @property
    def place(self) -> tuple[int, int]:
        return self.epoch, self.seq

    def to_bytes(self) -> bytes:
        """The slot without its padding: the place, then its CRC-32."""
        place = _PLACE.pack(_MARK, uuid.UUID(self.till).bytes, self.epoch, self.seq, self.hash)
        return place + _CHECKED.pack(zlib.crc32(place))

    @classmethod
    def from_bytes(cls, data: bytes) -> Witness | None:
        """None for anything that is not one."""
        place, rest = data[: _PLACE.size], data[_PLACE.size : _PLACE.size + _CHECKED.size]
        if len(rest) < _CHECKED.size or _CHECKED.unpack(rest)[0] != zlib.crc32(place):
            return None
        mark, till, epoch, seq, hash_ = _PLACE.unpack(place)
        return cls(TillId(str(uuid.UUID(bytes=till))), epoch, seq, hash_) if mark == _MARK else None


def anchor_path(folder: Path) -> Path:
    """Where the anchor of this data folder lies: with the user's state, where no copy of the folder goes."""
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    return user_state_path("quay-anchor", appauthor=False) / f"{name}.anchor"


def forget(folder: Path, keys: KeyStore) -> None:
    """This folder has just become a till: what lies here is of another life, perhaps of another central."""
    anchor_path(folder).unlink(missing_ok=True)
    keys.set(ANCHOR_HEAD, b"")


class Anchor:
    """Two alternating slots in a small file, synced after each commit; never written backwards.

    What cannot be written is logged and given up: the sale stands, and a missing anchor is noticed.
    """

    def __init__(self, path: Path, till: TillId, keys: KeyStore) -> None:
        self._path = path
        self._till = till
        self._keys = keys
        self._lock = threading.Lock()
        self._slots = _read(path)
        self._handle: int | None = None

    def witnesses(self) -> Sequence[Witness]:
        """What file and key store say of this till; nothing where they are missing, damaged or another's."""
        found = [*self._slots, Witness.from_bytes(self._keys.get(ANCHOR_HEAD) or b"")]
        return [one for one in found if one is not None and one.till == self._till]

    def is_known(self) -> bool:
        """Whether the file has something to say of this till; the key store's head alone is too old."""
        return any(one is not None and one.till == self._till for one in self._slots)

    def advance(self, epoch: int, seq: int, hash_: bytes) -> None:
        """After each commit. A head below the newest that was ever seen leaves it as it is."""
        with self._lock:
            newest = max((one.place for one in self._own()), default=(0, 0))
            if (epoch, seq) > newest:
                self._write(Witness(self._till, epoch, seq, hash_))

    def keep_head(self) -> None:
        """Into the key store, which is in no copy of any folder: when a shift opens and closes."""
        newest = max(self._own(), key=lambda one: one.place, default=None)
        if newest is None:
            return
        try:
            self._keys.set(ANCHOR_HEAD, newest.to_bytes())
        except Exception:
            # the key store is the system's and may fail in any way; the document it is about is committed
            log.exception("the head cannot be kept in the key store")

    def rebuild(self, epoch: int, seq: int, hash_: bytes) -> None:
        """Central has confirmed this head: both slots start from it, and so does the key store."""
        with self._lock:
            self._slots = [None, None]
            self._write(Witness(self._till, epoch, seq, hash_))
            self._write(Witness(self._till, epoch, seq, hash_))
        self.keep_head()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._handle is not None:
                os.close(self._handle)
                self._handle = None

    def _own(self) -> list[Witness]:
        return [one for one in self._slots if one is not None and one.till == self._till]

    def _write(self, witness: Witness) -> None:
        """Over the older slot: the newer one stays whole whatever happens now."""
        ages = [(0, 0) if one is None or one.till != self._till else one.place for one in self._slots]
        slot = ages.index(min(ages))
        try:
            if self._handle is None:
                self._handle = _opened(self._path)
            os.lseek(self._handle, slot * SLOT, os.SEEK_SET)
            os.write(self._handle, witness.to_bytes().ljust(SLOT, b"\0"))
            _synced(self._handle)
        except OSError as error:
            log.warning("the anchor cannot be written: %s", error)
            return
        self._slots[slot] = witness


def _read(path: Path) -> list[Witness | None]:
    try:
        data = path.read_bytes()
    except OSError:
        return [None, None]
    return [Witness.from_bytes(data[start : start + SLOT]) for start in (0, SLOT)]


def _opened(path: Path) -> int:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    if os.fstat(handle).st_size < 2 * SLOT:
        os.ftruncate(handle, 2 * SLOT)
        os.fsync(handle)  # from now on its size never changes: writing the data alone is enough
    return handle


def _synced(handle: int) -> None:
    sync = getattr(os, "fdatasync", os.fsync)  # Windows and macOS have no fdatasync
    sync(handle)
