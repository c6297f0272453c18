"""Shifts, their day and their count."""

from __future__ import annotations

from pos_app.domain.errors.base import PosError


class ShiftStepRefused(PosError):
    """The shift is not in the state that this needs (`state`, `needed`)."""

    code = "shift_step_refused"


class NoOpenShift(PosError):
    """The till has no open shift: open one first."""

    code = "no_open_shift"


class DateUnconfirmed(PosError):
    """A shift opens only on a day that is certain (`wall`, `known`: aware instants)."""

    code = "date_unconfirmed"


class ShiftOutdated(PosError):
    """The business day of the open shift is over: it is closed before a new cart.

    `number`, `business_date` of that shift.
    """

    code = "shift_outdated"


class ShiftAlreadyOpen(PosError):
    """One shift of the till is open (`number`, `business_date`): close it first."""

    code = "shift_already_open"


class CountFrozen(PosError):
    """The figures were shown, so the count stands as entered; only the reason is missing (`counted`)."""

    code = "count_frozen"


class DifferenceNeedsReason(PosError):
    """The drawer differs: say why (`expected`, `counted`, `difference`, `to_verify`; đồng)."""

    code = "difference_needs_reason"
