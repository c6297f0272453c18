"""Opens the printer that the settings name by its address."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from printing.escpos_printer import Device, FilePrinter, NetworkPrinter, NoPrinter
from printing.raster import NARROW, WIDE

_PORT = 9100


def open_device(url: str) -> Device:
    """`tcp://host[:9100]`, `file:///path[?png=folder]` or `none`; `?width=384` for 58 mm paper.

    Nothing is contacted yet. ValueError for any other address.
    """
    if url in ("", "none"):
        return NoPrinter()
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    width = int(options.get("width", WIDE))
    if width not in (WIDE, NARROW):
        raise ValueError(f"paper is {WIDE} or {NARROW} dots wide: {url}")
    if parts.scheme == "tcp" and parts.hostname:
        return NetworkPrinter(parts.hostname, parts.port or _PORT, width=width)
    if parts.scheme == "file" and parts.path:
        pictures = Path(options["png"]) if "png" in options else None
        return FilePrinter(Path(unquote(parts.path)), pictures, width)
    raise ValueError(f"not a printer's address: {url}")
