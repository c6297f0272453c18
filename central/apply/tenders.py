"""Money that changes hands: tenders, refunds, the cash of both in the drawer, store credit."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from central.apply.awaited import expect
from central.apply.booking import Booking
from central.apply.reading import Body, text, whole
from central.apply.vouchers import spend_stored_value
from central.tables.ledgers import credit_entry
from central.tables.money import cash_entry, tender_entry
from pos_app.domain.ids import is_uuid7

CASH, STORE_CREDIT, STORED_VALUE, TRANSFER = "cash", "store_credit", "stored_value", "transfer"


def book_tenders(booking: Booking, tenders: Iterable[Body], refunds: Iterable[Body] = ()) -> None:
    """Tenders (+), refunds (−), the cash of both in the drawer, and store credit spent or created."""
    cash = 0
    for tender in tenders:
        kind, amount = text(tender, "kind"), whole(tender, "amount")
        book_tender(booking, tender, kind, amount)
        cash += amount if kind == CASH else 0
        if kind == STORE_CREDIT:
            _spend_credit(booking, tender, amount)
        elif kind == STORED_VALUE:
            spend_stored_value(booking, text(tender, "reference", ""), amount)
        elif kind == TRANSFER and amount > 0 and isinstance(tender.get("reference"), str):
            expect(booking, text(tender, "reference"), amount)
    for refund in refunds:
        kind, amount = text(refund, "kind"), whole(refund, "amount")
        book_tender(booking, refund, kind, amount)
        cash += amount if kind == CASH else 0
        if kind == STORE_CREDIT:
            # filled up again where it came from, else an account of this document's own
            booking.move_credit(_account(refund) or booking.doc_id, -amount)
        elif kind == STORED_VALUE:
            spend_stored_value(booking, text(refund, "reference", ""), amount)
    book_cash(booking, booking.envelope.kind, cash)


def book_tender(booking: Booking, tender: Body, kind: str, amount: int) -> None:
    """One entry of the ledger of money taken and given back."""
    row = {
        "doc_id": booking.doc_id,
        "kind": kind,
        "amount": amount,
        "reference": tender.get("reference"),
        "state": tender.get("state"),
    }
    booking.entries.add(tender_entry, row)


def _account(tender: Body) -> str | None:
    reference = tender.get("reference")
    return reference if isinstance(reference, str) and is_uuid7(reference) else None


def _spend_credit(booking: Booking, tender: Body, amount: int) -> None:
    account = _account(tender)
    if account is None:
        booking.flag("CREDIT_UNKNOWN", amount=amount, reference=str(tender.get("reference")))
        return
    booking.move_credit(account, -amount)
    total = select(func.sum(credit_entry.c.amount)).where(credit_entry.c.account == account)
    left = int(booking.connection.scalar(total) or 0)
    if left < 0 < amount:
        booking.flag("CREDIT_OVERDRAWN", account=account, left=left, amount=amount)
        booking.lose("credit_loss", min(amount, -left))


def book_cash(booking: Booking, kind: str, amount: int, reason: str | None = None) -> None:
    """A signed entry of the drawer; none for nothing."""
    if amount == 0:
        return
    envelope = booking.envelope
    shift = booking.payload.get("number") if kind == "float" else envelope.shift
    row = {"till": envelope.till, "epoch": envelope.epoch, "seq": envelope.seq, "shift": shift}
    booking.entries.add(
        cash_entry,
        {**row, "doc_id": booking.doc_id, "kind": kind, "amount": amount, "reason": reason},
    )
