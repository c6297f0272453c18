"""Who stands at the till, in which shift, and with what connection: every document says all three."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from pos_app.domain.envelope import Connectivity
from pos_app.domain.errors import (
    NoOpenShift,
    NotSignedIn,
    ShiftOutdated,
    ShiftStepRefused,
    StaffNotAllowed,
)
from pos_app.domain.feed_names import FEEDS
from pos_app.domain.policy import Policy
from pos_app.domain.shift import ShiftState, must_close_first
from pos_app.domain.staff import StaffMember, limit_of
from pos_app.services.soundness import sound
from pos_app.storage.clock import Clock
from pos_app.storage.identity import Identity
from pos_app.storage.journal import Draft, Payload
from pos_app.storage.print_jobs import PrintOrder
from pos_app.storage.shifts import OpenShift, ShiftStore
from pos_app.storage.standing import Standing

NEVER = 100 * 365 * 24 * 3600


class Session:
    """One per running till. The person changes with signing in; the shift belongs to the till."""

    def __init__(
        self,
        identity: Identity,
        shifts: ShiftStore,
        policy: Callable[[], Policy],
        clock: Clock,
        connectivity: Callable[[], Connectivity],
        feed_versions: Callable[[], Mapping[str, int]],
        feed_age: Callable[[str], datetime | None],
        may_ask: Callable[[], bool] = lambda: False,
        standing: Callable[[], Standing] = Standing,
        is_counted: Callable[[OpenShift], bool] = lambda _shift: False,
    ) -> None:
        self.identity = identity
        self.clock = clock
        self.person: StaffMember | None = None
        self.is_locked = False
        self._shifts = shifts
        self._policy = policy
        self._connectivity = connectivity
        self._feed_versions = feed_versions
        self._feed_age = feed_age
        self._standing = standing
        self._may_ask = may_ask
        self._is_counted = is_counted

    @property
    def policy(self) -> Policy:
        return self._policy()

    @property
    def standing(self) -> Standing:
        """Whether this till may be trusted by itself at this moment (protocol §8)."""
        return self._standing()

    @property
    def connectivity(self) -> Connectivity:
        """Judged at this moment, for this operation (protocol §11)."""
        return self._connectivity()

    @property
    def is_online(self) -> bool:
        return self.connectivity == "online"

    @property
    def can_check_online(self) -> bool:
        """Whether central can be asked before the act. For what is offered: an act asks (services.claims)."""
        return self._may_ask()

    @property
    def now(self) -> datetime:
        """The time that counts (protocol §8): a clock set back revives nothing, neither code nor price."""
        return self.clock.now()

    def feed_age_s(self, feed: str) -> int:
        """Seconds since central last confirmed this feed; a feed that never came is as old as can be."""
        confirmed = self._feed_age(feed)
        return NEVER if confirmed is None else max(int((self.now - confirmed).total_seconds()), 0)

    @property
    def offline_s(self) -> int:
        """Seconds since central last answered this till's sync loop: then it confirms the feeds."""
        return min(self.feed_age_s(feed) for feed in FEEDS)

    @property
    def shift(self) -> OpenShift | None:
        return self._shifts.open_shift()

    @property
    def business_date(self) -> date:
        """The open shift's; without one, that of this instant."""
        shift = self.shift
        if shift is not None:
            return shift.business_date
        return self.policy.business_date(self.now)

    def require_person(self) -> StaffMember:
        """Raises NotSignedIn."""
        if self.person is None:
            raise NotSignedIn()
        return self.person

    def open_shift(self) -> OpenShift:
        """Raises NoOpenShift."""
        shift = self.shift
        if shift is None:
            raise NoOpenShift()
        return shift

    def require_shift(self) -> OpenShift:
        """To work in. Raises NoOpenShift, ShiftStepRefused once its drawer is counted (rules: Shifts)."""
        shift = self.open_shift()
        if self._is_counted(shift):
            raise ShiftStepRefused(state=ShiftState.COUNTING.value, needed=ShiftState.OPEN.value)
        return shift

    def check_may_sell(self) -> None:
        """Raises StaffNotAllowed for an auditor, who signs in to look."""
        person = self.person
        if person is not None and limit_of(person, "sale", self.policy.rights) is None:
            raise StaffNotAllowed(staff=person.no, reason="auditor", what="sale")

    def check_new_cart(self) -> None:
        """Before a new cart. Raises ShiftOutdated when the shift's business day is over (rules: Shifts)."""
        shift, policy = self.shift, self.policy
        if shift is None or not must_close_first(
            shift.business_date, self.now, policy.timezone, policy.day_end
        ):
            return
        raise ShiftOutdated(number=shift.number, business_date=shift.business_date)

    def draft(
        self,
        kind: str,
        payload: Payload,
        *,
        private: Mapping[str, object] | None = None,
        approver: int | None = None,
        depends_on: tuple[str, ...] = (),
        print_jobs: tuple[PrintOrder, ...] = (),
        doc_id: str | None = None,
        is_unchecked: bool = False,
    ) -> Draft:
        """A document by who is signed in, in the open shift, at the present state of the connection.

        `is_unchecked`: central was asked about something in it and did not answer, so it counts as offline.
        """
        shift = self.shift
        return Draft(
            kind=kind,
            payload=sound(kind, payload),
            staff=0 if self.person is None else self.person.no,
            approver=approver,
            shift=None if shift is None else shift.number,
            private=private,
            depends_on=depends_on,
            connectivity="offline" if is_unchecked else self.connectivity,
            as_of=self._feed_versions(),
            print_jobs=print_jobs,
            doc_id=doc_id,
        )
