"""Printers that speak ESC/POS: a document's image as raster bands, the cut, the pulse for the drawer."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from PIL import Image

from pos_app.domain.errors import PrinterBroken, PrinterUnreachable
from printing.cable import Cable, Plug
from printing.network_cable import CONNECT, NetworkPlug
from printing.printer_status import NOTHING_WRONG, SILENT, Status
from printing.raster import WIDE

BAND: Final = 256
"""Rows a GS v 0 command: cheap printers hold little more."""

_GRACE: Final = 10.0
_SLOWEST: Final = 250  # rows a second, about 30 mm
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


class CablePrinter:
    """A printer at the end of a line that carries bytes both ways: network, serial, USB, device node.

    `grace` in seconds: how much longer than it must a paper may take.
    """

    def __init__(self, plug: Plug, width: int = WIDE, *, grace: float = _GRACE) -> None:
        self.width = width
        self.name = plug.name
        self._plug = plug
        self._grace = grace
        self._status = Status(must_answer=plug.must_answer)

    def print(
        self, image: Image.Image, *, cut: bool = True, drawer: bool = False, before_drawer: Told = _nothing
    ) -> None:
        """Sends one paper and waits until the printer has taken it, as far as it tells.

        The whole job has a deadline that grows with the paper's length and the line's slowness. Raises
        PrinterUnreachable, PrinterBroken.
        """
        pieces = commands(image, cut=cut, drawer=drawer)
        with self._plug.open() as cable:
            self._ask_before(cable)
            if drawer:
                before_drawer()
            deadline = time.monotonic() + self._patience(image)
            try:
                for piece in pieces:
                    cable.send(piece, deadline)
                trouble = self._status.after(cable, deadline)
                if trouble == NOTHING_WRONG:
                    cable.finish(deadline)
            except TimeoutError as error:
                raise PrinterBroken(device=self.name, reason="timeout") from error
            except OSError as error:
                raise PrinterBroken(device=self.name, reason=_broken(error)) from error
        if trouble != NOTHING_WRONG:
            raise PrinterBroken(device=self.name, reason=trouble)

    def _patience(self, image: Image.Image) -> float:
        """Seconds for one paper."""
        size = (image.width + 7) // 8 * image.height
        return self._grace + image.height / _SLOWEST + size / self._plug.slowest

    def _ask_before(self, cable: Cable) -> None:
        """Paper out or lid open is known before the first dot, so nothing is in doubt."""
        try:
            trouble = self._status.before(cable)
        except TimeoutError as error:
            raise PrinterUnreachable(device=self.name, reason=SILENT) from error
        except OSError as error:
            raise PrinterUnreachable(device=self.name, reason="refused") from error
        if trouble != NOTHING_WRONG:
            raise PrinterUnreachable(device=self.name, reason=trouble)


def _broken(error: OSError) -> str:
    return "paper_out" if error.errno == errno.ENOSPC else "connection_lost"


class NetworkPrinter(CablePrinter):
    """A printer behind a TCP port (9100). `timeout` in seconds for connecting."""

    def __init__(self, host: str, port: int = 9100, timeout: float = CONNECT, width: int = WIDE) -> None:
        super().__init__(NetworkPlug(host, port, timeout), width)


class FilePrinter:
    """Appends the raw bytes to a file; `pictures` also gets a PNG of every paper."""

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
            raise PrinterBroken(device=self.name, reason=_broken(error)) from error

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
