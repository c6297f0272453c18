"""What a person may do alone, and what a second person allows: once, for 60 seconds, for one draft."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from pos_app.domain.approval import Approval
from pos_app.domain.canonical import canonical
from pos_app.domain.errors import (
    ApprovalExpired,
    ApprovalRequired,
    NotTheirsToApprove,
    PolicyRefused,
    StaffNotAllowed,
)
from pos_app.domain.staff import Rights, Role, StaffMember, limit_of, may, may_approve
from pos_app.domain.verdict import Allowed, NeedsApproval, NeedsManager, NeedsProof, Refused
from pos_app.services.pins import Pins
from pos_app.services.session import Session

VALID_MS = 60_000

Judgement = Allowed | NeedsApproval | NeedsManager | NeedsProof | Refused


@dataclass(frozen=True, slots=True)
class ApprovalNeed:
    """What is asked of a second person. `asked` and `most` in the right's unit; `asker` is a staff number."""

    right: str
    reason: str
    asked: int
    most: int | None
    asker: int


@dataclass(slots=True)
class Granted:
    """An approval not yet used. `expires_ms` on the monotonic clock."""

    approval: Approval
    draft_hash: str
    expires_ms: int
    used: bool = field(default=False)


def draft_hash(facts: Mapping[str, object]) -> str:
    """What an approval is bound to: SHA-256 of the canonical facts that the second person sees."""
    return hashlib.sha256(canonical(dict(facts))).hexdigest()


class Approvals:
    """Rights of the person who is signed in, and the second person where they do not reach."""

    def __init__(self, session: Session, pins: Pins) -> None:
        self._session = session
        self._pins = pins

    @property
    def _rights(self) -> Rights:
        """As the shop's policy has them at this moment."""
        return self._session.policy.rights

    def _limit(self, person: StaffMember, right: str) -> int | None:
        return limit_of(person, right, self._rights)

    def person(self, no: int) -> StaffMember:
        """Raises StaffNotAllowed for who does not work here any more."""
        return self._pins.person(no)

    # --- what is needed ------------------------------------------------------------------------
    def check_right(self, right: str, amount: int = 0) -> ApprovalNeed | None:
        """None = this person alone. Raises NotSignedIn, StaffNotAllowed (an auditor), PolicyRefused."""
        person = self._session.require_person()
        if person.role is Role.AUDITOR and self._limit(person, right) is None:
            raise StaffNotAllowed(staff=person.no, reason="auditor", what=right)
        return self.need(right, may(person, right, amount, self._rights), amount)

    def require_right(self, right: str, amount: int = 0) -> None:
        """Where nobody can be asked to allow it: who may do it signs in.

        Raises NotSignedIn, StaffNotAllowed, PolicyRefused.
        """
        if self.check_right(right, amount) is not None:
            raise StaffNotAllowed(staff=self._session.require_person().no, reason="role", what=right)

    def need(self, right: str, verdict: Judgement, amount: int = 0) -> ApprovalNeed | None:
        """None when allowed, or when the person's own right covers what the verdict asks for.

        Raises PolicyRefused above a hard limit, NotSignedIn.
        """
        person = self._session.require_person()
        if isinstance(verdict, Refused):
            raise PolicyRefused(reason=verdict.reason, asked=verdict.asked, most=verdict.most)
        if isinstance(verdict, Allowed):
            return None
        if isinstance(verdict, NeedsApproval):
            return ApprovalNeed(right, "role", amount, verdict.limit, person.no)
        asked = verdict.asked or amount
        own = self._limit(person, right)
        if own is not None and asked <= own:
            return None
        return ApprovalNeed(right, verdict.reason, asked, verdict.most, person.no)

    def need_of(self, error: ApprovalRequired) -> ApprovalNeed:
        """The same from an error that a service raised."""
        fields = error.fields
        asked, most = fields.get("asked"), fields.get("most")
        return ApprovalNeed(
            str(fields["right"]),
            str(fields.get("reason") or ""),
            asked if isinstance(asked, int) else 0,
            most if isinstance(most, int) else None,
            self._session.require_person().no,
        )

    def approvers(self, need: ApprovalNeed) -> list[StaffMember]:
        """Who could allow it, for the list on the dialog."""
        return [person for person in self._pins.people() if self._covers(person, need)]

    def _covers(self, person: StaffMember, need: ApprovalNeed) -> bool:
        if person.no == need.asker:
            return False
        limit = self._limit(person, need.right)
        return limit is not None and need.asked <= limit

    # --- given and used ------------------------------------------------------------------------
    def approve(
        self, need: ApprovalNeed, approver: int, pin: str, draft: str, *, method: str = "pin"
    ) -> Granted:
        """`draft` is the hash of what the second person sees; `method` pin or badge_pin.

        Raises SamePersonRefused, StaffNotAllowed, NotTheirsToApprove, PinWrong, LockedOut. Wrong tries
        count on the asking person too, so that nobody can lock the manager out (rules: People).
        """
        second, asker = self._pins.person(approver), self._pins.person(need.asker)
        if not may_approve(second, asker, need.right, need.asked, self._rights):
            limit = self._limit(second, need.right)
            raise NotTheirsToApprove(staff=second.no, right=need.right, asked=need.asked, most=limit)
        self._pins.check(second.no, pin, also_counted=asker.no)
        return Granted(
            Approval(need.right, second.no, method, need.reason),
            draft,
            self._session.clock.mono_ms() + VALID_MS,
        )

    def take(self, granted: Granted, draft: str) -> Approval:
        """Use it up. Raises ApprovalExpired: too old, used before, or given for another draft."""
        late = self._session.clock.mono_ms() > granted.expires_ms
        if granted.used or late or granted.draft_hash != draft:
            raise ApprovalExpired()
        granted.used = True
        return granted.approval

    def settle(self, need: ApprovalNeed | None, granted: Granted | None, draft: str) -> tuple[Approval, ...]:
        """What the document names: nothing when nothing is needed, else the approval, used up.

        Raises ApprovalRequired when it is missing or was given for something else, ApprovalExpired.
        """
        if need is None:
            return ()
        if granted is None or granted.approval.right != need.right:
            raise ApprovalRequired(right=need.right, reason=need.reason, asked=need.asked, most=need.most)
        return (self.take(granted, draft),)
