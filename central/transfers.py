"""Bank credits: each is matched by the reference in its text, and confirms one document (protocol §14)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TextIO

from sqlalchemy import Connection, Row, insert, select, update

from central import publish
from central.cases import Trouble, add_facts, open_case
from central.feeds import FeedWriter
from central.publishing.transfers import AWAITED, LOST, MATCHED, MISSING
from central.tables.tills import epoch, till
from central.tables.transfers import awaited_transfer, bank_credit, payment
from pos_app.domain.base28 import ALPHABET, decode
from pos_app.domain.errors import CodeRefused

REFERENCE_LENGTH: Final = 12
_LONGEST_ID: Final = 80
PATIENCE: Final = timedelta(hours=72)
"""So long a transfer may be on its way; the bank's list must reach beyond it."""
UNMATCHED, DIFFERS, TWICE = "unmatched", "differs", "twice"
UNCLAIMED, FOREIGN, RETURNED = "unclaimed", "foreign", "returned"
_FREE: Final = (UNMATCHED, UNCLAIMED, FOREIGN)
_OPEN: Final = (AWAITED, MISSING)


@dataclass(frozen=True, slots=True)
class Credit:
    """One line of the bank's list; amount in đồng, `id` is the bank's own number."""

    id: str
    at: datetime
    amount: int
    text: str


def read_csv(file: TextIO) -> Iterator[Credit]:
    """Columns `id, at, amount, text`; `at` is RFC 3339 with offset. ValueError names the line at fault."""
    for place, row in enumerate(csv.DictReader(file), start=2):
        try:
            at = datetime.fromisoformat(row["at"])
            if at.tzinfo is None:
                raise ValueError("a time without its offset")
            number = (row["id"] or "").strip()
            if not 0 < len(number) <= _LONGEST_ID:
                raise ValueError("no number of the bank's, by which it is known again")
            yield Credit(number, at, int(row["amount"]), row["text"] or "")
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"line {place}: {error}") from error


def take(connection: Connection, arrived: Iterable[Credit], now: datetime) -> dict[str, int]:
    """Enters what is new and publishes what it confirms; how many credits ended in which state.

    A credit taken before (by the bank's number) is passed over: a list may be imported again.
    """
    counted: dict[str, int] = {}
    touched = publish.Touched()
    for credit in arrived:
        if connection.scalar(select(bank_credit.c.id).where(bank_credit.c.id == credit.id)) is not None:
            continue
        row = {"id": credit.id, "at": credit.at, "amount": credit.amount, "text": credit.text[:300]}
        connection.execute(insert(bank_credit), {**row, "state": UNMATCHED})
        state = _match(connection, credit, touched, now)
        counted[state] = counted.get(state, 0) + 1
    writer = FeedWriter(connection)
    publish.touched(writer, touched, now)
    writer.flush()
    return counted


def match_waiting(connection: Connection, reference: str, amount: int) -> None:
    """The bank was faster than the till: a credit that named nobody may name this document."""
    waiting = bank_credit.c.state.in_(_FREE), bank_credit.c.amount == amount
    for row in connection.execute(select(bank_credit).where(*waiting).order_by(bank_credit.c.at)).all():
        awaited = _awaited(connection, [reference]) if reference in _references(row.text) else None
        if awaited is not None and awaited.state in _OPEN:
            _join(connection, row.id, awaited)
            if row.case is not None:
                add_facts(connection, row.case, {"sale_came": awaited.doc_id})
            return


def find_missing(connection: Connection, now: datetime) -> list[str]:
    """Opens a case for each transfer that never arrived, as far as the bank's lists reach; their ids."""
    newest = connection.scalar(select(bank_credit.c.at).order_by(bank_credit.c.at.desc()).limit(1))
    if newest is None:
        return []
    late = awaited_transfer.c.since < min(newest, now) - PATIENCE
    query = select(awaited_transfer).where(awaited_transfer.c.state == AWAITED, late)
    found = []
    touched = publish.Touched()
    for row in list(connection.execute(query)):
        facts = {"reference": row.reference, "amount": row.amount, "staff": row.staff, "shift": row.shift}
        trouble = Trouble(
            code="TRANSFER_MISSING", doc_id=row.doc_id, till=row.till, store=row.store, facts=facts
        )
        found.append(open_case(connection, trouble, now))
        _set(connection, row, MISSING)
        touched.transfers.add(row.doc_id)
    writer = FeedWriter(connection)
    publish.touched(writer, touched, now)
    writer.flush()
    return found


def find_unclaimed(connection: Connection, now: datetime) -> list[str]:
    """Opens a case for each credit that a till of ours has asked for and made no sale of; their ids.

    The reference itself says which till. The rest is money of somebody else, and waits quietly.
    """
    old = bank_credit.c.state == UNMATCHED, bank_credit.c.at < now - PATIENCE
    found = []
    for row in connection.execute(select(bank_credit).where(*old).order_by(bank_credit.c.at)).all():
        asked = _asked_by(connection, row.text)
        values: dict[str, Any] = {"state": FOREIGN if asked is None else UNCLAIMED}
        if asked is not None and not _confirms_intent(connection, asked["reference"]):
            facts = {"credit": row.id, "amount": row.amount, **asked}
            trouble = Trouble(code="PAYMENT_WITHOUT_SALE", store=asked["store"], facts=facts)
            values["case"] = open_case(connection, trouble, now)
            found.append(values["case"])
        connection.execute(update(bank_credit).where(bank_credit.c.id == row.id).values(**values))
    return found


def _asked_by(connection: Connection, words: str) -> dict[str, Any] | None:
    """`reference`, `till` and `store` of the first in a text that a till of ours could have shown."""
    for reference in _references(words):
        try:
            packed = int.from_bytes(decode(reference, 7), "big")
        except CodeRefused:  # chance: twelve letters that are no reference
            continue
        here = (till.c.store == packed >> 40) & (till.c.number == packed >> 32 & 0xFF)
        known = select(till.c.id, till.c.store).join(epoch, epoch.c.till == till.c.id)
        theirs = known.where(here, epoch.c.epoch == packed >> 24 & 0xFF)
        found = connection.execute(theirs).one_or_none()
        if found is not None:
            return {"reference": reference, "till": found.id, "store": found.store}
    return None


def _confirms_intent(connection: Connection, reference: str) -> bool:
    """The till has said that it asks: then the case is the intent's (`central.unsold`)."""
    here = (payment.c.reference == reference) & (payment.c.kind == "transfer")
    values = {"state": "approved", "settled": False}
    return bool(connection.execute(update(payment).where(here).values(**values)).rowcount)


# --- one credit -------------------------------------------------------------------------------
def _match(connection: Connection, credit: Credit, touched: publish.Touched, now: datetime) -> str:
    awaited = _awaited(connection, list(_references(credit.text)))
    if awaited is None:
        return UNMATCHED
    facts: dict[str, Any] = {"credit": credit.id, "arrived": credit.amount, "amount": awaited.amount}
    facts |= {"reference": awaited.reference, "staff": awaited.staff}
    about: dict[str, Any] = {"doc_id": awaited.doc_id, "till": awaited.till, "store": awaited.store}
    if awaited.state not in (*_OPEN, LOST):
        trouble = Trouble(code="TRANSFER_TWICE", facts=facts, **about)
        return _doubt(connection, credit.id, TWICE, trouble, now)
    if awaited.amount != credit.amount:
        trouble = Trouble(code="TRANSFER_DIFFERS", facts=facts, **about)
        return _doubt(connection, credit.id, DIFFERS, trouble, now)
    _join(connection, credit.id, awaited)
    touched.transfers.add(awaited.doc_id)
    return MATCHED


def _doubt(connection: Connection, credit: str, state: str, trouble: Trouble, now: datetime) -> str:
    """Money is here that belongs to nobody's sale as it stands: a person decides."""
    open_case(connection, trouble, now)
    values = {"state": state, "doc_id": trouble.doc_id}
    connection.execute(update(bank_credit).where(bank_credit.c.id == credit).values(**values))
    return state


def _join(connection: Connection, credit: str, awaited: Row[Any]) -> None:
    values = {"state": MATCHED, "doc_id": awaited.doc_id}
    connection.execute(update(bank_credit).where(bank_credit.c.id == credit).values(**values))
    _set(connection, awaited, MATCHED)


def _set(connection: Connection, row: Row[Any], state: str) -> None:
    here = (awaited_transfer.c.doc_id == row.doc_id) & (awaited_transfer.c.reference == row.reference)
    connection.execute(update(awaited_transfer).where(here).values(state=state))


def _awaited(connection: Connection, references: list[str]) -> Row[Any] | None:
    """The document that promised one of these; one that still waits before one that has its money."""
    if not references:
        return None
    rows = connection.execute(
        select(awaited_transfer).where(awaited_transfer.c.reference.in_(references))
    ).all()
    return min(rows, key=lambda row: (row.state not in _OPEN, row.since), default=None)


def _plain(text: str) -> str:
    """Banks add blanks and other text around what the payer sent."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


def _references(text: str) -> Iterator[str]:
    """Every run of twelve characters that could be a reference."""
    plain = _plain(text)
    for start in range(len(plain) - REFERENCE_LENGTH + 1):
        part = plain[start : start + REFERENCE_LENGTH]
        if all(letter in ALPHABET for letter in part):
            yield part
