"""How each case may be closed: every code has its list, and a person chooses one (protocol §1.10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ACCEPT_LOSS = "accept_loss"
"""The loss stands on its account."""
COLLECT = "collect"
"""The money was got back from the customer or the person: the loss is taken off its account."""
CORRECT_POINTS = "correct_points"
"""The customer's balance is lifted to 0; what the points were worth is our loss."""
MERGE = "merge"
"""The two customers are one."""
UNDO_MERGE = "undo_merge"
"""They were two persons after all; may be done without a case."""
REAPPLY = "reapply"
"""What central did not understand is tried again, now that it does."""
RELEASE = "release"
"""The document is booked as evidence without effects, or without what it has waited for in vain."""
TRANSFER_LOST = "transfer_lost"
"""The money never arrived: our loss, counted to who sold."""
TRANSFER_ARRIVED = "transfer_arrived"
"""A person has seen it in the bank's books, where the import did not find it."""
PAYMENT_RETURNED = "payment_returned"
"""Money that no sale was made of has gone back: at the terminal, or by the bank."""
PAYMENT_LOST = "payment_lost"
"""The goods left, the money never came: our loss, counted to who sold."""
TAKE_IN = "take_in"
"""What a revoked till still had enters the inbox, like any other documents."""
IGNORE = "ignore"
"""Nothing is to be done; the note says why."""

_LOSS: Final = (ACCEPT_LOSS, COLLECT, IGNORE)
_SEEN: Final = (IGNORE,)

_ACTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "BROKEN_INVARIANT": (REAPPLY, RELEASE),
    "BUG": (REAPPLY, RELEASE),
    "CREDIT_OVERDRAWN": _LOSS,
    "CUSTOMER_DUPLICATE": (MERGE, IGNORE),
    "DUPLICATE_HANDOVER": _LOSS,
    "HANDOVER_AFTER_REFUND": _LOSS,
    "NOT_A_DOCUMENT": (REAPPLY, IGNORE),
    "ORDER_UNKNOWN": _LOSS,
    "PARKED_TOO_LONG": (RELEASE, IGNORE),
    "PAYMENT_WITHOUT_SALE": (PAYMENT_RETURNED, IGNORE),
    "POINTS_OVERDRAWN": (CORRECT_POINTS, IGNORE),
    "REFUND_DIFFERENCE": _LOSS,
    "RETURN_EXCEEDS_SOLD": _LOSS,
    "REVOKED_ACCEPTED": _LOSS,
    "REVOKED_SALVAGE": (TAKE_IN, IGNORE),
    "SALE_WITHOUT_PAYMENT": (PAYMENT_LOST, IGNORE),
    "TRANSFER_MISSING": (TRANSFER_LOST, TRANSFER_ARRIVED),
    "UNKNOWN_KIND": (REAPPLY, RELEASE),
    "UNKNOWN_SCHEMA": (REAPPLY, RELEASE),
    "VOUCHER_NEGATIVE": _LOSS,
    "VOUCHER_OVERUSED": _LOSS,
}


def actions_of(code: str) -> tuple[str, ...]:
    """What may close a case of this code; what has no list of its own is read and closed with a note."""
    return _ACTIONS.get(code, _SEEN)
