"""The wire of a till's keys: changing them, and showing who one is to a central that has forgotten."""

from __future__ import annotations

from typing import Any

from pos_app.domain.ids import TillId, uuid_bytes
from sync.messages import Hex32, Hex64, Request, Wire


class RotationProof(Request):
    """Both keys sign `rotation_message`: neither is put in the other's place without its holder."""

    old: Hex64
    new: Hex64


class RotateRequest(Request):
    """POST /v1/keys/rotate (protocol §4.7), signed with the old key like any request."""

    public_key: Hex32
    seal_key: Hex32
    proof: RotationProof


class RotateAnswer(Wire):
    """`certificate` as after an enrolment, with the new keys and their number."""

    key_no: int
    certificate: dict[str, Any]


class PresentRequest(Request):
    """POST /v1/tills (protocol §4.3), signed with the key that the certificate names."""

    certificate: dict[str, Any]


def rotation_message(till: TillId, epoch: int, public_key: bytes, seal_key: bytes) -> bytes:
    """What the proofs sign: "quay-rotate-1\\0" ‖ till(16) ‖ epoch(u32) ‖ public_key(32) ‖ seal_key(32).

    The protocol leaves its form open; it is made like the proof of an enrolment and bound to the till.
    """
    return b"quay-rotate-1\0" + uuid_bytes(till) + epoch.to_bytes(4, "big") + public_key + seal_key
