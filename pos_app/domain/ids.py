"""Identifiers as types of their own, and UUIDs of version 7."""

from __future__ import annotations

import re
import secrets
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import NewType

TenantId = NewType("TenantId", str)
TillId = NewType("TillId", str)
DocId = NewType("DocId", str)
CustomerId = NewType("CustomerId", str)
StoreNo = NewType("StoreNo", int)
StaffNo = NewType("StaffNo", int)
OrderNo = NewType("OrderNo", int)

NOBODY = StaffNo(0)
"""The `staff` of a document that was made while nobody was signed in (protocol §3)."""

_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def uuid7(now: datetime, randomness: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """A UUIDv7 in lower-case text: 48 bits of `now` in milliseconds, the rest random (protocol §2)."""
    if now.tzinfo is None:
        raise ValueError("an aware time is needed")
    milliseconds = int(now.timestamp() * 1000) & (1 << 48) - 1
    noise = int.from_bytes(randomness(10), "big")
    high = milliseconds << 16 | 0x7000 | noise >> 68
    low = 1 << 63 | noise & (1 << 62) - 1
    return str(uuid.UUID(int=high << 64 | low))


def is_uuid7(text: str) -> bool:
    """Whether this is the lower-case text of a UUID of version 7."""
    return _UUID7.fullmatch(text) is not None


def uuid_bytes(text: str) -> bytes:
    """The 16 raw bytes of an id."""
    return uuid.UUID(text).bytes
