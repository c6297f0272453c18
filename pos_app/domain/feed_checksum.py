"""The checksum of a feed: over its live keys, added up item by item (protocol §6)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

_MODULUS = 1 << 64


def term(feed: str, key: str, ver: int) -> int:
    """What one live key adds: the first 8 bytes of SHA-256 over feed, key and version."""
    digest = hashlib.sha256(f"{feed}\0{key}\0{ver}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def checksum(feed: str, versions: Mapping[str, int]) -> str:
    """The checksum of a whole feed, a decimal string; `versions` are the live keys with their `ver`."""
    return str(sum(term(feed, key, ver) for key, ver in versions.items()) % _MODULUS)


@dataclass(frozen=True, slots=True)
class FeedSum:
    """Count and sum of a feed while items come and go; the caller knows which version it had before."""

    feed: str
    count: int = 0
    total: int = 0

    def put(self, key: str, ver: int, before: int | None = None) -> FeedSum:
        """After a `put`; `before` is the version that the key had, None when it is new."""
        kept = self if before is None else self.delete(key, before)
        return replace(kept, count=kept.count + 1, total=(kept.total + term(self.feed, key, ver)) % _MODULUS)

    def delete(self, key: str, before: int | None) -> FeedSum:
        """After a `del`; `before` None = the key was not there, which changes nothing."""
        if before is None:
            return self
        return replace(
            self, count=self.count - 1, total=(self.total - term(self.feed, key, before)) % _MODULUS
        )

    @property
    def checksum(self) -> str:
        """As central tells it: a decimal string."""
        return str(self.total)
