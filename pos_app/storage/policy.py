"""The shop's policy and the facts about its stores, from the `policy` feed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pos_app.domain.policy import Policy
from pos_app.storage.feed_items import item, stamp_of
from pos_app.storage.files import TillFiles


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a receipt's head says."""

    store: int
    code: str
    name: str
    chain: str
    tagline: str
    address: str
    phone: str
    tax_code: str
    hotline: str = ""


class PolicyStore:
    """Every default of protocol §11 applies until the feed says otherwise."""

    def __init__(self, files: TillFiles) -> None:
        self._files = files
        self._kept: tuple[tuple[str, ...], Policy] | None = None

    def policy(self) -> Policy:
        """Kept in memory until the feed changes."""
        stamp = stamp_of(self._files.store, "policy")
        if self._kept is None or self._kept[0] != stamp:
            body = item(self._files.store, "policy", "policy")
            self._kept = stamp, Policy.from_json(body or {})
        return self._kept[1]

    def store_info(self, store: int) -> StoreInfo | None:
        body = item(self._files.store, "policy", f"store/{store}")
        return None if body is None else StoreInfo(store=store, **_texts(body))

    def sealed_phone_key(self) -> str | None:
        """Hex of the box with a newer phone key (protocol §6)."""
        body = item(self._files.store, "policy", "phone_key")
        return None if body is None else str(body["sealed"])


def _texts(body: dict[str, Any]) -> dict[str, str]:
    names = ("code", "name", "chain", "tagline", "address", "phone", "tax_code", "hotline")
    return {name: str(body.get(name) or "") for name in names}
