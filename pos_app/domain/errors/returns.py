"""Returns and the receipts that they name."""

from __future__ import annotations

from pos_app.domain.errors.base import PosError


class ReturnRefused(PosError):
    """A line that cannot come back (`line`, `name`, `reason`: a code, `last_day`)."""

    code = "return_refused"


class ReturnTooMuch(PosError):
    """More than is left to return of a line (`line`, `name`, `quantity`, `most`)."""

    code = "return_too_much"


class NothingToReturn(PosError):
    """No line was chosen, or nothing is left to return (`receipt_no`)."""

    code = "nothing_to_return"


class ReceiptUnknownHere(PosError):
    """A receipt whose lines this till does not know: never "invalid".

    `receipt_no` as typed, or from a genuine code `store`, `till_number`, `day`, `total` (đồng);
    `as_of` = when the sales were last known to be up to date, None = never.
    """

    code = "receipt_unknown_here"


class ReceiptRevoked(PosError):
    """Central has withdrawn this receipt (`receipt_no`)."""

    code = "receipt_revoked"


class ReceiptNotReturnable(PosError):
    """Nothing on this paper can come back (`receipt_no`; `kind`: return, void, order_payment, voided)."""

    code = "receipt_not_returnable"
