"""A file of nothing that keeps room free: given up when the disk is full, so that the shift can close."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

NAME: Final = "reserve.bin"
SIZE: Final = 16 << 20
_FREE_AT_LEAST: Final = 4 * SIZE
_BLOCK: Final = 1 << 20


class Reserve:
    """`hold` it while there is room, `free` it once when a commit has failed for lack of it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    @property
    def is_held(self) -> bool:
        return self._path.exists()

    def hold(self) -> bool:
        """Take the room again when the disk has plenty; False when it has not."""
        if self.is_held:
            return True
        draft = self._path.with_suffix(".new")
        try:
            if shutil.disk_usage(self._path.parent).free < _FREE_AT_LEAST:
                return False
            with draft.open("wb") as file:
                for _ in range(SIZE // _BLOCK):
                    file.write(os.urandom(_BLOCK))  # a file system that packs zeros would keep no room
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._path)
        except OSError:
            draft.unlink(missing_ok=True)
            return False
        return True

    def free(self) -> bool:
        """Give the room up; False when it was given up before."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True
