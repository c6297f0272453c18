"""Why a port of the machine cannot be opened, as a reason of PrinterUnreachable."""

from __future__ import annotations

import errno
from typing import Final

try:
    from termios import error as _terminal_error
except ImportError:  # Windows
    PORT_ERRORS: tuple[type[Exception], ...] = (OSError,)
else:
    PORT_ERRORS = (OSError, _terminal_error)  # pyserial lets the latter through when a port is pulled out

_REASONS: Final = {
    errno.ENOENT: "not_connected",
    errno.ENODEV: "not_connected",
    errno.ENXIO: "not_connected",
    errno.EIO: "not_connected",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.EBUSY: "busy",
    errno.EAGAIN: "busy",
    errno.EWOULDBLOCK: "busy",
    errno.ENOSPC: "paper_out",  # what the kernel's printer driver says
}


def reason_of(error: Exception) -> str:
    """not_connected, no_permission, busy, paper_out; `refused` for anything else."""
    if isinstance(error, FileNotFoundError):
        return "not_connected"
    number = getattr(error, "errno", None)
    return _REASONS.get(number, "refused") if isinstance(number, int) else "refused"
