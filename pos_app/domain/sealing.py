"""Sealing: HPKE boxes that only the holder of an X25519 key opens (protocol, introduction; RFC 9180)."""

from __future__ import annotations

from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from pos_app.domain.errors import SealRefused
from pos_app.domain.ids import TillId, uuid_bytes

Purpose = Literal["database-key", "phone-key", "pin", "export"]

OVERHEAD = 48
"""Bytes a box is longer than its content: encapsulated key 32, tag 16."""

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def seal(content: bytes, public_key: bytes, purpose: Purpose, till: TillId) -> bytes:
    """A box for the holder of the private half: enc(32), ciphertext, tag(16)."""
    return _SUITE.encrypt(content, X25519PublicKey.from_public_bytes(public_key), _info(purpose, till))


def open_box(box: bytes, private_key: bytes, purpose: Purpose, till: TillId) -> bytes:
    """What is in a box. Raises SealRefused (`purpose`) for another key, purpose or till, or changed bytes."""
    try:
        return _SUITE.decrypt(box, X25519PrivateKey.from_private_bytes(private_key), _info(purpose, till))
    except InvalidTag as error:
        raise SealRefused(purpose=purpose) from error


def _info(purpose: Purpose, till: TillId) -> bytes:
    return b"quay-seal-1\0" + purpose.encode("ascii") + b"\0" + uuid_bytes(till)
