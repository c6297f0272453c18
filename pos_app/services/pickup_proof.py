"""Who stands at the counter for an order: its QR, the PIN the customer says, or an identity document."""

from __future__ import annotations

import hashlib
import hmac
from enum import StrEnum

from pos_app.domain.errors import PickupPinWrong
from pos_app.domain.order import Order
from pos_app.domain.staff import WRONG_TRIES
from pos_app.storage.status import StatusStore


class PinState(StrEnum):
    """none = the order has no PIN; blocked = too often wrong, a manager looks at an identity document."""

    NONE = "none"
    NEEDED = "needed"
    WRONG = "wrong"
    OK = "ok"
    BLOCKED = "blocked"


class PinTries:
    """Wrong PINs per order, kept in `status` so that a restart gives no new tries."""

    NAME = "pickup_pin"

    def __init__(self, status: StatusStore) -> None:
        self._status = status

    def count(self, order: int) -> int:
        return int((self._status.get(self.NAME) or {}).get(str(order), 0))

    def wrong(self, order: int) -> None:
        kept = dict(self._status.get(self.NAME) or {})
        kept[str(order)] = self.count(order) + 1
        self._status.set(self.NAME, kept)


class PickupProof:
    """What was looked at so far. `by_qr` = the order's own signed code was shown."""

    def __init__(self, order: Order, tries: PinTries, *, by_qr: bool, by_short_code: bool) -> None:
        self.by_qr = by_qr
        self.identity_seen = False
        self._by_short_code = by_short_code
        self._order = order
        self._tries = tries
        self._pin_ok = False
        self._pin_replaced = False

    @property
    def pin_state(self) -> PinState:
        if not self._order.needs_pin:
            return PinState.NONE
        if self._pin_ok:
            return PinState.OK
        wrong = self._tries.count(self._order.order)
        if wrong >= WRONG_TRIES:
            return PinState.BLOCKED
        return PinState.WRONG if wrong else PinState.NEEDED

    @property
    def is_pin_settled(self) -> bool:
        """Right, not asked for, or a manager has seen an identity document instead."""
        return self._pin_replaced or self.pin_state in (PinState.NONE, PinState.OK)

    @property
    def is_person_known(self) -> bool:
        """PIN or identity (what policy asks for above its limit)."""
        return self._pin_ok or self.identity_seen

    @property
    def is_enough(self) -> bool:
        """Without QR, PIN or identity anybody could name an order's number."""
        return self.by_qr or self.is_person_known

    def enter_pin(self, pin: str) -> None:
        """What the customer says. Raises PickupPinWrong (`tries_left`)."""
        if self.pin_state in (PinState.NONE, PinState.OK):
            return
        if self.pin_state is PinState.BLOCKED:
            raise PickupPinWrong(tries_left=0)
        salt = bytes.fromhex(self._order.pin_salt)
        found = hashlib.sha256(salt + pin.encode()).hexdigest()
        if not hmac.compare_digest(found, self._order.pin_hash):
            self._tries.wrong(self._order.order)
            raise PickupPinWrong(tries_left=WRONG_TRIES - self._tries.count(self._order.order))
        self._pin_ok = True

    def saw_identity(self, *, instead_of_pin: bool) -> None:
        """An identity document was seen; in place of the PIN a manager has allowed it."""
        self.identity_seen = True
        self._pin_replaced = self._pin_replaced or instead_of_pin

    @property
    def checks(self) -> tuple[str, ...]:
        """For the document: qr, short_code, pin, id."""
        seen = {
            "qr": self.by_qr,
            "short_code": self._by_short_code,
            "pin": self._pin_ok,
            "id": self.identity_seen,
        }
        return tuple(name for name, is_seen in seen.items() if is_seen)
