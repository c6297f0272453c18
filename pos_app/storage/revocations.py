"""Revocations of the feed: codes, receipts, keys, tills, people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos_app.storage.feed_items import item
from pos_app.storage.files import TillFiles


@dataclass(frozen=True, slots=True)
class Revocation:
    """`at` = since when, by central's clock."""

    at: datetime | None
    reason: str


class RevocationStore:
    """None = not revoked, as far as the feed goes."""

    def __init__(self, files: TillFiles) -> None:
        self._files = files

    def code(self, serial: int | str) -> Revocation | None:
        return self._of(f"code/{serial}")

    def receipt(self, till: str, epoch: int, seq: int) -> Revocation | None:
        return self._of(f"receipt/{till}/{epoch}/{seq}")

    def key(self, key_id: int) -> Revocation | None:
        return self._of(f"key/{key_id}")

    def till(self, till: str) -> Revocation | None:
        return self._of(f"till/{till}")

    def staff(self, no: int) -> Revocation | None:
        return self._of(f"staff/{no}")

    def _of(self, key: str) -> Revocation | None:
        body = item(self._files.store, "revocations", key)
        if body is None:
            return None
        at = body.get("at")
        return Revocation(None if at is None else datetime.fromisoformat(at), str(body.get("reason") or ""))
