"""The chain as every seed finds it: a seeded central and three enrolled tills, made once and copied."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from pathlib import Path
from typing import Final

from pos_app.storage.anchor import anchor_path
from tests.support.central_server import CentralServer
from tests.support.whole_till import WholeTill

TILLS: Final = (("a", 1, 1), ("b", 1, 2), ("c", 2, 1))
"""Name, store, number: two tills of one store, one of another."""


@functools.cache
def template() -> Path:
    """Folders `central`, `a`, `b`, `c`; nobody runs on them."""
    folder = Path(tempfile.mkdtemp(prefix="quay-simulation-", dir=_fast()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "central").mkdir()
    with CentralServer.seeded(folder / "central") as central:
        for name, store, number in TILLS:
            WholeTill.enrolled(folder / name, central, store, number).close()
    return folder


def lay_out(folder: Path) -> None:
    """A copy of everything, for one seed; the tills keep their anchors."""
    chain = template()
    shutil.copytree(chain, folder, dirs_exist_ok=True)
    for name, _, _ in TILLS:
        carry_anchor(chain / name, folder / name)


def carry_anchor(source: Path, target: Path) -> None:
    """The anchor of a copied data folder, which lies apart; a till without documents has none."""
    if anchor_path(source).exists():
        shutil.copyfile(anchor_path(source), anchor_path(target))


def fresh_folder() -> Path:
    """For one seed; the caller removes it."""
    return Path(tempfile.mkdtemp(prefix="quay-seed-", dir=_fast()))


def _fast() -> Path | None:
    """What is lost in a power cut is proven elsewhere: here memory is disk enough."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else None
