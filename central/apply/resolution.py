"""`case_resolution`: what a person at central has decided about a case, booked from the document alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import delete, insert, select, update

from central import case_actions
from central.apply.booking import Booking, Loss
from central.apply.closings import recompute
from central.apply.reading import BrokenPayload, items, text, whole
from central.cases import GAP_TOO_LONG, Closing, mark_closed
from central.publishing.customers import main_id
from central.publishing.transfers import LOST, MATCHED
from central.tables.customers import customer, customer_alias
from central.tables.inbox import case
from central.tables.tenant import tenant
from central.tables.transfers import awaited_transfer, bank_credit, payment
from central.transfers import RETURNED


def apply(booking: Booking) -> None:
    """Books the action's effects, then closes the case with this document. Only the office may."""
    office = booking.connection.scalar(select(tenant.c.office))
    if office != booking.envelope.till:
        raise BrokenPayload("not_the_office:till")
    action = text(booking.payload, "action")
    if action not in _EFFECTS:
        raise BrokenPayload("unknown_value:action")
    _EFFECTS[action](booking)
    for loss in items(booking.payload, "losses"):
        who = whole(loss, "store"), whole(loss, "staff")
        booking.losses.append(Loss(text(loss, "reason"), whole(loss, "amount"), *who))
    if "case" in booking.payload:
        closing = Closing(action, int(booking.envelope.staff), booking.doc_id)
        mark_closed(booking.connection, text(booking.payload, "case"), closing, booking.now)
        if booking.payload.get("code") == GAP_TOO_LONG:
            _settle_closings(booking)


def _settle_closings(booking: Booking) -> None:
    """Closings that waited for what never came wait no longer."""
    here = case.c.id == text(booking.payload, "case")
    gap = booking.connection.execute(select(case.c.till, case.c.facts).where(here)).one()
    booking.touched.results |= recompute(booking.connection, (gap.till, gap.facts["epoch"]), booking.now)


def _nothing(_booking: Booking) -> None:
    """The decision is the note; losses, if any, are booked for every action alike."""


def _correct_points(booking: Booking) -> None:
    booking.move_points(text(booking.payload, "customer"), whole(booking.payload, "delta"), "adjusted")


def _merge(booking: Booking) -> None:
    """Whatever was merged into the one goes along; merging the same two again changes nothing."""
    one, into = text(booking.payload, "customer"), main_id(booking.connection, text(booking.payload, "into"))
    if main_id(booking.connection, one) == into:
        return
    booking.connection.execute(
        update(customer_alias).where(customer_alias.c.customer == one).values(customer=into)
    )
    booking.connection.execute(insert(customer_alias), {"alias": one, "customer": into, "at": booking.now})
    booking.touched.customers |= {one, into}


def _undo_merge(booking: Booking) -> None:
    one, main = text(booking.payload, "customer"), text(booking.payload, "from")
    booking.connection.execute(
        delete(customer_alias).where(customer_alias.c.alias == one, customer_alias.c.customer == main)
    )
    known = booking.connection.scalar(select(customer.c.id).where(customer.c.id == one))
    if known is None:
        raise BrokenPayload("unknown_customer:customer")
    booking.touched.customers |= {one, main}


def _reapply(booking: Booking) -> None:
    booking.again.add(text(booking.payload, "document"))


def _release(booking: Booking) -> None:
    _reapply(booking)
    booking.released.add(text(booking.payload, "document"))


def _transfer_arrived(booking: Booking) -> None:
    _set_transfer(booking, MATCHED)


def _transfer_lost(booking: Booking) -> None:
    _set_transfer(booking, LOST)


def _payment_returned(booking: Booking) -> None:
    """Outside the till: a later `payment_refund` of the same money is one too many."""
    if "credit" in booking.payload:
        here = bank_credit.c.id == text(booking.payload, "credit")
        booking.connection.execute(update(bank_credit).where(here).values(state=RETURNED))
        return
    more = payment.c.refunded + whole(booking.payload, "amount")
    here = payment.c.intent == text(booking.payload, "of")
    booking.connection.execute(update(payment).where(here).values(refunded=more))


def _set_transfer(booking: Booking, state: str) -> None:
    of = text(booking.payload, "of")
    booking.connection.execute(
        update(awaited_transfer)
        .where(
            awaited_transfer.c.doc_id == of,
            awaited_transfer.c.reference == text(booking.payload, "reference"),
        )
        .values(state=state)
    )
    booking.touched.transfers.add(of)


_EFFECTS: Final[Mapping[str, Callable[[Booking], None]]] = {
    case_actions.ACCEPT_LOSS: _nothing,
    case_actions.COLLECT: _nothing,
    case_actions.CORRECT_POINTS: _correct_points,
    case_actions.IGNORE: _nothing,
    case_actions.MERGE: _merge,
    case_actions.PAYMENT_LOST: _nothing,
    case_actions.PAYMENT_RETURNED: _payment_returned,
    case_actions.REAPPLY: _reapply,
    case_actions.RELEASE: _release,
    case_actions.TAKE_IN: _nothing,
    case_actions.TRANSFER_ARRIVED: _transfer_arrived,
    case_actions.TRANSFER_LOST: _transfer_lost,
    case_actions.UNDO_MERGE: _undo_merge,
}
