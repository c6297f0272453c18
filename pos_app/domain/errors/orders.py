"""Orders and their hand-over."""

from __future__ import annotations

from pos_app.domain.errors.base import PosError


class HandoverTooMuch(PosError):
    """More than is left to hand over of an order line (`line`, `name`, `quantity`, `most`)."""

    code = "handover_too_much"


class NothingToHandOver(PosError):
    """No line was ticked, or the order is done (`order`)."""

    code = "nothing_to_hand_over"


class OrderUnknownHere(PosError):
    """Not among the orders of this till: perhaps newer than its data, never "invalid".

    `number` as typed or inside the code; from a code also `value`, `amount_due` (đồng), `items`,
    `valid_until`; `as_of` = when the orders were last known to be up to date, None = never.
    """

    code = "order_unknown_here"


class OrderOtherStore(PosError):
    """The order waits in another store (`number`, `store`)."""

    code = "order_other_store"


class OrderCancelled(PosError):
    """The order was cancelled (`number`)."""

    code = "order_cancelled"


class OrderExpired(PosError):
    """Not fetched in time, or gone back to stock (`number`, `last_day`; `reason`: expired, returned)."""

    code = "order_expired"


class OrderAlreadyHandedOver(PosError):
    """Everything of it has been handed over (`number`; own till: `receipt_no`, `at`, `by`; else None)."""

    code = "order_already_handed_over"


class OrderAmbiguous(PosError):
    """Several orders share this short code: scan the QR (`text`, `count`)."""

    code = "order_ambiguous"


class HandoverIncomplete(PosError):
    """Ordered goods are neither scanned nor refused (`missing`: thousandths, `may_be_partial`)."""

    code = "handover_incomplete"


class PickupPinNeeded(PosError):
    """The customer must say the PIN of the order first (`number`)."""

    code = "pickup_pin_needed"


class PickupPinWrong(PosError):
    """Not the PIN of the order (`tries_left`; 0 = a manager must look at an identity document)."""

    code = "pickup_pin_wrong"


class IdentityNeeded(PosError):
    """Look at an identity document first (`number`, `asked`, `most`: đồng, None = the order asks for it)."""

    code = "identity_needed"
