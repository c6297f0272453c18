"""The log file: rotating, capped in size, with PINs, tokens, phones, cards and full codes masked."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from pos_app.domain.masking import masked

FILE: Final = "quay.log"
FILE_BYTES: Final = 2 << 20
FILES_KEPT: Final = 5


class MaskingFormatter(logging.Formatter):
    """Masks the finished line, so that exceptions and arguments are covered as well."""

    def format(self, record: logging.LogRecord) -> str:
        """One line (or a traceback), masked; line breaks in messages cannot fake other entries."""
        return masked(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:
        """As the base, with line breaks of the message escaped."""
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)


def configure(folder: Path, level: int = logging.INFO) -> Callable[[], None]:
    """Log to `folder`/quay.log, at most 5 older files of 2 MiB; answers what takes the handler off again."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / FILE
    path.touch(mode=0o600, exist_ok=True)
    if os.name == "posix":
        path.chmod(0o600)
    handler = RotatingFileHandler(
        path, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(
        MaskingFormatter("%(asctime)s.%(msecs)03d %(levelname)s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")
    )
    root = logging.getLogger()
    root.addHandler(handler)
    former = root.level
    root.setLevel(level)

    def take_off() -> None:
        root.removeHandler(handler)
        root.setLevel(former)
        handler.close()

    return take_off
