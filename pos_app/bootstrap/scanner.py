"""The scanner on a serial port, where the settings name one; keyboard scanners need nothing."""

from __future__ import annotations

from pos_app.settings import Settings
from pos_app.storage.status import StatusStore
from ui.scanner.serial import SerialScanner, open_reader


def make_scanner(settings: Settings, status: StatusStore) -> SerialScanner | None:
    """Writes the status row "scanner" whenever the scanner comes or goes."""
    if settings.scanner is None:
        status.set("scanner", {"state": "none", "reason": ""})  # an earlier run may have had one
        return None

    def told(state: str, reason: str) -> None:
        status.set("scanner", {"state": state, "reason": reason})

    return SerialScanner(open_reader(settings.scanner), told)
