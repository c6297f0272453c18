"""What central says, and its silence."""

from __future__ import annotations

from pos_app.domain.errors.base import PosError


class Offline(PosError):
    """Central has given no verdict (`reason`; `retry_after_s` when it asked for a pause, else None).

    `reason`: network, timeout, tls, redirect, not_json, truncated, bad_answer, too_large, busy,
    http_<status>.
    """

    code = "offline"


class CentralRefused(PosError):
    """Central's own no (`status`, `refusal`: its machine code, `answer`: the whole body)."""

    code = "central_refused"


class Unauthorised(PosError):
    """Central does not know who asks (`refusal`: clock_skew, unknown_till, bad_signature, …)."""

    code = "unauthorised"


class EnrolmentRefused(PosError):
    """An enrolment that is not believed.

    `reason`: bad_ticket, other_root_key, bad_keyset, bad_certificate, other_till,
    enrolled_already, not_enrolled.
    """

    code = "enrolment_refused"


class NotEnrolled(PosError):
    """This data folder belongs to no till yet."""

    code = "not_enrolled"


class AskCentral(PosError):
    """Not refused: central can be asked first (`what`: a kind of check or look-up; `question`)."""

    code = "ask_central"


class UsedElsewhere(PosError):
    """Central says it is used, or in another till's hands at this moment.

    `reason`: voucher, credit, handover, return, points; `holder`: that till, "NT02", or "".
    """

    code = "used_elsewhere"


class NotEnoughLeft(PosError):
    """Central says there is less than asked for (`reason`: voucher, points, credit; `asked`, `left`)."""

    code = "not_enough_left"


class UnknownAtCentral(PosError):
    """Central was asked and does not know it either (`reason`: voucher, credit, receipt, order, customer)."""

    code = "unknown_at_central"
