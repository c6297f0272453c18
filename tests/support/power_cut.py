"""What a disk may hold after a power cut: synced content and some of what was written since (faults 1 to 3).

A file's unsynced operations are lost, kept, kept up to one, kept at random, or one of them is torn at 512
bytes. Names of files are durable at once, or (mode `names`) only as of the last sync of their folder.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.support.recording import Operation

MODES: Final = ("none", "all", "prefix", "subset", "torn", "names")
SECTOR: Final = 512


@dataclass
class _Content:
    """One file's bytes, whatever its name."""

    synced: bytearray
    unsynced: list[Operation] = field(default_factory=list)

    def sync(self) -> None:
        _apply(self.synced, self.unsynced)
        self.unsynced = []

    def after_cut(self, mode: str, dice: random.Random) -> bytes:
        left = bytearray(self.synced)
        _apply(left, _survivors(self.unsynced, mode, dice))
        return bytes(left)


class Disk:
    """Replays operations on a folder's content; `after_cut` is the folder as the next start finds it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = {path: _Content(bytearray(path.read_bytes())) for path in _files(folder)}
        self._durable_names = dict(self._names)
        self._opened: dict[int, Path | _Content] = {}
        self.said: list[str] = []
        self._half_said = ""

    def take(self, operation: Operation) -> None:
        """One more operation has happened."""
        getattr(self, f"_{operation.kind}")(operation)

    def after_cut(self, mode: str, dice: random.Random) -> Iterator[tuple[Path, bytes]]:
        """Every file (path below the folder) with what is left of it."""
        names = self._durable_names if mode == "names" else self._names
        of_content = dice.choice(MODES[:-1]) if mode == "names" else mode
        for path, content in names.items():
            yield path.relative_to(self._folder), content.after_cut(of_content, dice)

    # --- one method a kind of operation ---------------------------------------------------------
    def _open(self, operation: Operation) -> None:
        path = Path(operation.data.decode())
        if path.is_dir() or path == self._folder:
            self._opened[operation.file] = path
            return
        self._opened[operation.file] = self._names.setdefault(path, _Content(bytearray()))

    def _write(self, operation: Operation) -> None:
        content = self._opened[operation.file]
        assert isinstance(content, _Content)
        content.unsynced.append(operation)

    _truncate = _write

    def _sync(self, operation: Operation) -> None:
        opened = self._opened[operation.file]
        if isinstance(opened, _Content):
            opened.sync()
            return
        kept = {path: content for path, content in self._durable_names.items() if path.parent != opened}
        self._durable_names = kept | {
            path: content for path, content in self._names.items() if path.parent == opened
        }

    def _unlink(self, operation: Operation) -> None:
        self._names.pop(Path(operation.data.decode()), None)

    def _rename(self, operation: Operation) -> None:
        old, new = (Path(name.decode()) for name in operation.data.split(b"\0"))
        self._names[new] = self._names.pop(old)

    def _said(self, operation: Operation) -> None:
        text = self._half_said + operation.data.decode()
        *whole, self._half_said = text.split("\n")
        self.said += whole


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.name.endswith("-shm")]


def _apply(content: bytearray, operations: Iterable[Operation]) -> None:
    for one in operations:
        end = one.offset + len(one.data)
        if one.kind == "truncate":
            del content[one.offset :]
        if len(content) < end:
            content.extend(bytes(end - len(content)))
        content[one.offset : end] = one.data


def _survivors(unsynced: list[Operation], mode: str, dice: random.Random) -> list[Operation]:
    if mode == "none" or not unsynced:
        return []
    if mode == "all":
        return unsynced
    if mode == "subset":
        return [one for one in unsynced if dice.random() < 0.5]
    kept = dice.randrange(len(unsynced) + (mode == "prefix"))
    if mode == "prefix":
        return unsynced[:kept]
    torn = unsynced[kept]
    sectors = dice.randint(0, len(torn.data) // SECTOR)
    cut = Operation(torn.kind, torn.file, torn.offset, torn.data[: sectors * SECTOR])
    return [*unsynced[:kept], *([cut] if torn.kind == "write" else [])]
