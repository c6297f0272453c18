"""Answers an online check, and counts what each till asks (protocol §9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, update
from sqlalchemy.exc import IntegrityError

from central.auth import Caller
from central.claims import Others, hold, others
from central.customer_rules import CustomerRule, rule_of
from central.database import Database
from central.keys import instant_text
from central.tables.claims import check_count
from central.verdicts import KEYS, READERS, Thing
from sync.messages.checks import CheckAnswer, CheckRequest, VerdictWord


def check(database: Database, caller: Caller, words: CheckRequest, now: datetime) -> CheckAnswer:
    """The verdict; an `ok` of a quantity above 0 is a claim for the document. TooBusy."""
    with database.beside() as connection:
        key = KEYS[words.kind](connection, words.key)
        if key is None:
            answer = CheckAnswer(verdict="unknown", server_time=instant_text(now), key=words.key)
        else:
            database.lock(connection, f"claim/{words.kind}/{key}")
            rule = _rule(connection, words, key)
            if rule is not None:
                database.lock(connection, f"claim/{rule.name}")
            answer = _judged(connection, caller, words, (key, rule), now)
        count(connection, caller.till, words.kind, answer.verdict, now)
    return answer


def _rule(connection: Connection, words: CheckRequest, key: str) -> CustomerRule | None:
    if words.kind != "voucher" or words.customer is None:
        return None
    return rule_of(connection, key, words.customer)


def _judged(
    connection: Connection,
    caller: Caller,
    words: CheckRequest,
    asked: tuple[str, CustomerRule | None],
    now: datetime,
) -> CheckAnswer:
    """Claims are read before what is left: a document booked in between has then been seen at least once."""
    key, rule = asked
    name = f"{words.kind}/{key}"
    held = others(connection, name, words.doc_id, now)
    thing = READERS[words.kind](connection, key)
    verdict = _verdict(thing, held, words.quantity)
    if rule is not None and verdict == "ok" and rule.left(connection, words.doc_id, now) < words.quantity:
        verdict = "insufficient"
    if verdict == "used" and thing.holder is None:
        thing = replace(thing, holder=held.holder)
    until = None
    if verdict == "ok" and words.quantity:
        if rule is not None:
            rule.hold(connection, words.doc_id, words.quantity, caller.till, now)
        until = instant_text(hold(connection, name, words.doc_id, words.quantity, caller.till, now))
    return CheckAnswer(
        verdict=verdict,
        server_time=instant_text(now),
        key=key,
        holder=thing.holder,
        balance=max(0, thing.left - held.quantity),
        claim_until=until,
        terms=thing.terms,
    )


def _verdict(thing: Thing, held: Others, quantity: int) -> VerdictWord:
    if thing.state != "ok":
        return thing.state
    if thing.alone and held.holder is not None:
        return "used"
    if thing.left - held.quantity >= quantity:
        return "ok"
    # the last use is in another till's hands: for this customer it is used
    is_discount = thing.terms is not None and thing.terms.kind != "stored"
    return "used" if is_discount else "insufficient"


def count(connection: Connection, till: str, what: str, verdict: str, now: datetime) -> None:
    """One more answer of this kind to this till today."""
    row = {"till": till, "day": now.date(), "what": what, "verdict": verdict}
    here = [check_count.c[name] == value for name, value in row.items()]
    more = update(check_count).where(*here).values(number=check_count.c.number + 1)
    if connection.execute(more).rowcount:
        return
    try:
        with connection.begin_nested():
            connection.execute(insert(check_count), {**row, "number": 1})
    except IntegrityError:  # another request of this till was the first one of the day
        connection.execute(more)
