"""What waits for a person: answers of central, papers that did not print, shifts. One action each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from pos_app.services.clock_watch import ClockWatch
from pos_app.services.session import Session
from pos_app.storage.attention import AttentionStore, TroubledDocument
from pos_app.storage.cases import CaseStore, StoreCase
from pos_app.storage.disk_trust import DiskTrust
from pos_app.storage.journal import Journal
from pos_app.storage.lost_places import LostPlaces, LostStore
from pos_app.storage.outbox import Outbox
from pos_app.storage.print_jobs import PrintJob, PrintJobStore
from pos_app.storage.shifts import ShiftRow, ShiftStore
from pos_app.storage.standing import NEED_ENROLMENT
from pos_app.storage.suspects import SuspectStore


class AttentionKind(StrEnum):
    """case = booked, but central wants an explanation; suspect = central cannot take it, the rest goes on;
    store_case = of the store, about no document of this till; print_doubt = the paper may be there or not;
    restricted, clock and disk = of the till itself, they go when their cause goes; lost = places that a
    damaged till.db did not give back."""

    CASE = "case"
    PARKED = "parked"
    QUARANTINED = "quarantined"
    SUSPECT = "suspect"
    STORE_CASE = "store_case"
    FORK = "fork"
    CONFLICT = "conflict"
    PRINT_FAILED = "print_failed"
    PRINT_DOUBT = "print_doubt"
    SHIFT_TO_VERIFY = "shift_to_verify"
    RESTRICTED = "restricted"
    CLOCK = "clock"
    DISK = "disk"
    LOST = "lost"


class AttentionAction(StrEnum):
    """The one thing to do about it here."""

    SEEN = "seen"
    SEND_AGAIN = "send_again"
    TRY_NOW = "try_now"
    PRINT_AGAIN = "print_again"
    VERIFY = "verify"
    ENROL_AGAIN = "enrol_again"
    CONFIRM_DATE = "confirm_date"
    EXPORT = "export"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class AttentionItem:
    """`codes` are central's reasons; `reason` a printer's. `difference` of a shift in đồng.

    `facts` of a case as central gives them.
    """

    kind: AttentionKind
    action: AttentionAction
    at: datetime
    doc_id: str
    document_kind: str = ""
    receipt_no: str = ""
    codes: tuple[str, ...] = ()
    case: str | None = None
    missing: tuple[str, ...] = ()
    job: int | None = None
    template: str = ""
    reason: str = ""
    shift: int | None = None
    difference: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    lost: LostPlaces | None = None


@dataclass(frozen=True, slots=True)
class AttentionStores:
    """What the list is read from."""

    attention: AttentionStore
    outbox: Outbox
    print_jobs: PrintJobStore
    shifts: ShiftStore
    journal: Journal
    cases: CaseStore
    suspects: SuspectStore
    lost: LostStore
    disk: DiskTrust


_KINDS = {
    "applied_flagged": AttentionKind.CASE,
    "parked": AttentionKind.PARKED,
    "quarantined": AttentionKind.QUARANTINED,
    "fork": AttentionKind.FORK,
    "conflict": AttentionKind.CONFLICT,
    "suspect": AttentionKind.SUSPECT,
}


class Attention:
    """Nothing here blocks selling."""

    def __init__(self, session: Session, stores: AttentionStores, clock: ClockWatch) -> None:
        self._session = session
        self._stores = stores
        self._clock = clock

    def items(self) -> list[AttentionItem]:
        """Newest first."""
        found = [_document(item, self._facts(item)) for item in self._documents()]
        found += [_document(item) for item in self._stores.attention.suspects()]
        found += [_store_case(case) for case in self._store_cases()]
        found += [self._paper(job) for job in self._stores.attention.print_jobs()]
        found += [self._shift(row) for row in self._stores.shifts.to_verify() if row.to_verify]
        found += self._of_the_till()
        return sorted(found, key=lambda item: item.at, reverse=True)

    def count(self) -> int:
        """How many, for the strip."""
        unverified = sum(1 for row in self._stores.shifts.to_verify() if row.to_verify)
        of_documents = len(self._documents()) + len(self._stores.attention.suspects())
        papers = len(self._stores.attention.print_jobs())
        return of_documents + len(self._store_cases()) + papers + unverified + len(self._of_the_till())

    def act(self, item: AttentionItem) -> None:
        """Its action; a shift is verified on the shift's own screen."""
        if item.action is AttentionAction.PRINT_AGAIN and item.job is not None:
            self._print_again(item)
        elif item.action is AttentionAction.SEND_AGAIN:
            self._stores.outbox.send_again(item.doc_id)
        elif item.action is AttentionAction.TRY_NOW:
            self._stores.suspects.try_now(item.doc_id)
        elif item.action is AttentionAction.SEEN:
            self.dismiss(item)

    def dismiss(self, item: AttentionItem) -> None:
        """The paper is in hand or not needed; an answer of central was read."""
        if item.lost is not None:
            self._stores.lost.seen(item.lost)
        elif item.job is not None:
            self._stores.print_jobs.dismiss(item.job)
        elif item.doc_id:
            self._stores.attention.seen(item.doc_id)

    def _documents(self) -> list[TroubledDocument]:
        """Without those whose case somebody has closed at central."""
        return [item for item in self._stores.attention.documents() if not self._is_closed(item.case)]

    def _is_closed(self, case: str | None) -> bool:
        known = None if case is None else self._stores.cases.by_id(case)
        return known is not None and not known.is_open

    def _facts(self, item: TroubledDocument) -> Mapping[str, Any]:
        known = None if item.case is None else self._stores.cases.by_id(item.case)
        return {} if known is None else known.facts

    def _store_cases(self) -> list[StoreCase]:
        """Of this till or of none; those about its documents stand with the documents."""
        own = self._session.identity.till
        return [
            case for case in self._stores.cases.open() if case.doc_id is None and case.till in (None, own)
        ]

    def _print_again(self, item: AttentionItem) -> None:
        jobs = self._stores.print_jobs
        job = jobs.by_id(item.job or 0)
        if job is None:
            return
        # a paper that may exist already must not look like a second original
        copy = jobs.next_copy(job.doc_id, job.template) if job.state == "in_doubt" else None
        jobs.again(job.id, copy)

    def _paper(self, job: PrintJob) -> AttentionItem:
        body = self._stores.journal.body(job.doc_id)
        in_doubt = job.state == "in_doubt"
        return AttentionItem(
            kind=AttentionKind.PRINT_DOUBT if in_doubt else AttentionKind.PRINT_FAILED,
            action=AttentionAction.PRINT_AGAIN,
            at=self._session.now if body is None else datetime.fromisoformat(body["wall"]),
            doc_id=job.doc_id,
            document_kind="" if body is None else body["kind"],
            receipt_no="" if body is None else str(body["payload"].get("receipt_no") or ""),
            job=job.id,
            template=job.template,
            reason=job.reason or "",
        )

    def _of_the_till(self) -> list[AttentionItem]:
        """A disk that failed, places that were lost, restricted mode, a PC whose date is not certain."""
        standing, trouble = self._session.standing, self._clock.trouble()
        found: list[AttentionItem] = []
        if standing.reason is not None:
            wants = standing.reason in NEED_ENROLMENT
            action = AttentionAction.ENROL_AGAIN if wants else AttentionAction.NOTHING
            at = standing.since or self._session.now
            found.append(AttentionItem(AttentionKind.RESTRICTED, action, at, "", reason=standing.reason))
        if trouble:
            action = AttentionAction.NOTHING if trouble == "behind" else AttentionAction.CONFIRM_DATE
            found.append(AttentionItem(AttentionKind.CLOCK, action, self._session.now, "", reason=trouble))
        if self._stores.disk.is_lost:
            nothing = AttentionAction.NOTHING
            found.append(AttentionItem(AttentionKind.DISK, nothing, self._session.now, ""))
        lost = self._stores.lost.unseen()
        if lost is not None:
            waits = self._stores.outbox.counts().unsent > 0
            action = AttentionAction.EXPORT if waits else AttentionAction.SEEN
            found.append(AttentionItem(AttentionKind.LOST, action, lost.at, "", lost=lost))
        return found

    def _shift(self, row: ShiftRow) -> AttentionItem:
        doc_id = row.closed_doc_id or row.doc_id
        body = self._stores.journal.body(doc_id)
        return AttentionItem(
            kind=AttentionKind.SHIFT_TO_VERIFY,
            action=AttentionAction.VERIFY,
            at=row.closed_at or row.opened_at,
            doc_id=doc_id,
            document_kind="shift_close",
            shift=row.number,
            difference=0 if body is None else int(body["payload"].get("difference", 0)),
        )


_ACTIONS = {
    AttentionKind.CONFLICT: AttentionAction.SEND_AGAIN,
    AttentionKind.SUSPECT: AttentionAction.TRY_NOW,
}


def _store_case(case: StoreCase) -> AttentionItem:
    return AttentionItem(
        kind=AttentionKind.STORE_CASE,
        action=AttentionAction.NOTHING,
        at=case.opened_at,
        doc_id="",
        codes=(case.code,),
        case=case.id,
        facts=case.facts,
    )


def _document(item: TroubledDocument, facts: Mapping[str, Any] | None = None) -> AttentionItem:
    kind = _KINDS[item.status]
    return AttentionItem(
        kind=kind,
        action=_ACTIONS.get(kind, AttentionAction.SEEN),
        at=datetime.fromisoformat(item.at),
        doc_id=item.doc_id,
        document_kind=item.kind,
        receipt_no=item.receipt_no or "",
        codes=item.codes,
        case=item.case,
        missing=item.missing,
        facts=facts or {},
    )
