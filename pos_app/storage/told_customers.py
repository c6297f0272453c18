"""Customers that central's look-up has told of: kept in memory beside the feed, never written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pos_app.storage.files import TillFiles
from pos_app.storage.json_text import JsonObject


@dataclass(frozen=True, slots=True)
class ToldCustomer:
    """An item as the feed would carry it, and which own documents central had in it when it answered."""

    item: JsonObject
    known: frozenset[str]

    def contains(self, doc_id: str, epoch: int, seq: int) -> bool:  # noqa: ARG002  as a feed's marker is asked
        """Whether the item's balance holds this own document."""
        return doc_id in self.known

    @property
    def balance(self) -> int:
        """Whole points by central's answer."""
        return int(self.item.get("balance") or 0)


class ToldCustomers:
    """A newer answer replaces an older one; the feed wins over both."""

    def __init__(self, files: TillFiles) -> None:
        self._files = files
        self._told: dict[str, ToldCustomer] = {}

    def tell(self, item: JsonObject) -> None:
        """By the id and by all that were merged into it."""
        ids = _ids(item)
        told = ToldCustomer(item, self._answered(ids))
        self._told.update(dict.fromkeys(ids, told))

    def by_id(self, customer: str) -> ToldCustomer | None:
        """None = central has not told of them since the program began."""
        return self._told.get(customer)

    def _answered(self, ids: Sequence[str]) -> frozenset[str]:
        """Own documents with points of these ids that central has answered for: its sum holds them."""
        places = ", ".join("?" * len(ids))
        with self._files.till.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT doc_id FROM points_effect JOIN upload USING (doc_id) "
                f"WHERE customer IN ({places}) AND status IN ('applied', 'applied_flagged', 'duplicate')",
                tuple(ids),
            ).fetchall()
        return frozenset(str(row[0]) for row in rows)


def _ids(item: JsonObject) -> list[str]:
    aliases: Any = item.get("aliases") or ()
    return [str(item["id"]), *(str(one) for one in aliases)]
