"""A till's shift: open → counting → closed → verified, with a count that is made blind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any

from pos_app.domain.cash import count_json, counted
from pos_app.domain.errors import ReasonMissing, ShiftStepRefused
from pos_app.domain.staff import check_second_person
from pos_app.domain.z_totals import ZTotals

VERIFY_ABOVE = 50_000
DAY_END = 4 * 60


class ShiftState(StrEnum):
    OPEN = "open"
    COUNTING = "counting"
    CLOSED = "closed"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Count:
    """A drawer counted: by denomination, its worth, what was expected (both kept), and the difference."""

    notes: Mapping[int, int]
    counted: int
    expected: int
    verify_above: int = VERIFY_ABOVE

    @property
    def difference(self) -> int:
        """Counted − expected: negative = money is missing."""
        return self.counted - self.expected

    @property
    def needs_reason(self) -> bool:
        return self.difference != 0

    @property
    def to_verify(self) -> bool:
        return abs(self.difference) > self.verify_above


class Shift:
    """One shift of a till; it belongs to the till, not to the person. Changes through its methods only."""

    def __init__(
        self, number: int, business_date: date, opened_by: int, opening_float: Mapping[int, int]
    ) -> None:
        self.number = number
        self.business_date = business_date
        self.opened_by = opened_by
        self.opening_float = dict(opening_float)
        self.state = ShiftState.OPEN
        self.closed_by: int | None = None
        self._float = counted(opening_float)
        self._notes: dict[int, int] | None = None

    @property
    def is_open(self) -> bool:
        """Sales go on until the shift is closed; while counting they must wait."""
        return self.state is ShiftState.OPEN

    @property
    def float_amount(self) -> int:
        return self._float

    def expected_cash(self, totals: ZTotals) -> int:
        """Float + Σ signed cash entries."""
        return self._float + totals.cash

    def start_count(self) -> None:
        """Raises ShiftStepRefused unless open."""
        self._need(ShiftState.OPEN)
        self.state = ShiftState.COUNTING

    def resume(self) -> None:
        """Back from counting to selling; a count already entered is forgotten."""
        self._need(ShiftState.COUNTING)
        self.state, self._notes = ShiftState.OPEN, None

    def enter_count(
        self, notes: Mapping[int, int], totals: ZTotals, verify_above: int = VERIFY_ABOVE
    ) -> Count:
        """Takes the blind count and only then answers what was expected. Raises AmountRefused."""
        self._need(ShiftState.COUNTING)
        self._notes = dict(notes)
        return Count(self._notes, counted(notes), self.expected_cash(totals), verify_above)

    def close(self, by: int, count: Count, reason: str = "") -> None:
        """Raises ReasonMissing for a difference without a reason, ShiftStepRefused before the count."""
        self._need(ShiftState.COUNTING)
        if self._notes is None:
            raise ShiftStepRefused(state=self.state.value, needed="count")
        if count.needs_reason and not reason.strip():
            raise ReasonMissing(what="shift_difference")
        self.state, self.closed_by = ShiftState.CLOSED, by

    def verify(self, by: int) -> None:
        """By another person than the one who closed it. Raises SamePersonRefused."""
        self._need(ShiftState.CLOSED)
        check_second_person(self.closed_by or 0, by, "shift.verify")
        self.state = ShiftState.VERIFIED

    def _need(self, state: ShiftState) -> None:
        if self.state is not state:
            raise ShiftStepRefused(state=self.state.value, needed=state.value)


def business_date(at: datetime, zone: tzinfo, day_end: int = DAY_END) -> date:
    """The business day of an instant; it ends `day_end` minutes after midnight (04:00)."""
    return (at.astimezone(zone) - timedelta(minutes=day_end)).date()


def must_close_first(shift_date: date, at: datetime, zone: tzinfo, day_end: int = DAY_END) -> bool:
    """Whether a new cart must wait for the older shift to be closed; a cart already begun need not."""
    return business_date(at, zone, day_end) > shift_date


@dataclass(frozen=True, slots=True)
class JournalRange:
    """The shift's documents in the journal, ending before the closing one."""

    first_seq: int
    last_seq: int
    count: int
    head_hash: str
    unsent: int


def shift_open_payload(number: int, day: date, opening_float: Mapping[int, int]) -> dict[str, Any]:
    """Raises AmountRefused for unknown notes."""
    counted(opening_float)
    return {"number": number, "business_date": day.isoformat(), "float": count_json(opening_float)}


def shift_close_payload(
    shift: Shift, z_no: int, count: Count, totals: ZTotals, journal: JournalRange, reason: str = ""
) -> dict[str, Any]:
    """The Z: both figures of the drawer, the sums of the documents, and where in the journal they stand."""
    body: dict[str, Any] = {
        "number": shift.number,
        "z_no": z_no,
        "business_date": shift.business_date.isoformat(),
        "first_seq": journal.first_seq,
        "last_seq": journal.last_seq,
        "count": journal.count,
        "head_hash": journal.head_hash,
        "unsent": journal.unsent,
        "float": shift.float_amount,
        "counted": count.counted,
        "counted_notes": count_json(count.notes),
        "expected": count.expected,
        "difference": count.difference,
        "to_verify": count.to_verify,
    }
    if reason.strip():
        body["reason"] = reason.strip()
    return body | totals.to_json()


def x_report(shift: Shift, documents: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The sums so far, any time; nothing is recorded and no expected cash is given away."""
    totals = ZTotals.of(documents)
    head = {"number": shift.number, "business_date": shift.business_date.isoformat(), "count": totals.count}
    return head | totals.to_json()
