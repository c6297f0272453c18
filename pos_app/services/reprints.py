"""Papers printed again: every one is a document, and the paper says which copy it is."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.document import NUMBERED_KINDS, DocumentKind
from pos_app.domain.errors import NothingToPrint
from pos_app.services.approvals import Approvals
from pos_app.services.session import Session
from pos_app.storage.blanks import BlankStore
from pos_app.storage.journal import Journal, Recorded
from pos_app.storage.json_text import JsonObject
from pos_app.storage.print_jobs import PrintJobStore, PrintOrder, Template


@dataclass(frozen=True, slots=True)
class Reprinted:
    """`of` = the doc_id of what is printed again, `copy` ≥ 2."""

    recorded: Recorded
    of: str
    receipt_no: str
    copy: int


class Reprints:
    """Ctrl+P, and the button on every receipt shown."""

    def __init__(
        self,
        session: Session,
        approvals: Approvals,
        journal: Journal,
        print_jobs: PrintJobStore,
        blanks: BlankStore,
    ) -> None:
        self._session = session
        self._approvals = approvals
        self._journal = journal
        self._print_jobs = print_jobs
        self._blanks = blanks

    def last(self) -> Reprinted:
        """The newest receipt of this till. Raises NothingToPrint."""
        doc_id = self._journal.latest_receipt()
        if doc_id is None:
            raise NothingToPrint(doc_id=None)
        return self.of(doc_id)

    def of(self, doc_id: str) -> Reprinted:
        """An own receipt or shift report. Raises NothingToPrint, NotSignedIn, StaffNotAllowed."""
        self._approvals.require_right("receipt.reprint")
        body = self._journal.body(doc_id)
        template = None if body is None else _template(str(body["kind"]))
        if body is None or template is None:
            raise NothingToPrint(doc_id=doc_id)
        return self._again(doc_id, body, template)

    def last_voucher(self) -> Reprinted:
        """The paper of the counter vouchers that were handed out last; each stays good once, by its serial.

        Raises NothingToPrint (also when the code was erased or pruned), NotSignedIn, StaffNotAllowed.
        """
        self._approvals.require_right("receipt.reprint")
        doc_id = self._blanks.last_given()
        body = None if doc_id is None else self._journal.body(doc_id)
        private = None if doc_id is None else self._journal.private_part(doc_id)
        if doc_id is None or body is None or private is None:
            raise NothingToPrint(doc_id=doc_id, reason="voucher")
        alone = body["kind"] == DocumentKind.VOUCHER_ISSUE
        return self._again(doc_id, body, "receipt" if alone else "voucher")

    def _again(self, doc_id: str, body: JsonObject, template: Template) -> Reprinted:
        copy = self._print_jobs.next_copy(doc_id, template)
        draft = self._session.draft(
            DocumentKind.RECEIPT_REPRINT.value,
            {"of": doc_id, "copy": copy},
            print_jobs=(PrintOrder(template, copy=copy, of=doc_id),),
        )
        receipt_no = str(body["payload"].get("receipt_no") or "")
        return Reprinted(self._journal.record(draft), doc_id, receipt_no, copy)


def _template(kind: str) -> Template | None:
    if kind in NUMBERED_KINDS:
        return "receipt"
    return "shift_report" if kind == DocumentKind.SHIFT_CLOSE else None
