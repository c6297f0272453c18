"""Small shared libraries of tests, compiled once each and put before a program's own calls to the system."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

SHIM = Path(__file__).parent / "shim"


def compiled(name: str) -> Path:
    """The library made of `shim/NAME.c`, for LD_PRELOAD. RuntimeError where there is no C compiler."""
    source = SHIM / f"{name}.c"
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise RuntimeError("a C compiler is needed: apt-get install gcc libc6-dev")
    mark = hashlib.sha256(source.read_bytes()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"quay-shim-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    library = folder / f"{name}-{mark}.so"
    if not library.exists():
        fresh = folder / f"{name}-{mark}.{os.getpid()}"
        command = [
            compiler,
            "-shared",
            "-fPIC",
            "-O2",
            "-Wall",
            "-o",
            str(fresh),
            str(source),
            "-ldl",
            "-lpthread",
        ]
        subprocess.run(command, check=True, capture_output=True, text=True)
        fresh.replace(library)
    return library
