"""Scanners that speak over a serial port (USB-COM): no keyboard, so no input method can touch a code."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, unquote, urlsplit

from PySide6.QtCore import QObject, Signal

from pos_app.scanning.serial_codes import SerialCodes, as_scans
from printing.port_trouble import PORT_ERRORS, reason_of
from ui.background import LoopThread

if TYPE_CHECKING:
    from serial import SerialBase

log = logging.getLogger(__name__)

BAUD: Final = 9600
"""What most scanners come with; those on USB take any speed."""
AGAIN_S: Final = 1.0
"""Between two tries to open a port that is not there."""
QUIET_S: Final = 0.1
"""A scanner that sends no end is done after this silence."""
LINGER_S: Final = 0.02
"""What comes this soon behind an end belongs to the same code."""
TURN_S: Final = 2.0
_PAUSE_S: Final = 0.05


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn: the codes that came, and `trouble`: "" while the scanner is there."""

    codes: tuple[str, ...]
    trouble: str


class SerialReader:
    """One turn at a time, without a thread. `again_s` seconds lie between two tries to open the port."""

    def __init__(
        self,
        port: str,
        baud: int = BAUD,
        *,
        again_s: float = AGAIN_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.port = port
        self._baud = baud
        self._again_s = again_s
        self._clock = clock
        self._open: SerialBase | None = None
        self._next_try = 0.0
        self._trouble = ""
        self._codes = SerialCodes()

    def run_once(self) -> Heard:
        """Listens for QUIET_S, or until a code is whole; looks for an unplugged scanner again, for ever."""
        if self._open is None:
            self._open = self._plugged_in()
        if self._open is None:
            return Heard((), self._trouble)
        try:
            return Heard(tuple(as_scans(self._listened(self._open))), "")
        except PORT_ERRORS:
            self._lost()
            return Heard((), self._trouble)

    def _listened(self, port: SerialBase) -> list[str]:
        codes: list[str] = []
        ends_at = self._clock() + TURN_S
        port.timeout = QUIET_S
        while (data := port.read(1)) and self._clock() < ends_at:
            codes += self._codes.feed(data + port.read(port.in_waiting))
            port.timeout = QUIET_S if self._codes.is_open else LINGER_S
        return codes + (self._codes.feed(data) if data else self._codes.silence())

    def close(self) -> None:
        """Give the port back."""
        if self._open is not None:
            self._open.close()
            self._open = None
        self._codes.forget()

    def _plugged_in(self) -> SerialBase | None:
        import serial  # only a till with such a scanner needs it

        now = self._clock()
        if now < self._next_try:
            return None
        self._next_try = now + self._again_s
        try:
            return serial.Serial(self.port, self._baud, exclusive=_exclusive(self.port))
        except PORT_ERRORS as error:
            self._trouble = reason_of(error)
        except ValueError:
            self._trouble = "bad_speed"
        return None

    def _lost(self) -> None:
        self.close()
        self._next_try = self._clock() + self._again_s
        self._trouble = "connection_lost"


class SerialScanner(QObject):
    """Listens on a thread of its own; `scanned` comes on the GUI thread.

    `set_status` hears ("ready", "") or ("trouble", reason) whenever that changes.
    """

    scanned = Signal(str)
    changed = Signal(str, str)  # state, reason

    def __init__(self, reader: SerialReader, set_status: Callable[[str, str], None]) -> None:
        super().__init__()
        self.setObjectName("serialScanner")
        self._reader = reader
        self._set_status = set_status
        self._told: str | None = None
        self._loop = LoopThread(reader.run_once, _PAUSE_S, name="scanner")
        self._loop.stepped.connect(self._heard)

    def start(self) -> None:
        self._loop.start()

    def stop(self) -> None:
        """Ends within a moment and gives the port back."""
        if self._loop.stop():
            self._reader.close()

    def _heard(self, heard: Heard) -> None:
        if heard.trouble != self._told:
            self._told = heard.trouble
            state = "trouble" if heard.trouble else "ready"
            log.info("scanner %s: %s %s", self._reader.port, state, heard.trouble)
            self._set_status(state, heard.trouble)
            self.changed.emit(state, heard.trouble)
        for code in heard.codes:
            self.scanned.emit(code)


def open_reader(address: str) -> SerialReader:
    """serial:///dev/ttyACM0[?baud=9600] or serial://COM3; nothing is opened yet. ValueError for another."""
    parts = urlsplit(address)
    port = unquote(parts.path) if parts.path.strip("/") else parts.netloc
    if parts.scheme != "serial" or not port:
        raise ValueError(f"not a scanner's address: {address}")
    return SerialReader(port, int(parse_qs(parts.query).get("baud", [str(BAUD)])[-1]))


def _exclusive(port: str) -> bool | None:
    """Two programs on one port would each get half a code; Windows sees to that itself."""
    return None if port.upper().startswith("COM") else True
