"""Cuts what a scanner sends over a serial line into codes; no port, no Qt, no clock of its own."""

from __future__ import annotations

from typing import Final

LONGEST: Final = 4096
"""Bytes of one code; a QR holds 2953. What comes beyond it is dropped up to the next end."""
MOST_AT_ONCE: Final = 4
"""More codes without a pause between them are the lines of one foreign QR (a visiting card), not scans."""
_ENDS: Final = b"\r\n\t"


class SerialCodes:
    """Codes end with CR, LF or Tab, whichever the scanner is set to; blank ones are dropped.

    Everything else is kept as it came: symbology marks ("]C1"), the group separator, blanks inside.
    """

    def __init__(self) -> None:
        self._rest = bytearray()

    @property
    def is_open(self) -> bool:
        """A code has begun and its end has not come yet."""
        return bool(self._rest)

    def feed(self, data: bytes) -> list[str]:
        """The codes that these bytes complete, in their order."""
        found: list[str] = []
        for byte in data:
            if byte in _ENDS:
                found += self._closed()
            elif len(self._rest) < LONGEST:
                self._rest.append(byte)
        return found

    def silence(self) -> list[str]:
        """The line has been quiet: a scanner that sends no end has said all."""
        return self._closed()

    def forget(self) -> None:
        """The cable was pulled out in the middle of a code."""
        self._rest.clear()

    def _closed(self) -> list[str]:
        data, self._rest = bytes(self._rest), bytearray()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("latin-1")  # what older scanners send for letters beyond ASCII
        return [text] if text.strip() else []


def as_scans(codes: list[str]) -> list[str]:
    """What came without a pause: so many scans, or the lines of one code that holds line ends itself."""
    return codes if len(codes) <= MOST_AT_ONCE else ["\n".join(codes)[:LONGEST]]
