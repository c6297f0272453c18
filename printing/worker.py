"""The printer's loop: takes the next job from the till's database and puts it on paper, at its own pace."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Protocol

from PIL.Image import Image
from PIL.Image import new as new_image

from pos_app.domain.errors import PrinterBroken, PrinterUnreachable
from pos_app.storage.clock import Clock
from pos_app.storage.print_jobs import PrintJob, PrintJobStore
from pos_app.text import Language, written_in
from printing import receipt, shift_report, voucher_paper
from printing.document import Document
from printing.escpos_printer import Device
from printing.facts import Body, ReceiptFacts, ReportFacts
from printing.figures import instant
from printing.raster import render

BACK_OFF: Final[Sequence[int]] = (1, 2, 5, 10, 30)
"""Seconds until the next try; the last one for ever."""

DRAWER_WITHIN: Final = timedelta(seconds=60)
"""A drawer that springs open when a dead printer comes back would find nobody in front of it."""

UNPRINTABLE: Final = "unprintable"
NO_DOCUMENT: Final = "no_document"

_log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """How one turn ended. `doubtful`: a person must look whether the paper is there."""

    IDLE = "idle"
    PRINTED = "printed"
    RETRY = "retry"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PrintReport:
    """One turn of the loop. `next_at`: when the loop need not look before, if it knows."""

    outcome: Outcome
    job: int | None = None
    reason: str = ""
    next_at: datetime | None = None


class Documents(Protocol):
    """The journal, as far as paper needs it."""

    def body(self, doc_id: str) -> dict[str, Any] | None: ...


FactsOf = Callable[[PrintJob, Body], ReceiptFacts | ReportFacts]
SetStatus = Callable[[str, str], None]


class PrintWorker:
    """Prints from committed documents only. Never loses a job, never opens the drawer twice.

    `set_status` hears ("ready", "") or ("trouble", reason) whenever that changes.
    """

    def __init__(
        self,
        jobs: PrintJobStore,
        journal: Documents,
        facts_of: FactsOf,
        device: Device,
        clock: Clock,
        set_status: SetStatus,
        language: Language = "vi",
    ) -> None:
        self._jobs = jobs
        self._journal = journal
        self._facts_of = facts_of
        self._device = device
        self._clock = clock
        self._set_status = set_status
        self._language = language
        self._told: tuple[str, str] | None = None
        self._started = False

    def run_once(self) -> PrintReport:
        """Tries the oldest job that is due. Call again at once after PRINTED."""
        if not self._started:
            self._jobs.doubt_interrupted()
            self._started = True
        job = self._jobs.pending(self._clock.now())
        if job is None:
            return PrintReport(Outcome.IDLE)
        body = job.body if job.body is not None else self._journal.body(job.doc_id)
        if body is None:
            return self._refuse(job, NO_DOCUMENT)
        if job.template == "drawer":
            return self._kick(job, body)
        try:
            with written_in(self._language):
                document = compose(job, body, self._facts_of(job, body))
            image = render(document, self._device.width)
        except (LookupError, TypeError, ValueError, AttributeError, AssertionError):
            # our bug, but one paper that cannot be composed must not keep the next customers waiting
            _log.exception("print job %s of %s cannot be composed", job.id, job.doc_id)
            return self._refuse(job, UNPRINTABLE)
        return self._print(job, image, cut=document.cut, drawer=self._opens_drawer(job, body))

    def _kick(self, job: PrintJob, body: Body) -> PrintReport:
        """Only the pulse, no paper; too late it is no longer wanted."""
        if not self._opens_drawer(job, body):
            self._jobs.printed(job.id)
            return PrintReport(Outcome.PRINTED, job.id)
        return self._print(job, new_image("1", (self._device.width, 0), 1), cut=False, drawer=True)

    def _print(self, job: PrintJob, image: Image, *, cut: bool, drawer: bool) -> PrintReport:
        self._jobs.begin(job.id)
        try:
            self._device.print(
                image,
                cut=cut,
                drawer=drawer,
                before_drawer=lambda: self._jobs.drawer_opened(job.id),
            )
        except PrinterUnreachable as trouble:
            return self._retry(job, str(trouble.fields["reason"]))
        except PrinterBroken as trouble:
            return self._doubt(job, str(trouble.fields["reason"]))
        self._jobs.printed(job.id)
        self._tell("ready", "")
        return PrintReport(Outcome.PRINTED, job.id)

    def _opens_drawer(self, job: PrintJob, body: Body) -> bool:
        """Once, for the first paper of a document that moved cash, while its customer still stands there."""
        if not job.drawer or job.drawer_sent or job.copy != 1 or "wall" not in body:
            return False
        return self._clock.now() - instant(body["wall"]) <= DRAWER_WITHIN

    def _retry(self, job: PrintJob, reason: str) -> PrintReport:
        """Nothing reached the paper: again, a little later each time."""
        wait = BACK_OFF[min(job.attempts, len(BACK_OFF) - 1)]
        at = self._clock.now() + timedelta(seconds=wait)
        self._jobs.failed(job.id, reason, at)
        self._tell("trouble", reason)
        return PrintReport(Outcome.RETRY, job.id, reason, at)

    def _doubt(self, job: PrintJob, reason: str) -> PrintReport:
        """It broke in between: whether the paper is good only a person can see."""
        self._jobs.doubtful(job.id, reason)
        self._tell("trouble", reason)
        return PrintReport(Outcome.DOUBTFUL, job.id, reason)

    def _refuse(self, job: PrintJob, reason: str) -> PrintReport:
        self._jobs.failed(job.id, reason, None)
        return PrintReport(Outcome.REFUSED, job.id, reason)

    def _tell(self, state: str, reason: str) -> None:
        if self._told != (state, reason):
            self._told = (state, reason)
            self._set_status(state, reason)
            _log.info("printer %s: %s %s", self._device.name, state, reason)


def compose(job: PrintJob, body: Body, facts: ReceiptFacts | ReportFacts) -> Document:
    """The paper that a job asks for. TypeError when the facts are those of another template."""
    if job.template in ("shift_report", "x_report"):
        if not isinstance(facts, ReportFacts):
            raise TypeError("a shift report needs ReportFacts")
        return shift_report.compose(body, facts, job.copy)
    if not isinstance(facts, ReceiptFacts):
        raise TypeError("a receipt needs ReceiptFacts")
    if job.template == "voucher":
        return voucher_paper.compose(body, facts, job.copy)
    return receipt.compose(body, facts, job.copy)
