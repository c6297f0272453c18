"""PINs at this till: verified offline, wrong tries counted per person and kept over a restart."""

from __future__ import annotations

from datetime import datetime

from pos_app.domain.errors import LockedOut, PinWrong, StaffNotAllowed
from pos_app.domain.staff import WRONG_TRIES, StaffMember, locked_until
from pos_app.services.session import Session
from pos_app.storage.staff import StaffStore


class Pins:
    """The one place where a PIN is compared. Takes tens of milliseconds (Argon2id): call it from `once`."""

    def __init__(self, session: Session, staff: StaffStore) -> None:
        self._session = session
        self._staff = staff

    def people(self) -> list[StaffMember]:
        """Who works in this store and may stand here, in the order of the feed."""
        return [person for person in self._staff.everyone() if self._refusal(person) is None]

    def person(self, no: int) -> StaffMember:
        """Raises StaffNotAllowed (`reason`: unknown, inactive, revoked)."""
        for person in self._staff.everyone():
            if person.no == no:
                refusal = self._refusal(person)
                if refusal is not None:
                    raise StaffNotAllowed(staff=no, reason=refusal, what="")
                return person
        raise StaffNotAllowed(staff=no, reason="unknown", what="")

    def locked_until(self, no: int) -> datetime | None:
        """Until when this person is locked out here; None = may try."""
        tries = self._staff.tries(no)
        until = locked_until(tries.wrong, tries.last_wrong)
        return until if until is not None and until > self._session.now else None

    def check(self, no: int, pin: str, *, also_counted: int | None = None) -> StaffMember:
        """The person, when this is their PIN. A wrong one counts on `also_counted` too.

        Raises StaffNotAllowed, LockedOut (before anything is compared), PinWrong.
        """
        person = self.person(no)
        counted = [no] if also_counted is None else [no, also_counted]
        for who in counted:
            self._refuse_locked(who)
        if not self._staff.verify(no, pin):
            for who in counted:
                self._staff.wrong_try(who, self._session.now)
            for who in counted:
                self._refuse_locked(who)
            left = min(WRONG_TRIES - self._staff.tries(who).wrong for who in counted)
            raise PinWrong(staff=no, tries_left=left)
        for who in counted:
            self._staff.clear_tries(who)
        return person

    def _refuse_locked(self, no: int) -> None:
        until = self.locked_until(no)
        if until is not None:
            raise LockedOut(staff=no, until=until)

    def _refusal(self, person: StaffMember) -> str | None:
        if not person.active:
            return "inactive"
        return "revoked" if self._staff.is_revoked(person.no) else None
