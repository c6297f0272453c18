"""Key pairs under way to be this till's own: that they are only once its new identity is saved."""

from __future__ import annotations

import secrets
from typing import Final, Protocol

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from pos_app.domain.signing import public_key_of
from pos_app.storage.identity import Identity
from pos_app.storage.keys import FORMER_SEAL_KEY, SEAL_KEY, SIGNING_KEY

NEW_SIGNING_KEY: Final = "new-signing-key"
NEW_SEAL_KEY: Final = "new-seal-key"
"""A repeated attempt with the same code must bring the same keys."""


class Secrets(Protocol):
    """The part of a key store that is needed here."""

    def get(self, name: str) -> bytes | None: ...

    def set(self, name: str, value: bytes) -> None: ...


def new_keys(store: Secrets) -> tuple[bytes, bytes]:
    """The private halves, signing and sealing, that an enrolment or a rotation offers; made once."""
    signing, sealing = (_made_once(store, name) for name in (NEW_SIGNING_KEY, NEW_SEAL_KEY))
    return signing, sealing


def _made_once(store: Secrets, name: str) -> bytes:
    key = store.get(name)
    if not key:
        key = secrets.token_bytes(32)
        store.set(name, key)
    return key


def promote(store: Secrets) -> None:
    """The identity is saved: from now on these keys sign and open; the next enrolment makes new ones."""
    for new, name in ((NEW_SEAL_KEY, SEAL_KEY), (NEW_SIGNING_KEY, SIGNING_KEY)):
        key = store.get(new)
        if key:
            _keep_former(store, name, key)
            store.set(name, key)
    for new in (NEW_SEAL_KEY, NEW_SIGNING_KEY):
        store.set(new, b"")


def _keep_former(store: Secrets, name: str, new: bytes) -> None:
    """What central has sealed to the seal key before opens until it is sealed anew, at the next contact."""
    held = store.get(name)
    if name == SEAL_KEY and held and held != new:
        store.set(FORMER_SEAL_KEY, held)


def seal_public_of(sealing: bytes) -> bytes:
    """The public half of a sealing key."""
    return X25519PrivateKey.from_private_bytes(sealing).public_key().public_bytes_raw()


def settle(store: Secrets, identity: Identity) -> None:
    """At a start: the program may have ended after a new identity was saved and before its keys were."""
    signing = store.get(NEW_SIGNING_KEY)
    if signing and public_key_of(signing).hex() == identity.public_key:
        promote(store)
