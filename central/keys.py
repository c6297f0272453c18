"""Central's private keys in an owner-only file, and the signed keyset that tells tills the public halves."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Connection, func, insert, select

from central.tables.tenant import code_key, keyset
from pos_app.domain.signed_object import ObjectName, sign_object
from pos_app.domain.signing import Sign, public_key_of, signer

KeyType = int | str
"""A code type (1 pickup, 2 voucher, 3 member, 5 badge), "enrol" or "directive"."""

# kid → what it signs. One key for each purpose: losing one revokes nothing else.
_KEYS: dict[int, KeyType] = {1: 1, 2: 2, 3: 3, 5: 5, 10: "enrol", 11: "directive"}
_ISSUE = timedelta(days=2 * 365)
_VERIFY = timedelta(days=4 * 365)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An issuing key with its private half."""

    kid: int
    types: tuple[KeyType, ...]
    seed: bytes

    @property
    def sign(self) -> Sign:
        """What signs with it."""
        return signer(self.seed)

    @property
    def public(self) -> bytes:
        """Its 32-byte public half."""
        return public_key_of(self.seed)


@dataclass(frozen=True, slots=True)
class TenantKeys:
    """All private keys of one tenant."""

    root: bytes
    recovery: bytes
    phone_key: bytes
    office: bytes
    signing: tuple[SigningKey, ...]

    @classmethod
    def create(cls, path: Path) -> TenantKeys:
        """New keys in a new file that only its owner can read. FileExistsError if there is one."""
        made = cls(
            root=secrets.token_bytes(32),
            recovery=secrets.token_bytes(32),
            phone_key=secrets.token_bytes(32),
            office=secrets.token_bytes(32),
            signing=tuple(SigningKey(kid, (kind,), secrets.token_bytes(32)) for kid, kind in _KEYS.items()),
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        made._write(path)
        return made

    @classmethod
    def load(cls, path: Path) -> TenantKeys:
        """The keys of a file. FileNotFoundError where there is none.

        A file from before the office journal gets that key now.
        """
        body = json.loads(path.read_text(encoding="utf-8"))
        is_older = "office" not in body
        loaded = cls(
            root=bytes.fromhex(body["root"]),
            recovery=bytes.fromhex(body["recovery"]),
            phone_key=bytes.fromhex(body["phone_key"]),
            office=secrets.token_bytes(32) if is_older else bytes.fromhex(body["office"]),
            signing=tuple(
                SigningKey(key["kid"], tuple(key["types"]), bytes.fromhex(key["seed"]))
                for key in body["signing"]
            ),
        )
        if is_older:
            beside = path.with_name(path.name + ".new")
            beside.unlink(missing_ok=True)
            loaded._write(beside)
            beside.replace(path)
        return loaded

    def _write(self, path: Path) -> None:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(self._to_json(), file)
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def open(cls, path: Path) -> TenantKeys:
        """The keys of a file, new ones where there is none."""
        return cls.load(path) if path.exists() else cls.create(path)

    def _to_json(self) -> dict[str, Any]:
        return {
            "root": self.root.hex(),
            "recovery": self.recovery.hex(),
            "phone_key": self.phone_key.hex(),
            "office": self.office.hex(),
            "signing": [
                {"kid": key.kid, "types": list(key.types), "seed": key.seed.hex()} for key in self.signing
            ],
        }

    @property
    def root_public(self) -> bytes:
        """What tills pin at enrolment."""
        return public_key_of(self.root)

    @property
    def root_fingerprint(self) -> str:
        """What the enrolment QR carries of the root key: the first 16 bytes of its SHA-256, hex."""
        return hashlib.sha256(self.root_public).hexdigest()[:32]

    @property
    def recovery_public(self) -> bytes:
        """X25519, what tills seal their database key to."""
        return X25519PrivateKey.from_private_bytes(self.recovery).public_key().public_bytes_raw()

    def for_type(self, kind: KeyType) -> SigningKey:
        """The newest key of a type. KeyError if there is none."""
        for key in reversed(self.signing):
            if kind in key.types:
                return key
        raise KeyError(kind)

    def sign_object(self, kind: KeyType, name: ObjectName, value: dict[str, object]) -> dict[str, object]:
        """A signed object by the key of this type."""
        return sign_object(name, value, self.for_type(kind).sign)


def instant_text(value: datetime) -> str:
    """RFC 3339 in UTC, whole seconds."""
    return value.isoformat(timespec="seconds").replace("+00:00", "Z")


def ensure_code_keys(connection: Connection, keys: TenantKeys, now: datetime) -> None:
    """Enters the public halves that the database does not know yet."""
    known = set(connection.scalars(select(code_key.c.kid)))
    rows = [
        {
            "kid": key.kid,
            "public": key.public.hex(),
            "types": list(key.types),
            "issue_from": now,
            "issue_to": now + _ISSUE,
            "verify_until": now + _VERIFY,
        }
        for key in keys.signing
        if key.kid not in known
    ]
    if rows:
        connection.execute(insert(code_key), rows)


def current_keyset(connection: Connection) -> dict[str, Any] | None:
    """The newest signed keyset."""
    body = connection.scalar(select(keyset.c.body).order_by(keyset.c.version.desc()).limit(1))
    return dict(body) if body else None


def renew_keyset(
    connection: Connection, keys: TenantKeys, now: datetime, above: int = 0
) -> dict[str, object]:
    """Signs and stores a new keyset of all keys; its version is above every earlier one and above `above`."""
    newest = connection.scalar(select(func.max(keyset.c.version))) or 0
    value: dict[str, object] = {"version": max(newest, above) + 1, "keys": _public_keys(connection)}
    signed = sign_object("keyset", value, signer(keys.root))
    connection.execute(insert(keyset), {"version": value["version"], "body": signed, "at": now})
    return signed


def _public_keys(connection: Connection) -> list[dict[str, object]]:
    return [
        {
            "kid": row.kid,
            "public": row.public,
            "types": row.types,
            "issue_from": instant_text(row.issue_from),
            "issue_to": instant_text(row.issue_to),
            "verify_until": instant_text(row.verify_until),
            "revoked_at": instant_text(row.revoked_at) if row.revoked_at else None,
        }
        for row in connection.execute(select(code_key).order_by(code_key.c.kid))
    ]
