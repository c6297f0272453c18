"""Ed25519 in two functions: what signs, and whether a signature holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

Sign = Callable[[bytes], bytes]
"""Gives the 64-byte Ed25519 signature of a message. The key itself stays where it is kept."""

PUBLIC_KEY_BYTES = 32
SIGNATURE_BYTES = 64


def signer(private_seed: bytes) -> Sign:
    """What signs with the 32-byte private seed."""
    return Ed25519PrivateKey.from_private_bytes(private_seed).sign


def public_key_of(private_seed: bytes) -> bytes:
    """The 32-byte public key that belongs to a private seed."""
    return Ed25519PrivateKey.from_private_bytes(private_seed).public_key().public_bytes_raw()


def verifies(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature over the message is this key's. Bytes of a wrong length verify nothing."""
    if len(public_key) != PUBLIC_KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def verifies_under_any(public_keys: Iterable[bytes], signature: bytes, message: bytes) -> bool:
    """Whether one of the keys verifies: a till's document holds under any key it ever had (protocol §4.7)."""
    return any(verifies(key, signature, message) for key in public_keys)
