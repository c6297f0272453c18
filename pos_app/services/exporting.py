"""A manager writes all unsent documents to a stick, sealed; central imports them (protocol §8)."""

from __future__ import annotations

from pathlib import Path

from pos_app.domain.document import DocumentKind
from pos_app.domain.errors import ApprovalRequired
from pos_app.services.approvals import Approvals
from pos_app.services.session import Session
from pos_app.storage.export import Exported, export_unsent
from pos_app.storage.journal import Journal
from pos_app.storage.outbox import Outbox


class Exporting:
    """The file holds what was unsent; the documents stay in the outbox and are sent all the same."""

    def __init__(self, session: Session, approvals: Approvals, outbox: Outbox, journal: Journal) -> None:
        self._session = session
        self._approvals = approvals
        self._outbox = outbox
        self._journal = journal

    @property
    def count(self) -> int:
        """How many documents a file would hold now."""
        return self._outbox.counts().unsent

    def export(self, folder: Path) -> Exported:
        """Into a folder, under a name that tells the till. The act is a document of its own.

        Raises ApprovalRequired, NotSignedIn, NothingToExport, DiskTrouble.
        """
        made = self.write(self.file_in(folder))
        self.note(made)
        return made

    def file_in(self, folder: Path) -> Path:
        """Where it will lie. Raises ApprovalRequired, NotSignedIn."""
        self.require_right()
        identity, now = self._session.identity, self._session.now
        name = f"{identity.store_code}{identity.till_number:02d}-{now.strftime('%Y%m%dT%H%M%SZ')}.quay-export"
        return folder / name

    def write(self, path: Path) -> Exported:
        """The file alone; a slow stick takes its time, so beside the screen. Raises as `export`."""
        return export_unsent(self._outbox, self._session.identity, path)

    def note(self, made: Exported) -> None:
        """That it was written is a document."""
        payload = {"documents": made.documents, "first": list(made.first), "last": list(made.last)}
        self._journal.record(self._session.draft(DocumentKind.EXPORT.value, payload))

    def require_right(self) -> None:
        """A manager's own act, at the till with the stick in hand."""
        need = self._approvals.check_right("export")
        if need is not None:
            raise ApprovalRequired(right=need.right, reason=need.reason, asked=need.asked, most=need.most)
