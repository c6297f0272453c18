"""Signed codes as text: written by who may sign, read and verified by everybody (protocol §7)."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from pos_app.domain import base28
from pos_app.domain.code_bodies import BODY_SIZES, code_of
from pos_app.domain.errors import CodeRefused
from pos_app.domain.ids import TenantId, uuid_bytes
from pos_app.domain.signed_codes import ReceiptCode, SignedCode
from pos_app.domain.signing import SIGNATURE_BYTES, Sign, verifies_under_any

PREFIX = "QX1"

_SIZE_OF_LENGTH = {base28.text_length(size + SIGNATURE_BYTES): size for size in BODY_SIZES}
_UPPER = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuingKey:
    """A key of the keyset: what it may sign, and when. Times are aware UTC, None = no limit."""

    key_id: int
    public: bytes
    types: frozenset[int | str]
    issue_from: datetime | None = None
    issue_to: datetime | None = None
    verify_until: datetime | None = None
    revoked_at: datetime | None = None

    def refusal_at(self, now: datetime) -> str | None:
        """Why codes of this key no longer count: `key_revoked`, `key_expired`; None when they do."""
        if self.revoked_at is not None and now >= self.revoked_at:
            return "key_revoked"
        if self.verify_until is not None and now > self.verify_until:
            return "key_expired"
        return None


class Keyring(Protocol):
    """The public keys at hand: central's from the `keyset` feed, tills' from the `tills` feed."""

    def issuing_key(self, key_id: int) -> IssuingKey | None:
        """The keyset's key of this id."""

    def till_keys(self, store: int, till_number: int, epoch: int) -> Sequence[bytes]:
        """Every key that this till ever had in this epoch; none when it is unknown here."""


@dataclass(frozen=True, slots=True)
class HeldKeys:
    """A keyring in memory."""

    issuing: Mapping[int, IssuingKey] = field(default_factory=dict)
    tills: Mapping[tuple[int, int, int], Sequence[bytes]] = field(default_factory=dict)

    def issuing_key(self, key_id: int) -> IssuingKey | None:
        """The keyset's key of this id."""
        return self.issuing.get(key_id)

    def till_keys(self, store: int, till_number: int, epoch: int) -> Sequence[bytes]:
        """Every key that this till ever had in this epoch."""
        return self.tills.get((store, till_number, epoch), ())


@dataclass(frozen=True, slots=True)
class SignedText:
    """A code taken apart, its signature not yet looked at. `body` are the bytes that were signed."""

    code: SignedCode
    body: bytes
    signature: bytes


def normalise(text: str) -> str:
    """The one text of a code: trimmed, upper case. Double-scan filters and logs work on it."""
    # not str.upper(): it would turn ſ into S and so mend what must be refused
    return text.strip().translate(_UPPER)


def message(tenant: TenantId, body: bytes) -> bytes:
    """What is signed. The tenant is not in the code: another chain's codes simply do not verify."""
    return b"QX-CODE-1\0" + uuid_bytes(tenant) + body


def encode(code: SignedCode, sign: Sign, tenant: TenantId) -> str:
    """The text to print. Raises CodeRefused: `inconsistent`, or `out_of_range` when a figure has no room."""
    if not code.is_consistent:
        raise CodeRefused(reason="inconsistent")
    body = code.body
    return PREFIX + base28.encode(body + sign(message(tenant, body)))


def decode_structure(text: str) -> SignedText:
    """Take a text apart without any key.

    Raises CodeRefused with the first of `bad_prefix, bad_character, bad_length, bad_value,
    unknown_version, unknown_type, bad_length` (for the type).
    """
    whole = normalise(text)
    if not whole.startswith(PREFIX):
        raise CodeRefused(reason="bad_prefix")
    digits = whole[len(PREFIX) :]
    base28.check_characters(digits)
    size = _SIZE_OF_LENGTH.get(len(digits))
    if size is None:
        raise CodeRefused(reason="bad_length")
    raw = base28.decode(digits, size + SIGNATURE_BYTES)
    body, signature = raw[:size], raw[size:]
    return SignedText(code_of(body), body, signature)


def verify(signed: SignedText, keyring: Keyring, tenant: TenantId) -> None:
    """Raise CodeRefused with the first of `unknown_key, key_not_for_type, bad_signature, inconsistent`.

    Its `serial` is what the code claims (None for receipts): enough for the journal entry of a refusal.
    """
    code = signed.code
    serial = None if isinstance(code, ReceiptCode) else code.serial
    keys = _keys_for(code, keyring)
    if not verifies_under_any(keys, signed.signature, message(tenant, signed.body)):
        raise CodeRefused(reason="bad_signature", serial=serial)
    if not code.is_consistent:
        raise CodeRefused(reason="inconsistent", serial=serial)


def _keys_for(code: SignedCode, keyring: Keyring) -> Sequence[bytes]:
    if isinstance(code, ReceiptCode):
        keys = keyring.till_keys(code.store, code.till_number, code.epoch)
        if not keys:
            raise CodeRefused(reason="unknown_key", serial=None)
        return keys
    key = keyring.issuing_key(code.key_id)
    if key is None:
        raise CodeRefused(reason="unknown_key", serial=code.serial)
    if code.TYPE not in key.types:
        raise CodeRefused(reason="key_not_for_type", serial=code.serial)
    return (key.public,)


def read_signed(text: str, keyring: Keyring, tenant: TenantId) -> SignedCode:
    """A code whose signature holds. Raises CodeRefused (`reason`) in exactly the order of protocol §7.

    Dates, revocation and use come after this and are not looked at here.
    """
    signed = decode_structure(text)
    verify(signed, keyring, tenant)
    return signed.code
