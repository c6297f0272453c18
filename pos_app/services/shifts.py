"""Shifts: opened with a counted float, closed with a blind count; they belong to the till."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pos_app.domain.cash import count_json, counted
from pos_app.domain.document import DocumentKind
from pos_app.domain.errors import (
    CountFrozen,
    DateUnconfirmed,
    DifferenceNeedsReason,
    DiskFull,
    NotTheirsToApprove,
    SamePersonRefused,
    ShiftAlreadyOpen,
    ShiftStepRefused,
)
from pos_app.domain.shift import (
    Count,
    JournalRange,
    Shift,
    must_close_first,
    shift_close_payload,
    shift_open_payload,
    x_report,
)
from pos_app.domain.staff import limit_of
from pos_app.domain.z_totals import ZTotals
from pos_app.services.approvals import Approvals
from pos_app.services.clock_watch import ClockWatch
from pos_app.services.frozen_count import FrozenCount
from pos_app.services.pins import Pins
from pos_app.services.refusals import RefusalLog
from pos_app.services.session import Session
from pos_app.storage.drafts import DraftStore
from pos_app.storage.journal import Commit, Journal, Recorded
from pos_app.storage.outbox import Outbox
from pos_app.storage.print_jobs import PrintJobStore, PrintOrder
from pos_app.storage.reserve import Reserve
from pos_app.storage.shifts import OpenShift, ShiftRow, ShiftStore

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ShiftStores:
    """What shifts are read from and written to."""

    shifts: ShiftStore
    journal: Journal
    drafts: DraftStore
    outbox: Outbox
    print_jobs: PrintJobStore
    frozen: FrozenCount
    reserve: Reserve


@dataclass(frozen=True, slots=True)
class CountSheet:
    """What a count starts with; nothing here tells what the drawer should hold.

    `float_amount` in đồng; `frozen` = the count already entered {denomination: pieces}, only to explain.
    """

    number: int
    opened_at: datetime
    opened_by: int
    float_amount: int
    held_carts: int
    open_cart: bool
    unsent: int
    frozen: Mapping[int, int] | None = None


@dataclass(frozen=True, slots=True)
class CloseOutcome:
    """Both figures of the drawer in đồng; `to_verify` blocks nothing but its own verification."""

    recorded: Recorded
    expected: int
    counted: int
    difference: int
    to_verify: bool
    z_no: int


class Shifts:
    """open → counting → closed → verified (rules: Shifts)."""

    def __init__(
        self,
        session: Session,
        stores: ShiftStores,
        approvals: Approvals,
        pins: Pins,
        refusals: RefusalLog,
        clock: ClockWatch,
    ) -> None:
        self._session = session
        self._stores = stores
        self._approvals = approvals
        self._pins = pins
        self._refusals = refusals
        self._clock = clock

    # --- open ----------------------------------------------------------------------------------
    def current(self) -> OpenShift | None:
        """The open shift of the till, whoever opened it."""
        return self._session.shift

    @property
    def next_number(self) -> int:
        """What the next shift will be called."""
        return self._stores.shifts.next_number()

    def open(self, counts: Mapping[int, int]) -> Recorded:
        """`counts` = the float as pieces by denomination.

        Raises StaffNotAllowed, ShiftAlreadyOpen, AmountRefused, and DateUnconfirmed while a person must say
        which day it is.
        """
        self._session.require_person()
        self._approvals.require_right("shift.open")
        shift = self._session.shift
        if shift is not None:
            raise ShiftAlreadyOpen(number=shift.number, business_date=shift.business_date)
        question = self._clock.question()
        if question is not None:
            raise DateUnconfirmed(wall=question.wall, known=question.known)
        day = self._session.policy.business_date(self._session.now)
        payload = shift_open_payload(self.next_number, day, counts)
        return self._stores.journal.record(self._session.draft(DocumentKind.SHIFT_OPEN.value, payload))

    @property
    def must_close_first(self) -> bool:
        """A new cart must wait: the business day of the open shift is over; a cart already begun need not."""
        shift, policy = self._session.shift, self._session.policy
        return shift is not None and must_close_first(
            shift.business_date, self._session.now, policy.timezone, policy.day_end
        )

    def x_report(self) -> dict[str, Any]:
        """The sums so far; nothing is recorded and no expected cash is given away. Raises NoOpenShift."""
        row = self._session.open_shift()
        return x_report(_shift(row), self._documents(row.number))

    def print_x_report(self) -> None:
        """The same on paper."""
        row = self._session.open_shift()
        jobs = self._stores.print_jobs
        jobs.enqueue(row.doc_id, "x_report", 1, self._session.now, self.x_report())

    def _documents(self, number: int) -> list[dict[str, Any]]:
        return self._stores.journal.documents_of_shift(None, number)

    # --- count and close -----------------------------------------------------------------------
    def begin_count(self) -> CountSheet:
        """A blind sheet. Raises NoOpenShift, NotSignedIn, StaffNotAllowed."""
        self._approvals.require_right("shift.close")
        row = self._session.open_shift()
        return CountSheet(
            number=row.number,
            opened_at=row.opened_at,
            opened_by=row.opened_by,
            float_amount=counted(row.opening_float),
            held_carts=len(self._stores.drafts.held()),
            open_cart=self._stores.drafts.load_current() is not None,
            unsent=self._stores.outbox.counts().unsent,
            frozen=self._stores.frozen.of(row),
        )

    def close(self, counts: Mapping[int, int], reason: str | None = None) -> CloseOutcome:
        """Close with what was counted, pieces by denomination; both figures are kept.

        Raises DifferenceNeedsReason once the figures may be seen; from then on the count is frozen and
        another one raises CountFrozen. Raises AmountRefused, NoOpenShift.
        On a full disk the reserve is given up for it: the day must end with its figures (fault 5).
        """
        try:
            return self._close(counts, reason)
        except DiskFull:
            if not self._stores.reserve.free():
                raise
            log.warning("the disk is full: the reserve was given up to close the shift")
            return self._close(counts, reason)

    def _close(self, counts: Mapping[int, int], reason: str | None) -> CloseOutcome:
        self._approvals.require_right("shift.close")
        row = self._session.open_shift()
        frozen = self._stores.frozen.of(row)
        if frozen is not None and count_json(counts) != count_json(frozen):
            raise CountFrozen(counted=counted(frozen))
        self._refusals.flush()
        text = (reason or "").strip()
        draft = self._session.draft(
            DocumentKind.SHIFT_CLOSE.value,
            lambda commit: self._closing(commit, row, counts, text),
            print_jobs=(PrintOrder("shift_report"),),
        )
        try:
            recorded = self._stores.journal.record(draft)
        except DifferenceNeedsReason:
            self._stores.frozen.freeze(row, counts)
            raise
        return self._outcome(recorded)

    def _closing(
        self, commit: Commit, row: ShiftRow, counts: Mapping[int, int], reason: str
    ) -> dict[str, Any]:
        """Inside the commit: no document can slip in between the sums and the closing."""
        shift = _shift(row)
        shift.start_count()
        totals = ZTotals.of(self._stores.journal.documents_of_shift(commit.connection, row.number))
        count = shift.enter_count(counts, totals, self._session.policy.shift_verify_above)
        if count.needs_reason and not reason:
            raise DifferenceNeedsReason(
                expected=count.expected,
                counted=count.counted,
                difference=count.difference,
                to_verify=count.to_verify,
            )
        shift.close(self._session.require_person().no, count, reason)
        return self._payload(commit, row, shift, count, totals) | ({"reason": reason} if reason else {})

    def _payload(
        self, commit: Commit, row: ShiftRow, shift: Shift, count: Count, totals: ZTotals
    ) -> dict[str, Any]:
        last = commit.seq - 1
        place = JournalRange(
            first_seq=row.first_seq,
            last_seq=last,
            count=last - row.first_seq + 1,
            head_hash=commit.prev_hash.hex(),
            unsent=self._stores.outbox.counts().unsent,
        )
        z_no = self._stores.shifts.next_z(commit.connection)
        return shift_close_payload(shift, z_no, count, totals, place)

    def _outcome(self, recorded: Recorded) -> CloseOutcome:
        body = self._stores.journal.body(recorded.doc_id)
        assert body is not None
        payload = body["payload"]
        return CloseOutcome(
            recorded,
            payload["expected"],
            payload["counted"],
            payload["difference"],
            payload["to_verify"],
            payload["z_no"],
        )

    # --- verify --------------------------------------------------------------------------------
    def to_verify(self) -> list[ShiftRow]:
        """Closed here and not yet verified by a second person."""
        return self._stores.shifts.to_verify()

    def verify(self, closing_doc_id: str, second: int, pin: str, note: str = "") -> Recorded:
        """By another person than the one who closed it, with their PIN.

        Raises SamePersonRefused, NotTheirsToApprove (the difference is above their limit), PinWrong,
        LockedOut, ShiftStepRefused.
        """
        row = self._stores.shifts.by_closing(closing_doc_id)
        if row is None or row.state != "closed":
            raise ShiftStepRefused(state="" if row is None else row.state, needed="closed")
        if row.closed_by == second:
            raise SamePersonRefused(staff=second, what="shift.verify")
        body = self._stores.journal.body(closing_doc_id)
        assert body is not None
        amount = abs(int(body["payload"]["difference"]))
        limit = limit_of(self._pins.person(second), "shift.verify", self._session.policy.rights)
        if limit is None or amount > limit:
            raise NotTheirsToApprove(staff=second, right="shift.verify", asked=amount, most=limit)
        self._pins.check(second, pin)
        payload = {"of": closing_doc_id} | ({"note": note.strip()} if note.strip() else {})
        draft = self._session.draft(DocumentKind.SHIFT_VERIFY.value, payload)
        return self._stores.journal.record(replace(draft, staff=second))


def _shift(row: ShiftRow) -> Shift:
    return Shift(row.number, row.business_date, row.opened_by, row.opening_float)
