"""The envelope: the fields that every document's body carries (protocol §3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeGuard

from pos_app.domain.errors import DocumentRefused
from pos_app.domain.ids import DocId, StaffNo, StoreNo, TenantId, TillId

Connectivity = Literal["online", "lan", "offline"]

_HASH = re.compile(r"[0-9a-f]{64}")
_CONNECTIVITY = ("online", "lan", "offline")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a body says beside its payload.

    `wall` is RFC 3339 text with offset, `mono_ms` milliseconds of the monotonic clock since `boot_id`
    began; `as_of` holds the version of each feed that this kind used; hashes are lower-case hex.
    """

    tenant: TenantId
    store: StoreNo
    till: TillId
    epoch: int
    seq: int
    doc_id: DocId
    kind: str
    prev_hash: str
    wall: str
    boot_id: str
    mono_ms: int
    staff: StaffNo
    training: bool
    connectivity: Connectivity
    v: int = 1
    schema: int = 1
    as_of: Mapping[str, int] = field(default_factory=dict)
    depends_on: tuple[str, ...] = ()
    approver: StaffNo | None = None
    shift: int | None = None
    private_hash: str | None = None

    @classmethod
    def from_body(cls, body: Mapping[str, object]) -> Envelope:
        """Read the envelope of a body.

        Raises DocumentRefused: `missing_field` (with `field`), or `bad_field` for a value of another type.
        A kind that is not known is kept: quarantine is for central to decide.
        """
        for name in _REQUIRED:
            if name not in body:
                raise DocumentRefused(reason="missing_field", field=name)
        values: dict[str, object] = {}
        for name, is_right in _CHECKS.items():
            if name not in body:
                continue
            value = body[name]
            if not is_right(value):
                raise DocumentRefused(reason="bad_field", field=name)
            values[name] = tuple(value) if isinstance(value, list) else value
        del values["payload"]
        return cls(**values)  # type: ignore[arg-type]  # each value was checked by _CHECKS


def compose_body(envelope: Envelope, payload: Mapping[str, object]) -> dict[str, object]:
    """The body as a value, ready for `canonical`: absent fields stay away instead of being null."""
    body: dict[str, object] = {
        name: getattr(envelope, name) for name in _CHECKS if name != "payload" and name not in _OPTIONAL
    }
    for name in _OPTIONAL:
        if (value := getattr(envelope, name)) is not None:
            body[name] = value
    body["as_of"] = dict(envelope.as_of)
    body["depends_on"] = list(envelope.depends_on)
    body["payload"] = dict(payload)
    return body


def _whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _positive(value: object) -> bool:
    return _whole(value) and value >= 1


def _text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _hash(value: object) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _versions(value: object) -> bool:
    return isinstance(value, dict) and all(_whole(version) for version in value.values())


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


_CHECKS: dict[str, Callable[[object], bool]] = {
    "v": _positive,
    "tenant": _text,
    "store": _whole,
    "till": _text,
    "epoch": _positive,
    "seq": _positive,
    "doc_id": lambda value: isinstance(value, str),
    "kind": _text,
    "schema": _positive,
    "prev_hash": _hash,
    "wall": _text,
    "boot_id": _text,
    "mono_ms": _whole,
    "staff": _whole,
    "training": lambda value: isinstance(value, bool),
    "connectivity": lambda value: value in _CONNECTIVITY,
    "as_of": _versions,
    "depends_on": _texts,
    "payload": lambda value: isinstance(value, dict),
    "approver": _whole,
    "shift": _whole,
    "private_hash": _hash,
}
_OPTIONAL = ("approver", "shift", "private_hash")
_REQUIRED = tuple(name for name in _CHECKS if name not in _OPTIONAL)
