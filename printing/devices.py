"""Opens the printer that the settings name by its address."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from printing.escpos_printer import CablePrinter, Device, FilePrinter, NetworkPrinter, NoPrinter
from printing.raster import NARROW, WIDE
from printing.serial_cable import BAUD, FLOWS, SerialPlug
from printing.spooler import SpoolerPrinter
from printing.usb_cable import UsbAddress, UsbPlug

_PORT: Final = 9100
_USB: Final = re.compile(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})")
_QUEUE: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,126}")
Options = dict[str, str]


def open_device(url: str) -> Device:
    """The printer at an address; nothing is contacted yet. ValueError for any other address.

    tcp://host[:9100]
    usb://04b8:0e15[?serial=…&out=0x01&in=0x82]
    serial:///dev/ttyUSB0[?baud=19200&flow=none|rtscts|xonxoff&status=no], serial://COM3
    cups://queue
    file:///dev/usb/lp0, file:///path[?png=folder]
    none; and `width=384` in any of them for 58 mm paper.
    """
    if url in ("", "none"):
        return NoPrinter()
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    width = int(options.get("width", WIDE))
    if width not in (WIDE, NARROW):
        raise ValueError(f"paper is {WIDE} or {NARROW} dots wide: {url}")
    device = _opened(parts, options, width)
    if device is None:
        raise ValueError(f"not a printer's address: {url}")
    return device


def _opened(parts: SplitResult, options: Options, width: int) -> Device | None:
    path = unquote(parts.path)
    match parts.scheme:
        case "tcp" if parts.hostname:
            return NetworkPrinter(parts.hostname, parts.port or _PORT, width=width)
        case "usb" if found := _USB.fullmatch(parts.netloc):
            return CablePrinter(UsbPlug(_usb(found, options)), width)
        case "serial" if path.strip("/") or parts.netloc:
            return CablePrinter(_serial(path if path.strip("/") else parts.netloc, options), width)
        case "cups" if _QUEUE.fullmatch(parts.netloc):
            return SpoolerPrinter(parts.netloc, width)
        case "file" if path:
            return _file(Path(path), options, width)
        case _:
            return None


def _usb(found: re.Match[str], options: Options) -> UsbAddress:
    return UsbAddress(
        vendor=int(found.group(1), 16),
        product=int(found.group(2), 16),
        serial=options.get("serial"),
        out_endpoint=int(options["out"], 0) if "out" in options else None,
        in_endpoint=int(options["in"], 0) if "in" in options else None,
    )


def _serial(port: str, options: Options) -> SerialPlug:
    flow = options.get("flow", "none")
    if flow not in FLOWS:
        raise ValueError(f"not a printer's address: flow is one of {', '.join(FLOWS)}")
    baud = int(options.get("baud", BAUD))
    return SerialPlug(port, baud, flow, must_answer=options.get("status", "yes") != "no")


def _file(path: Path, options: Options, width: int) -> Device:
    if path.is_char_device() or path.is_relative_to("/dev"):
        from printing.node_cable import NodePlug  # only where devices are files

        return CablePrinter(NodePlug(path), width)
    pictures = Path(options["png"]) if "png" in options else None
    return FilePrinter(path, pictures, width)
