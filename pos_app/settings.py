"""The till's configuration: a TOML file, checked once at start and frozen."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields, replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final, Literal, get_args
from urllib.parse import SplitResult, parse_qs, urlsplit

from pos_app.domain.errors import SettingsRefused

Language = Literal["vi", "en"]
Theme = Literal["light", "dark", "system"]
TextSize = Literal[100, 115, 130]
Paper = Literal[576, 384]

CONFIG_FILE: Final = "quay.toml"
PRINTER_SCHEMES: Final = ("tcp", "file", "usb", "serial", "cups")
USB_ADDRESS: Final = re.compile(r"[0-9a-fA-F]{4}:[0-9a-fA-F]{4}")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the program is told from outside; None = not set (or found at enrolment)."""

    data_dir: Path
    central_url: str | None = None
    ca_file: Path | None = None
    printer: str | None = None
    """tcp://host:9100, usb://vendor:product, serial:///dev/ttyUSB0?baud=…, cups://queue or file:///path."""
    scanner: str | None = None
    """A scanner that speaks over a serial port: "serial:///dev/ttyACM0"; keyboard scanners need nothing."""
    paper: Paper = 576
    """Printable dots: 576 (80 mm) or 384 (58 mm)."""
    language: Language = "vi"
    theme: Theme = "light"
    text_size: TextSize = 100
    """Percent; what has no room stays as it is."""
    customer_display: bool | None = None
    """The window for the customer: when there is a second screen; true = always, false = never."""
    paper_language: Language = "vi"
    """Of receipts and shift reports; the customer's, whatever the screen speaks."""
    backup_folder: Path | None = None
    """A folder on another disk for one more copy of each backup."""
    demo: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot work; raises SettingsRefused."""
        _check_url(self.central_url)
        if self.ca_file is not None and not self.ca_file.is_file():
            raise SettingsRefused(reason="bad_value", field="ca_file", value=str(self.ca_file))
        if self.printer is not None:
            _check_printer(self.printer)
        if self.scanner is not None:
            _check_scanner(self.scanner)
        _one_of("paper", self.paper, get_args(Paper))
        _one_of("language", self.language, get_args(Language))
        _one_of("paper_language", self.paper_language, get_args(Language))
        _one_of("theme", self.theme, get_args(Theme))
        _one_of("text_size", self.text_size, get_args(TextSize))
        _one_of("demo", self.demo, (True, False))
        _one_of("customer_display", self.customer_display, (None, True, False))

    def changed(self, **changes: Any) -> Settings:
        """A copy with the given fields; None leaves a field as it is (an option that was not typed)."""
        return replace(self, **{name: value for name, value in changes.items() if value is not None})


def load(data_dir: Path, config: Path | None = None) -> Settings:
    """Settings from `config`, else from quay.toml in the data folder, else the defaults.

    Raises SettingsRefused with the field at fault; an unknown field is refused, it is mostly a slip.
    """
    path = config if config is not None else data_dir / CONFIG_FILE
    if config is None and not path.exists():
        return Settings(data_dir=data_dir)
    values = _read(path)
    known = {field.name for field in fields(Settings)}
    for name in values:
        if name not in known:
            raise SettingsRefused(reason="unknown_field", field=name, value=str(path))
    for name in ("data_dir", "ca_file", "backup_folder"):
        if name in values:
            values[name] = path.parent / _text(name, values[name])
    for name in ("central_url", "printer", "scanner"):
        if name in values:
            values[name] = _text(name, values[name])
    return Settings(**{"data_dir": data_dir, **values})


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsRefused(reason="unreadable", field="", value=str(path)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsRefused(reason="not_toml", field="", value=f"{path}: {error}") from error


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise SettingsRefused(reason="bad_value", field=name, value=repr(value))
    return value


def _one_of(name: str, value: object, allowed: tuple[object, ...]) -> None:
    if value not in allowed or any(value == one and type(value) is not type(one) for one in allowed):
        raise SettingsRefused(reason="bad_value", field=name, value=repr(value))


def _check_url(url: str | None) -> None:
    """https anywhere, http to this machine only (protocol §4.4)."""
    if url is None:
        return
    refused = SettingsRefused(reason="bad_value", field="central_url", value=url)
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise refused from error
    if not host or parts.query or parts.fragment or parts.username or parts.password:
        raise refused
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise refused


def is_loopback(host: str) -> bool:
    """Whether the host is this machine: localhost or a loopback address; other names are not resolved."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _check_printer(printer: str) -> None:
    try:
        usable = _is_printer(urlsplit(printer))
    except ValueError as error:
        raise SettingsRefused(reason="bad_value", field="printer", value=printer) from error
    if not usable:
        raise SettingsRefused(reason="bad_value", field="printer", value=printer)


def _is_printer(parts: SplitResult) -> bool:
    """The shape alone; `printing.devices` opens it."""
    if parts.scheme not in PRINTER_SCHEMES:
        return False
    match parts.scheme:
        case "tcp":
            return bool(parts.hostname and parts.port)
        case "usb":
            return USB_ADDRESS.fullmatch(parts.netloc) is not None
        case "serial":
            return is_serial(parts)
        case "cups":
            return bool(parts.netloc) and not parts.path.strip("/")
        case _:
            return bool(parts.path)


def is_serial(parts: SplitResult) -> bool:
    """serial:///dev/ttyACM0 or serial://COM3, with a whole number as speed where one is given."""
    speeds = parse_qs(parts.query).get("baud", ["9600"])
    return bool(parts.path.strip("/") or parts.netloc) and all(speed.isdecimal() for speed in speeds)


def _check_scanner(scanner: str) -> None:
    try:
        parts = urlsplit(scanner)
    except ValueError as error:
        raise SettingsRefused(reason="bad_value", field="scanner", value=scanner) from error
    if parts.scheme != "serial" or not is_serial(parts):
        raise SettingsRefused(reason="bad_value", field="scanner", value=scanner)
