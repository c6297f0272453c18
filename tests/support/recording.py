"""A program run with every file operation of a folder recorded, and the record read back as operations."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.compiled import compiled

ROOT = Path(__file__).resolve().parents[2]
_HEAD = struct.Struct("=cIQQ")


@dataclass(frozen=True, slots=True)
class Operation:
    """One entry of shim/recorder.c.

    `kind`: open, write, truncate (offset = size), sync, unlink, rename, said. `file` numbers the opened
    descriptors from 1; `data` is what was written, or paths.
    """

    kind: str
    file: int
    offset: int
    data: bytes


_KINDS = {
    b"O": "open", b"W": "write", b"T": "truncate", b"S": "sync",
    b"U": "unlink", b"R": "rename", b"A": "said",
}  # fmt: skip


def record(
    module: str, arguments: Sequence[str], folder: Path, trace: Path, enough: Callable[[str], bool]
) -> None:
    """Run `python -m MODULE ARGUMENTS` on a folder until `enough` of its lines were read, then kill it."""
    environment = os.environ | {
        "LD_PRELOAD": str(compiled("recorder")),
        "QUAY_TRACE_ROOT": str(folder),
        "QUAY_TRACE_FILE": str(trace),
    }
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if enough(line):
                break
        else:
            raise AssertionError(f"{module} ended by itself with {child.wait()}")
        child.kill()


def operations(trace: Path) -> Iterator[Operation]:
    """The record in its order; a last entry that was cut off by the kill is left out."""
    content = trace.read_bytes()
    at = 0
    while at + _HEAD.size <= len(content):
        kind, file, offset, length = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        inside = 0 if kind in (b"T", b"S") else length
        if at + inside > len(content):
            return
        yield Operation(_KINDS[kind], file, offset, content[at : at + inside])
        at += inside
