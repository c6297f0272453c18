"""Who may do what, and customers."""

from __future__ import annotations

from pos_app.domain.errors.base import PosError


class ReasonMissing(PosError):
    """A reason is needed (`what`)."""

    code = "reason_missing"


class SamePersonRefused(PosError):
    """Nobody approves or verifies their own act (`staff`, `what`)."""

    code = "same_person_refused"


class PhoneRefused(PosError):
    """Text that is not a phone number (`text`)."""

    code = "phone_refused"


class NotSignedIn(PosError):
    """Nobody is signed in at this till."""

    code = "not_signed_in"


class ApprovalRequired(PosError):
    """A second person must allow this (`right`, `reason`; `asked` and `most` in the rule's unit)."""

    code = "approval_required"


class ApprovalExpired(PosError):
    """The approval is older than 60 seconds, was used, or was given for another draft."""

    code = "approval_expired"


class PolicyRefused(PosError):
    """Above a hard limit, or not possible without central (`reason`, `asked`, `most`)."""

    code = "policy_refused"


class CustomerUnknownHere(PosError):
    """No customer with this phone or card is known at this till (`phone` or `serial`)."""

    code = "customer_unknown_here"


class CustomerMissing(PosError):
    """Points need a customer attached."""

    code = "customer_missing"


class PinWrong(PosError):
    """Not this person's PIN (`staff`, `tries_left` before the till locks the person out)."""

    code = "pin_wrong"


class LockedOut(PosError):
    """Too many wrong PINs of this person at this till (`staff`, `until`: aware instant)."""

    code = "locked_out"


class StaffNotAllowed(PosError):
    """This person may not do this here (`staff`, `what`; `reason`: unknown, inactive, revoked, auditor)."""

    code = "staff_not_allowed"


class NotTheirsToApprove(PosError):
    """The second person's own right does not cover it (`staff`, `right`, `asked`, `most`)."""

    code = "not_theirs_to_approve"


class CustomerKnown(PosError):
    """Somebody with this phone is a customer already (`name`, `customer`)."""

    code = "customer_known"
