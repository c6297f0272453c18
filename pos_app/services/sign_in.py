"""Who stands at the till: signing in with PIN or badge and PIN, changing over, locking. The cart stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pos_app.domain import codes
from pos_app.domain.errors import CodeRefused, CodeRevoked, NotSignedIn, StaffNotAllowed
from pos_app.domain.staff import StaffMember, limit_of
from pos_app.services.pins import Pins
from pos_app.services.session import Session
from pos_app.storage.journal import Journal
from pos_app.storage.keyring import KeyringStore
from pos_app.storage.revocations import RevocationStore


class SignIn:
    """Changes `session.person`; every change is a document first."""

    def __init__(
        self,
        session: Session,
        pins: Pins,
        journal: Journal,
        keyring: KeyringStore,
        revocations: RevocationStore,
    ) -> None:
        self._session = session
        self._pins = pins
        self._journal = journal
        self._keyring = keyring
        self._revocations = revocations

    def people(self) -> list[StaffMember]:
        """The faces to choose from."""
        return self._pins.people()

    def locked_until(self, staff: int) -> datetime | None:
        """To say it on the person's card before they type."""
        return self._pins.locked_until(staff)

    def sign_in(self, staff: int, pin: str, *, method: str = "pin") -> StaffMember:
        """Also the fast change of person: who was signed in is signed out, the cart stays.

        Raises StaffNotAllowed, LockedOut, PinWrong.
        """
        person = self._pins.check(staff, pin)
        if self._session.person is not None and self._session.person.no != staff:
            self.sign_out()
        draft = self._session.draft("sign_in", {"method": method})
        self._journal.record(replace(draft, staff=person.no))
        self._session.person = person
        self._session.is_locked = False
        return person

    def sign_out(self) -> None:
        """Nothing happens when nobody is signed in."""
        if self._session.person is None:
            return
        self._journal.record(self._session.draft("sign_out", {}))
        self._session.person = None
        self._session.is_locked = False

    def lock(self) -> None:
        """By key or after `policy.auto_lock` seconds; the person stays signed in behind the PIN pad."""
        if self._session.person is None or self._session.is_locked:
            return
        self._journal.record(self._session.draft("lock", {}))
        self._session.is_locked = True

    def unlock(self, pin: str) -> StaffMember:
        """The same person goes on. Raises NotSignedIn, LockedOut, PinWrong."""
        if self._session.person is None:
            raise NotSignedIn()
        return self.sign_in(self._session.person.no, pin)

    def recheck(self) -> bool:
        """The people of the store have changed: a role is what it is now. False = who stands here may not
        any more, and is to be locked out; the cart stays."""
        person = self._session.person
        if person is None or not self._pins.people():
            return True  # nobody at all is known: the list is on its way, and selling goes on
        try:
            self._session.person = self._pins.person(person.no)
        except StaffNotAllowed:
            return False
        return True

    def badge(self, text: str) -> StaffMember:
        """Who a badge names; the PIN is still needed (protocol §7 type 5).

        Raises CodeRefused (`reason`, also not_a_badge, expired), CodeRevoked, StaffNotAllowed.
        """
        code = codes.read_signed(codes.normalise(text), self._keyring, self._session.identity.tenant)
        if not isinstance(code, codes.BadgeCode):
            raise CodeRefused(reason="not_a_badge", serial=None)
        at = self._session.now
        key = self._keyring.issuing_key(code.key_id)
        reason = None if key is None else key.refusal_at(at)
        if reason is not None:
            raise CodeRefused(reason=reason, serial=code.serial)
        if at.astimezone(self._session.policy.timezone).date() > codes.date_of(code.valid_until_day):
            raise CodeRefused(reason="expired", serial=code.serial)
        if self._revocations.code(code.serial) is not None:
            raise CodeRevoked(serial=code.serial)
        return self._pins.person(code.staff)

    @property
    def may_sell(self) -> bool:
        """False for an auditor, who signs in to look."""
        person = self._session.person
        return person is not None and limit_of(person, "sale", self._session.policy.rights) is not None
