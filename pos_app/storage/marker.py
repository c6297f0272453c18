"""What a feed already contains of this till's own documents (protocol §6, Shown = feed ⊕ own)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import Connection

from pos_app.storage.json_text import object_of


class Contains(Protocol):
    """Whatever knows which own documents a figure of central's holds already."""

    def contains(self, doc_id: str, epoch: int, seq: int) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Contained:
    through: int
    apart: frozenset[int]
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Marker:
    """An own effect is shown as long as the feed does not contain its document, and not a moment longer."""

    epochs: Mapping[int, _Contained] = field(default_factory=dict)

    def contains(self, doc_id: str, epoch: int, seq: int) -> bool:
        """`seq` ≤ through and not in except, or the id is listed (a forked epoch)."""
        known = self.epochs.get(epoch)
        if known is None:
            return False
        return (seq <= known.through and seq not in known.apart) or doc_id in known.ids


def marker_of(connection: Connection, feed: str) -> Marker:
    """The marker as the feed's file has it; read it with the state, before till.db."""
    row = connection.exec_driver_sql("SELECT body FROM marker WHERE feed = ?", (feed,)).fetchone()
    if row is None:
        return Marker()
    return Marker(
        {
            int(epoch): _Contained(
                int(known.get("through", 0)),
                frozenset(known.get("except") or ()),
                frozenset(known.get("ids") or ()),
            )
            for epoch, known in object_of(row[0]).items()
        }
    )
