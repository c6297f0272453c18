"""Printers that speak ESC/POS: a document's image as raster bands, the cut, the pulse for the drawer."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from PIL import Image

from pos_app.domain.errors import PrinterBroken, PrinterUnreachable
from printing.printer_status import NOTHING_WRONG, Status
from printing.raster import WIDE

BAND: Final = 256
"""Rows a GS v 0 command: cheap printers hold little more."""

_CONNECT: Final = 3.0
_GRACE: Final = 10.0
_SLOWEST: Final = 250  # rows a second, about 30 mm
_CLOSING: Final = 0.5
_NEGATIVE: Final = bytes(255 - value for value in range(256))

Told = Callable[[], None]


def _nothing() -> None:
    """Nobody wants to know."""


class Device(Protocol):
    """A printer as the worker sees it; `width` in dots."""

    @property
    def width(self) -> int: ...

    @property
    def name(self) -> str: ...

    def print(
        self, image: Image.Image, *, cut: bool = True, drawer: bool = False, before_drawer: Told = _nothing
    ) -> None:
        """`before_drawer` is called once the printer listens, right before the pulse goes out.

        Raises PrinterUnreachable when nothing was sent, PrinterBroken when something was.
        """


def commands(image: Image.Image, *, cut: bool, drawer: bool) -> Iterator[bytes]:
    """The bytes of one paper, in pieces; the drawer first, so that it opens while the paper runs.

    An image of height 0 is no paper at all: only the pulse goes out.
    """
    from escpos.printer import Dummy  # takes 0.3 s, and only a till that prints needs it

    script = Dummy()
    script.hw("INIT")
    if drawer:
        script.cashdraw(2)
    yield script.output
    for top in range(0, image.height, BAND):
        yield _band(image.crop((0, top, image.width, min(top + BAND, image.height))))
    if cut:
        script.clear()
        script.cut()
        yield script.output


def _band(image: Image.Image) -> bytes:
    """GS v 0: rows of bits, 1 = black; `image` of mode "1", a multiple of 8 wide.

    Built here because escpos' own way writes to stdout. The bytes are turned, not the picture: Pillow keeps
    white as 1 or as 255, and its own inversion takes the former for black.
    """
    across = (image.width + 7) // 8
    rows = image.tobytes().translate(_NEGATIVE)
    return b"\x1dv0\x00" + across.to_bytes(2, "little") + image.height.to_bytes(2, "little") + rows


class NetworkPrinter:
    """A printer behind a TCP port (9100). `timeout` in seconds for connecting and for each answer."""

    def __init__(self, host: str, port: int = 9100, timeout: float = _CONNECT, width: int = WIDE) -> None:
        self.width = width
        self.name = f"{host}:{port}"
        self._address = (host, port)
        self._timeout = timeout
        self._status = Status()

    def print(
        self, image: Image.Image, *, cut: bool = True, drawer: bool = False, before_drawer: Told = _nothing
    ) -> None:
        """Sends one paper and waits until the printer has taken it, as far as it tells.

        The whole job has a deadline that grows with the paper's length. Raises PrinterUnreachable,
        PrinterBroken.
        """
        pieces = commands(image, cut=cut, drawer=drawer)
        with self._connected() as connection:
            self._ask_before(connection)
            if drawer:
                before_drawer()
            deadline = time.monotonic() + _GRACE + image.height / _SLOWEST
            try:
                for piece in pieces:
                    self._send(connection, piece, deadline)
                trouble = self._status.after(connection, deadline)
                self._close(connection)
            except TimeoutError as error:
                raise PrinterBroken(device=self.name, reason="timeout") from error
            except OSError as error:
                raise PrinterBroken(device=self.name, reason="connection_lost") from error
        if trouble != NOTHING_WRONG:
            raise PrinterBroken(device=self.name, reason=trouble)

    def _connected(self) -> socket.socket:
        try:
            connection = socket.create_connection(self._address, timeout=self._timeout)
        except socket.gaierror as error:
            raise PrinterUnreachable(device=self.name, reason="unknown_host") from error
        except TimeoutError as error:
            raise PrinterUnreachable(device=self.name, reason="timeout") from error
        except OSError as error:
            raise PrinterUnreachable(device=self.name, reason="refused") from error
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        return connection

    def _ask_before(self, connection: socket.socket) -> None:
        """Paper out or lid open is known before the first dot, so nothing is in doubt."""
        try:
            trouble = self._status.before(connection)
        except OSError as error:
            raise PrinterUnreachable(device=self.name, reason="refused") from error
        if trouble != NOTHING_WRONG:
            raise PrinterUnreachable(device=self.name, reason=trouble)

    def _send(self, connection: socket.socket, piece: bytes, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        connection.settimeout(left)
        connection.sendall(piece)

    def _close(self, connection: socket.socket) -> None:
        """Waits a moment for the other end: a printer that died with bytes unread resets here."""
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(_CLOSING)
        try:
            while connection.recv(256):
                pass
        except TimeoutError:
            return  # most printers simply keep the line open


class FilePrinter:
    """Appends the raw bytes to a file or a device node; `pictures` also gets a PNG of every paper."""

    def __init__(self, path: Path, pictures: Path | None = None, width: int = WIDE) -> None:
        self.width = width
        self.name = str(path)
        self._path = path
        self._pictures = pictures

    def print(
        self, image: Image.Image, *, cut: bool = True, drawer: bool = False, before_drawer: Told = _nothing
    ) -> None:
        """Raises PrinterUnreachable, PrinterBroken."""
        try:
            out = self._path.open("ab")
        except OSError as error:
            raise PrinterUnreachable(device=self.name, reason="not_a_file") from error
        with out:
            if drawer:
                before_drawer()
            self._write(out, image, cut, drawer)
        if self._pictures is not None and image.height:
            self._keep_picture(self._pictures, image)

    def _write(self, out: BinaryIO, image: Image.Image, cut: bool, drawer: bool) -> None:
        try:
            for piece in commands(image, cut=cut, drawer=drawer):
                out.write(piece)
            out.flush()
        except OSError as error:
            raise PrinterBroken(device=self.name, reason="connection_lost") from error

    def _keep_picture(self, folder: Path, image: Image.Image) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        number = 1 + sum(1 for _ in folder.glob("print-*.png"))
        image.save(folder / f"print-{number:04}.png", "PNG")


class NoPrinter:
    """A till without a printer: every paper is done at once, none comes out."""

    width = WIDE
    name = "none"

    def print(
        self, image: Image.Image, *, cut: bool = True, drawer: bool = False, before_drawer: Told = _nothing
    ) -> None:
        """Does nothing."""
