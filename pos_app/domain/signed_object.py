"""Signed objects: keyset, certificate and revocation entry (protocol, introduction)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pos_app.domain.canonical import canonical
from pos_app.domain.signing import Sign, verifies

ObjectName = Literal["keyset", "certificate", "entry"]


def signed_bytes(name: ObjectName, value: Mapping[str, object]) -> bytes:
    """What is signed: the object's name and the canonical JSON of the object without its `signature`."""
    bare = {key: inside for key, inside in value.items() if key != "signature"}
    return b"quay-" + name.encode("ascii") + b"-1\0" + canonical(bare)


def sign_object(name: ObjectName, value: Mapping[str, object], sign: Sign) -> dict[str, object]:
    """The object with its `signature` in hex. Raises DocumentRefused when it has no canonical form."""
    return {**value, "signature": sign(signed_bytes(name, value)).hex()}


def verify_object(name: ObjectName, value: Mapping[str, object], public_key: bytes) -> bool:
    """Whether `signature` is this key's. Raises DocumentRefused when the object has no canonical form."""
    signature = value.get("signature")
    if not isinstance(signature, str):
        return False
    try:
        raw = bytes.fromhex(signature)
    except ValueError:
        return False
    return verifies(public_key, raw, signed_bytes(name, value))
