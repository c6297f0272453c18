"""How far the disk below a file is trusted: a failed write makes it prove itself, a second ends writing."""

from __future__ import annotations

from typing import Final

_GIVEN_UP: Final = 2


class DiskTrust:
    """Of one file, shared by everybody in this process who writes to it; a new start begins anew."""

    def __init__(self) -> None:
        self._failures = 0

    @property
    def is_doubted(self) -> bool:
        """A write has failed: what the file holds is read and proved before the next one."""
        return 0 < self._failures < _GIVEN_UP

    @property
    def is_lost(self) -> bool:
        """It failed again, or did not hold what it should: nothing is written any more."""
        return self._failures >= _GIVEN_UP

    def failed(self) -> None:
        """A write or a sync has come back with an I/O error."""
        self._failures += 1

    def held(self) -> None:
        """A commit after the doubt went well."""
        if not self.is_lost:
            self._failures = 0

    def lose(self) -> None:
        """The pages are not what was written."""
        self._failures = _GIVEN_UP
