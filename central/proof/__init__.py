"""The nightly proof: every balance again from the documents, and every signature and link (rule 7)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from central.proof.chains import Chains
from central.proof.effects import effects_of
from central.proof.evidence import Effects, Key
from central.proof.ledgers import booked_by, levels, orphans
from central.tables.inbox import case, document, result

_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """`what`: signature, hash, link, place, or a ledger; `key` the account; figures as in that ledger."""

    what: str
    doc_id: str
    key: Sequence[object] = ()
    proven: int | None = None
    booked: int | None = None

    def to_json(self) -> dict[str, Any]:
        """One line for people and alarms."""
        body: dict[str, Any] = {"what": self.what, "document": self.doc_id, "key": list(self.key) or None}
        body |= {"proven": self.proven, "booked": self.booked}
        return {name: value for name, value in body.items() if value is not None}


@dataclass(slots=True)
class Report:
    """`taken_over`: entries from before this central, which no document proves."""

    documents: int = 0
    taken_over: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Nothing differs."""
        return not self.differences


def prove(connection: Connection) -> Report:
    """Reads everything, changes nothing; in the order of the journals, so that memory stays small."""
    report = Report()
    chains = Chains(connection)
    for rows in _chunks(connection):
        report.documents += len(rows)
        ledgers = booked_by(connection, [row.doc_id for row in rows])
        for row in rows:
            report.differences += [Difference(wrong, row.doc_id) for wrong in chains.wrong_with(row)]
            booked = ledgers.get(row.doc_id, Effects())
            report.differences += _compared(row, _proven(connection, row, booked), booked)
    lonely, report.taken_over = orphans(connection)
    report.differences += [Difference("no_document", doc_id, (ledger,)) for ledger, doc_id in lonely]
    for key, (sum_, level) in levels(connection).items():
        report.differences.append(Difference("stock_level", "", key, sum_, level))
    return report


def _chunks(connection: Connection) -> Iterator[Sequence[Row[Any]]]:
    order = document.c.till, document.c.epoch, document.c.seq, document.c.doc_id
    query = (
        select(document, result.c.booked, result.c.codes, case.c.facts)
        .outerjoin(result, result.c.doc_id == document.c.doc_id)
        .outerjoin(case, case.c.id == result.c.case)
        .order_by(*order)
        .execution_options(yield_per=_CHUNK)
    )
    yield from connection.execute(query).partitions()


def _proven(connection: Connection, row: Row[Any], booked: Effects) -> Effects:
    """What the document should have done. Quarantined, parked and training ones do nothing."""
    if not row.booked or "RELEASED" in (row.codes or ()):
        return Effects()
    body = json.loads(bytes(row.body))
    if body["training"]:
        return Effects()
    return effects_of(connection, body, booked, (row.facts or {}).get("flags", ()))


def _compared(row: Row[Any], proven: Effects, booked: Effects) -> Iterator[Difference]:
    both: Counter[Key] = Counter(proven.sums)
    both.subtract(booked.sums)
    for key, difference in sorted(both.items(), key=str):
        if difference:
            yield Difference(key[0], row.doc_id, key[1:], proven.sums[key], booked.sums[key])
