#!/usr/bin/env python3
"""Checks an exported journal with nothing of Quầy: python check_journal.py JOURNAL KEYS

JOURNAL: `quay journal export`, one JSON object a line. KEYS: `quay-central report keys`.
Needs Python 3.11 and `cryptography`. Every document must follow the one before it (SHA-256), be signed by its
till (Ed25519), and say of itself what stands beside it; private parts must be the ones that were sealed in.
"""

from __future__ import annotations

import hashlib
import json
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def is_signed(keys: list[str], digest: bytes, signature: bytes) -> bool:
    """By any key that this till has had in this epoch."""
    for key in keys:
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, b"quay-sig-1\0" + digest)
        except InvalidSignature:
            continue
        return True
    return False


def first_link(till: str, epoch: int, nonce: str) -> bytes:
    """What the first document of an epoch follows."""
    return hashlib.sha256(uuid.UUID(till).bytes + epoch.to_bytes(4, "big") + bytes.fromhex(nonce)).digest()


def faults(line: dict[str, Any], place: dict[str, Any], before: bytes | None) -> Iterator[str]:
    """`before`: the hash that this document must follow; None when the one before it is not in the file."""
    body = line["body"].encode()
    said = json.loads(body)
    previous = bytes.fromhex(said["prev_hash"])
    digest = hashlib.sha256(b"quay-doc-1\0" + previous + body).digest()
    if digest.hex() != line["hash"]:
        yield "hash_mismatch"
    if any(said[name] != line[name] for name in ("till", "epoch", "seq", "doc_id")):
        yield "item_disagrees"
    if before is not None and previous != before:
        yield "broken_link"
    if not is_signed(place["public_keys"], digest, bytes.fromhex(line["signature"])):
        yield "bad_signature"
    if "private" in line:
        part = b"quay-priv-1\0" + bytes.fromhex(line["salt"]) + line["private"].encode()
        if hashlib.sha256(part).hexdigest() != said.get("private_hash"):
            yield "private_mismatch"


def check(journal: Path, keys: dict[str, dict[str, Any]]) -> Iterator[str]:
    """One line for each thing that does not hold; a journal may begin late (pruned), but has no holes."""
    newest: dict[str, tuple[int, bytes]] = {}
    for text in journal.read_text("utf-8").splitlines():
        line = json.loads(text)
        name = f"{line['till']}/{line['epoch']}"
        place = keys.get(name, {"public_keys": [], "nonce": ""})
        before = None
        if name in newest:
            seq, before = newest[name]
            if line["seq"] != seq + 1:
                yield f"{name}/{line['seq']}: gap after {seq}"
                before = None
        elif line["seq"] == 1 and place["nonce"]:
            before = first_link(line["till"], line["epoch"], place["nonce"])
        for fault in faults(line, place, before):
            yield f"{name}/{line['seq']}: {fault}"
        newest[name] = line["seq"], bytes.fromhex(line["hash"])
    for name, (seq, digest) in newest.items():
        sys.stderr.write(f"{name}: through {seq}, hash {digest.hex()}\n")


def main() -> int:
    """0 when everything holds, 1 when something does not."""
    found = list(check(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))))
    sys.stdout.write("".join(f"{one}\n" for one in found) or "whole\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
