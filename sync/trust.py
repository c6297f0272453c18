"""What the till believes of central's signed objects: the keyset by the root key, the rest by the keyset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from pos_app.domain.errors import DocumentRefused
from pos_app.domain.signed_object import ObjectName, verify_object
from pos_app.storage.identity import Identity
from sync.messages import Keyset


def keyset_holds(keyset: Mapping[str, Any], root_public_key: bytes, least_version: int) -> bool:
    """Signed by the tenant's root, well-formed, and not older than the one that is held."""
    try:
        read = Keyset.model_validate(dict(keyset))
        return read.version >= least_version and verify_object("keyset", keyset, root_public_key)
    except (ValidationError, DocumentRefused):
        return False


def signed_by(keyset: Mapping[str, Any], kind: str, name: ObjectName, value: Mapping[str, Any]) -> bool:
    """Whether a key of this type in a keyset that holds has signed the object."""
    try:
        return any(
            kind in key.types
            and key.revoked_at is None
            and verify_object(name, value, bytes.fromhex(key.public))
            for key in Keyset.model_validate(dict(keyset)).keys
        )
    except (ValidationError, DocumentRefused):
        return False


def revocation_counts(keyset: Mapping[str, Any], answer: Mapping[str, Any], identity: Identity) -> bool:
    """Whether a 403 `revoked` carries an entry for this till by a directive key (protocol §4.6).

    An entry that names an epoch is about that one alone: a till that was enrolled again lives on.
    """
    entry, signature = answer.get("entry"), answer.get("signature")
    if not isinstance(entry, dict) or not isinstance(signature, str):
        return False
    if entry.get("tenant") != identity.tenant or entry.get("till") != identity.till:
        return False
    if entry.get("epoch") not in (None, identity.epoch):
        return False
    return signed_by(keyset, "directive", "entry", {**entry, "signature": signature})
