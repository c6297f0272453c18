"""The public keys at hand, as domain.codes wants them: keyset and tills, from the feeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from pos_app.domain.code_reading import HeldKeys, IssuingKey
from pos_app.storage.feed_items import KeptItems, all_items, item
from pos_app.storage.files import TillFiles

_ALWAYS: Final = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class KnownTill:
    """Which till a receipt code was signed by."""

    till: str
    store: int
    store_code: str
    till_number: int
    epoch: int


class KeyringStore:
    """A domain Keyring whose keys follow the feeds."""

    def __init__(self, files: TillFiles) -> None:
        self._files = files
        self._kept = KeptItems(self._read, "keyset", "tills", "revocations")

    def issuing_key(self, key_id: int) -> IssuingKey | None:
        return self._keys()[0].issuing_key(key_id)

    def till_keys(self, store: int, till_number: int, epoch: int) -> Sequence[bytes]:
        return self._keys()[0].till_keys(store, till_number, epoch)

    def till_of(self, store: int, till_number: int, epoch: int) -> KnownTill | None:
        """The till behind the figures of a receipt code."""
        return self._keys()[1].get((store, till_number, epoch))

    def keyset_version(self) -> int:
        """The version of the keyset in use; 0 = none yet."""
        body = item(self._files.store, "keyset", "keyset")
        return 0 if body is None else int(body["version"])

    def usable_until(self) -> datetime | None:
        """Until when codes can be checked with what is held; None = no key, or one without an end."""
        keys = [key for key in self._keys()[0].issuing.values() if key.revoked_at is None]
        ends = [key.verify_until for key in keys if key.verify_until is not None]
        return max(ends) if len(ends) == len(keys) and ends else None

    def directive_keys(self) -> list[IssuingKey]:
        """Keys of the type *directive*, which sign a revocation of this till."""
        return [key for key in self._keys()[0].issuing.values() if "directive" in key.types]

    def _keys(self) -> tuple[HeldKeys, dict[tuple[int, int, int], KnownTill]]:
        return self._kept.get(self._files.store)

    def _read(self) -> tuple[HeldKeys, dict[tuple[int, int, int], KnownTill]]:
        keyset = item(self._files.store, "keyset", "keyset") or {}
        issuing = {key["kid"]: self._issuing(key) for key in keyset.get("keys") or ()}
        tills: dict[tuple[int, int, int], list[bytes]] = {}
        known: dict[tuple[int, int, int], KnownTill] = {}
        for _, body in all_items(self._files.store, "tills"):
            place = (body["store"], body["till_number"], body["epoch"])
            tills.setdefault(place, []).append(bytes.fromhex(body["public_key"]))
            known[place] = KnownTill(body["till"], body["store"], body.get("store_code") or "", *place[1:])
        return HeldKeys(issuing, tills), known

    def _issuing(self, body: dict[str, Any]) -> IssuingKey:
        """The feed of revocations may know of a key before the next keyset does."""
        key = _issuing_key(body)
        gone = item(self._files.store, "revocations", f"key/{key.key_id}")
        if gone is None or key.revoked_at is not None:
            return key
        return replace(key, revoked_at=_instant(gone.get("at")) or _ALWAYS)


def _issuing_key(body: dict[str, Any]) -> IssuingKey:
    return IssuingKey(
        key_id=body["kid"],
        public=bytes.fromhex(body["public"]),
        types=frozenset(body["types"]),
        issue_from=_instant(body.get("issue_from")),
        issue_to=_instant(body.get("issue_to")),
        verify_until=_instant(body.get("verify_until")),
        revoked_at=_instant(body.get("revoked_at")),
    )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
