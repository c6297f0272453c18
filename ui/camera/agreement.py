"""Which reading of a moving picture is believed: a QR at once, stripes when two frames say the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pos_app.scanning.decode import Decoded

CORRECTED: Final = ("QR", "DATAMATRIX", "AZTEC", "PDF417")
"""These carry error correction of their own; stripes have one check digit at best."""
REMEMBERED: Final = 3
"""Frames with something in them that a second reading may lie back; a blurred one in between is no harm."""


class Agreement:
    """Feed what each frame shows; frames without any code do not count."""

    def __init__(self) -> None:
        self._before: list[tuple[Decoded, ...]] = []

    def add(self, found: Sequence[Decoded]) -> str | None:
        """The text that is now believed, if any."""
        for one in found:
            if one.symbology in CORRECTED or any(one in frame for frame in self._before):
                return one.text
        if found:
            self._before = [*self._before, tuple(found)][-REMEMBERED:]
        return None
