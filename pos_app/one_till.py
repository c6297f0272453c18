"""One running till per data folder, held by a lock that the operating system frees when we die."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from pos_app.domain.errors import SecondInstance

LOCK: Final = "till.lock"
SHOW: Final = "till.show"
"""Touched by a second start: the running till watches it and comes to the front."""


class OneTill:
    """Hold the folder: `with OneTill(folder): …`. Raises SecondInstance when another program has it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.free()

    def take(self) -> None:
        """Take the lock; asks the running till to show itself when that fails."""
        file = (self._folder / LOCK).open("ab")
        try:
            _lock(file)
        except OSError as error:
            file.close()
            (self._folder / SHOW).touch()
            raise SecondInstance(folder=str(self._folder)) from error
        self._file = file

    def free(self) -> None:
        """Give the folder up; the file stays, only its lock counts."""
        if self._file is not None:
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
