"""The documents that lie in the inbox: found, read, in order, and which of them wait for which."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from central.bulk import among
from central.fences import fence_text, is_booked
from central.inbox import Proved
from central.markers import Place
from central.tables.inbox import document, private_part, result, waiting
from central.tables.tills import till_key
from pos_app.domain.canonical import parse_body
from pos_app.domain.document import verify_hash
from pos_app.domain.envelope import Envelope

Known = Row[Any] | Proved
"""A document as it lies in the inbox, or as it was just put there."""


class Filed:
    """Of one transaction. What is in `proved` need not be read again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.proved: dict[str, Proved] = {}

    def in_order(self, doc_ids: Iterable[str]) -> list[Known]:
        """Journal by journal, in the order in which the journals are named first; within one by seq."""
        wanted = dict.fromkeys(doc_ids)
        found: dict[str, Known] = {one: self.proved[one] for one in wanted if one in self.proved}
        others = [one for one in wanted if one not in found]
        if others:
            stored = self._connection.execute(select(document).where(among(document.c.doc_id, others)))
            found |= {row.doc_id: row for row in stored}
        journals: dict[Place, list[Known]] = defaultdict(list)
        for row in (found[one] for one in wanted if one in found):
            journals[row.till, row.epoch].append(row)
        return [row for one in journals.values() for row in sorted(one, key=_place_in_journal)]

    def read(self, row: Known) -> tuple[Envelope, Mapping[str, Any]]:
        """Raises DocumentRefused for bytes that are no document."""
        proved = self.proved.get(row.doc_id)
        if proved is not None:
            return proved.envelope, proved.content
        body = parse_body(bytes(row.body))
        return Envelope.from_body(body), body

    def private(self, doc_id: str) -> Mapping[str, Any] | None:
        """The fields of its private part; None when it is not there, erased or no object."""
        data = self._connection.scalar(
            select(private_part.c.bytes).where(
                private_part.c.doc_id == doc_id, private_part.c.state == "stored"
            )
        )
        if data is None:
            return None
        try:
            value = json.loads(bytes(data))
        except (ValueError, RecursionError):
            return None
        return value if isinstance(value, dict) else None

    def verifies_now(self, row: Known) -> bool:
        """Whether a key that has become known since proves it."""
        here = (till_key.c.till == row.till) & (till_key.c.epoch == row.epoch)
        keys = self._connection.scalars(select(till_key.c.public_key).where(here))
        return any(verify_hash(bytes.fromhex(key), bytes(row.hash), bytes(row.signature)) for key in keys)

    def with_results(self, doc_ids: Iterable[str]) -> set[str]:
        """Those that have got an answer before."""
        wanted = set(doc_ids)
        known = select(result.c.doc_id).where(among(result.c.doc_id, wanted))
        return set(self._connection.scalars(known)) if wanted else set()

    def woken(self, wave: Sequence[Known]) -> list[str]:
        """Parked documents that wait for one of these, and for nothing else any more."""
        names = {name for row in wave for name in (row.doc_id, fence_text(row))}
        query = select(waiting.c.doc_id).where(among(waiting.c.missing, names))
        return [one for one in sorted(set(self._connection.scalars(query))) if self._has_all(one)]

    def _has_all(self, doc_id: str) -> bool:
        missing = self._connection.scalars(select(waiting.c.missing).where(waiting.c.doc_id == doc_id))
        return all(is_booked(self._connection, name) for name in missing)


def _place_in_journal(row: Known) -> tuple[int, str]:
    return row.seq, row.doc_id
