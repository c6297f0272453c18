"""The shop's policy and the facts about its stores, from the `policy` feed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pos_app.domain.policy import Policy
from pos_app.storage.feed_items import KeptItems, item
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
        self._policy = KeptItems(self._read, "policy")
        self._stores: dict[int, KeptItems[StoreInfo | None]] = {}

    def policy(self) -> Policy:
        """Kept in memory until the feed changes."""
        return self._policy.get(self._files.store)

    def _read(self) -> Policy:
        return Policy.from_json(item(self._files.store, "policy", "policy") or {})

    def store_info(self, store: int) -> StoreInfo | None:
        """Kept in memory like the policy; None for a store that the feed does not name."""
        kept = self._stores.get(store)
        if kept is None:
            kept = self._stores.setdefault(store, KeptItems(lambda: self._read_store(store), "policy"))
        return kept.get(self._files.store)

    def _read_store(self, store: int) -> StoreInfo | None:
        body = item(self._files.store, "policy", f"store/{store}")
        return None if body is None else StoreInfo(store=store, **_texts(body))

    def sealed_phone_key(self) -> str | None:
        """Hex of the box with a newer phone key (protocol §6)."""
        body = item(self._files.store, "policy", "phone_key")
        return None if body is None else str(body["sealed"])


def _texts(body: dict[str, Any]) -> dict[str, str]:
    names = ("code", "name", "chain", "tagline", "address", "phone", "tax_code", "hotline")
    return {name: str(body.get(name) or "") for name in names}
