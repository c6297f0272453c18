"""Counter vouchers that central has signed in advance for this till: the feed `blanks` (protocol §7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pos_app.storage.feed_items import KeptItems, all_items
from pos_app.storage.files import TillFiles
from pos_app.storage.json_text import JsonObject, object_of
from pos_app.storage.projections.given import GIVEN


@dataclass(frozen=True, slots=True)
class Blank:
    """A voucher nobody has yet. `text` is the code, `value` in đồng or basis points by its `kind`."""

    serial: str
    campaign: int
    text: str
    short_code: str
    kind: str
    value: int
    valid_until: date | None


class BlankStore:
    """What is held; which of them were given to somebody own documents say, not this feed."""

    def __init__(self, files: TillFiles) -> None:
        self._files = files
        self._kept = KeptItems(self._read, "blanks")

    def held(self, campaign: int | None = None) -> list[Blank]:
        """In the order of their serials; of one campaign only when it is named."""
        return [one for one in self._kept.get(self._files.store) if campaign in (None, one.campaign)]

    def given(self) -> frozenset[str]:
        """Serials that own documents have given to somebody: each blank is used once."""
        return frozenset(name.removeprefix(GIVEN) for name, _body in self._given())

    def last_given(self) -> str | None:
        """The doc_id of the newest document that handed any out."""
        bodies = [body for _name, body in self._given()]
        if not bodies:
            return None
        return str(max(bodies, key=lambda body: (body["epoch"], body["seq"]))["doc_id"])

    def _given(self) -> list[tuple[str, JsonObject]]:
        with self._files.till.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT name, body FROM status WHERE name >= ? AND name < ?", (GIVEN, GIVEN + "~")
            ).fetchall()
        return [(str(name), object_of(body)) for name, body in rows]

    def _read(self) -> list[Blank]:
        return [_blank(serial, body) for serial, body in all_items(self._files.store, "blanks")]


def _blank(serial: str, body: Mapping[str, Any]) -> Blank:
    until = body.get("valid_until")
    return Blank(
        serial=serial,
        campaign=int(body["campaign"]),
        text=str(body["text"]),
        short_code=str(body.get("short_code") or ""),
        kind=str(body["kind"]),
        value=int(body["value"]),
        valid_until=None if until is None else date.fromisoformat(until),
    )
