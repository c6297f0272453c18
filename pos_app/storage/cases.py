"""Cases of this store, open and lately closed, as the feed `cases` tells them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from pos_app.storage.feed_items import KeptItems, all_items
from pos_app.storage.files import TillFiles

MOST: Final = 500
"""So many of the newest are kept at hand; a store with more has other troubles than this page."""


@dataclass(frozen=True, slots=True)
class StoreCase:
    """One case. `doc_id`, `till` None = not about one; `facts` as central gives them; times are aware."""

    id: str
    code: str
    opened_at: datetime
    till: str | None = None
    doc_id: str | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    actions: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class CaseStore:
    """Read again only when the feed has changed."""

    def __init__(self, files: TillFiles) -> None:
        self._files = files
        self._kept = KeptItems(self._read, "cases")

    def open(self) -> list[StoreCase]:
        """Newest first."""
        return [case for case in self._kept.get(self._files.store).values() if case.is_open]

    def by_id(self, case: str) -> StoreCase | None:
        """Open or closed; None when it is of another store or too old."""
        return self._kept.get(self._files.store).get(case)

    def _read(self) -> dict[str, StoreCase]:
        # ids are UUIDv7: the order of keys is that of time
        newest = sorted(all_items(self._files.store, "cases"), reverse=True, key=_key)[:MOST]
        return {id_: _case(id_, body) for id_, body in newest}


def _key(pair: tuple[str, dict[str, Any]]) -> str:
    return pair[0]


def _case(id_: str, body: Mapping[str, Any]) -> StoreCase:
    closed = body.get("closed_at")
    return StoreCase(
        id=id_,
        code=str(body["code"]),
        opened_at=datetime.fromisoformat(body["opened_at"]),
        till=body.get("till"),
        doc_id=body.get("doc_id"),
        closed_at=None if closed is None else datetime.fromisoformat(closed),
        closed_by=body.get("closed_by"),
        facts=body.get("facts") or {},
        actions=tuple(str(one) for one in body.get("actions") or ()),
    )
