"""`payment_intent`, `payment_result`, `payment_refund`: what terminals were asked, and what they answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import insert, select, update

from central.apply.booking import Booking
from central.apply.invariants import check
from central.apply.reading import text, whole
from central.tables.transfers import payment

ASKED: Final = "asked"
DECLINED: Final = "declined"


def asked(booking: Booking) -> None:
    """Committed before the command went out: money may be on its way from here on (protocol §14)."""
    check(booking)
    envelope = booking.envelope
    row = {"intent": booking.doc_id, "till": envelope.till, "seq": envelope.seq, "store": booking.store}
    row |= {"epoch": envelope.epoch, "shift": envelope.shift, "staff": envelope.staff, "at": booking.now}
    row |= {"kind": text(booking.payload, "kind"), "reference": text(booking.payload, "reference", "")[:60]}
    amount = whole(booking.payload, "amount")
    booking.connection.execute(insert(payment), {**row, "amount": amount, "state": ASKED})


def answered(booking: Booking) -> None:
    """What the terminal said, or a person with the slip in hand; the later answer counts."""
    check(booking)
    slip = booking.payload.get("slip")
    values = {"state": text(booking.payload, "state"), "slip": None if slip is None else str(slip)[:60]}
    intent = text(booking.payload, "intent")
    _change(booking, intent, values)


def given_back(booking: Booking) -> None:
    """A tender of an abandoned cart; more than was taken is flagged. No sale was made of it."""
    check(booking)
    if booking.payload.get("intent") is None or booking.payload.get("state") == DECLINED:
        return
    intent = text(booking.payload, "intent")
    known = booking.connection.execute(select(payment).where(payment.c.intent == intent)).one_or_none()
    if known is None:
        return
    refunded = known.refunded + whole(booking.payload, "amount")
    _change(booking, intent, {"refunded": refunded})
    if refunded > known.amount:
        booking.flag("PAYMENT_REFUNDED_TWICE", intent=intent, amount=refunded - known.amount)


def _change(booking: Booking, intent: str, values: Mapping[str, object]) -> None:
    """It is held against the sales once more (`central.unsold`)."""
    here = payment.c.intent == intent
    booking.connection.execute(update(payment).where(here).values(**values, settled=False))
