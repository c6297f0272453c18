"""Folders for what many tests of one process copy instead of making it each for itself."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path


def made_once() -> Path:
    """A folder that is gone when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="quay-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
