"""Tenders, points and credits."""

from __future__ import annotations

from pos_app.domain.errors.base import PosError


class CashTooLittle(PosError):
    """The cash handed over does not cover the cash due (`missing`, `due`, `tendered`)."""

    code = "cash_too_little"


class TenderMissing(PosError):
    """Something is still to be paid and no cash closes it (`missing`, `total`)."""

    code = "tender_missing"


class TenderTooMuch(PosError):
    """Tenders that give no change exceed what is due (`amount`, `most`, `excess`)."""

    code = "tender_too_much"


class TransferUnconfirmed(PosError):
    """A refund would pay out a transfer that is not confirmed: void the sale (`tender`, `reference`)."""

    code = "transfer_unconfirmed"


class VietQRRefused(PosError):
    """A VietQR text that does not parse, or fields that must not become a QR (`reason`)."""

    code = "vietqr_refused"


class PointsTooMany(PosError):
    """More points than may be spent now (`asked`, `most`, `balance`)."""

    code = "points_too_many"


class CreditRefused(PosError):
    """Store credit that cannot be spent here and now (`receipt_no`, `left`: đồng).

    `reason`: credit_not_paper, credit_other_till, credit_unknown_here, credit_revoked, credit_used_up,
    credit_taken, credit_not_needed.
    """

    code = "credit_refused"


class TenderNotOffered(PosError):
    """This way of paying is not available here yet (`kind`)."""

    code = "tender_not_offered"


class PaymentOutdated(PosError):
    """What was to be paid has changed since Pay was pressed; nothing was written."""

    code = "payment_outdated"
