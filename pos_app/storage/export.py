"""Sealed export: all unsent documents with their private parts, readable by central's key alone (§8)."""

from __future__ import annotations

import gzip
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pos_app.domain.errors import DiskTrouble, NothingToExport
from pos_app.domain.ids import TillId
from pos_app.domain.sealing import seal
from pos_app.storage.folder_sync import sync_folder
from pos_app.storage.identity import Identity
from pos_app.storage.outbox import Outbox, Outgoing

BOX_DOCUMENTS: Final = 200
BOX_BYTES: Final = 6 << 20
"""Of bodies in one box; a file has as many boxes, one a line, as it needs."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What stands in the file; `first` and `last` are (epoch, seq)."""

    path: Path
    documents: int
    first: tuple[int, int]
    last: tuple[int, int]


def export_unsent(outbox: Outbox, identity: Identity, path: Path) -> Exported:
    """Write the file and sync it. Nothing leaves the outbox: only central's answers do that.

    Raises NothingToExport, DiskTrouble (also where the till does not know the recovery key).
    """
    draft = path.with_name(path.name + ".new")
    places: list[tuple[int, int]] = []
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            while batch := outbox.unsent(BOX_DOCUMENTS, BOX_BYTES, places[-1] if places else (0, 0)):
                file.write(_sealed(batch, identity) + "\n")
                places += [(one.epoch, one.seq) for one in batch]
            file.flush()
            os.fsync(file.fileno())
        if not places:
            raise NothingToExport(file=path.name)
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise DiskTrouble(file=path.name) from error
    finally:
        draft.unlink(missing_ok=True)
    return Exported(path, len(places), places[0], places[-1])


def _sealed(batch: list[Outgoing], identity: Identity) -> str:
    if not identity.recovery_key:
        raise DiskTrouble(file="recovery-key")
    content = gzip.compress(json.dumps({"items": [_item(one) for one in batch]}).encode(), mtime=0)
    box = seal(content, bytes.fromhex(identity.recovery_key), "export", TillId(identity.till))
    return json.dumps({"tenant": identity.tenant, "till": identity.till, "box": box.hex()})


def _item(one: Outgoing) -> dict[str, object]:
    item: dict[str, object] = {
        "till": one.till,
        "epoch": one.epoch,
        "seq": one.seq,
        "doc_id": one.doc_id,
        "body": one.body.decode("utf-8"),
        "hash": one.hash.hex(),
        "signature": one.signature.hex(),
    }
    if one.private is not None and one.salt is not None:
        item |= {"private": one.private.decode("utf-8"), "salt": one.salt.hex()}
    return item
