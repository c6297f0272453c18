"""Money in and out of the drawer, and opening it without a sale: always with a reason."""

from __future__ import annotations

from pos_app.domain.document import DocumentKind
from pos_app.domain.errors import AmountRefused, ReasonMissing
from pos_app.domain.policy import drawer_allowed
from pos_app.services.approvals import ApprovalNeed, Approvals, Granted, draft_hash
from pos_app.services.session import Session
from pos_app.storage.journal import Journal, Recorded
from pos_app.storage.print_jobs import PrintOrder
from pos_app.storage.shifts import ShiftStore

_KICK = (PrintOrder("drawer", drawer=True),)
"""Only the pulse: no paper."""


class CashDrawer:
    """Each act is one document; the drawer opens only once it is committed."""

    def __init__(self, session: Session, approvals: Approvals, shifts: ShiftStore, journal: Journal) -> None:
        self._session = session
        self._approvals = approvals
        self._shifts = shifts
        self._journal = journal

    def cash_in(self, amount: int, reason: str, granted: Granted | None = None) -> Recorded:
        """Change brought from the safe, for instance; `amount` in đồng > 0.

        Raises AmountRefused, ReasonMissing, ApprovalRequired above the person's limit, NoOpenShift.
        """
        return self._move(DocumentKind.CASH_IN, amount, reason, granted)

    def cash_out(self, amount: int, reason: str, granted: Granted | None = None) -> Recorded:
        """Money taken to the safe or paid out; as cash_in."""
        return self._move(DocumentKind.CASH_OUT, amount, reason, granted)

    @staticmethod
    def move_hash(kind: str, amount: int, reason: str) -> str:
        """What the approval of a movement (`cash_in`, `cash_out`) is bound to."""
        return draft_hash({"kind": kind, "amount": amount, "reason": reason.strip()})

    def open_drawer(self, reason: str, granted: Granted | None = None) -> Recorded:
        """Without a sale. Raises ReasonMissing, ApprovalRequired, PolicyRefused (times in this shift)."""
        self._session.require_shift()
        text = _stated(reason, "drawer_open")
        return self._record(DocumentKind.DRAWER_OPEN, {"reason": text}, self.opening_need(), granted)

    def opening_need(self) -> ApprovalNeed | None:
        """Whether opening it once more needs a second person."""
        opened = self._shifts.drawer_openings(self._session.require_shift().number)
        self._approvals.check_right("drawer.open", 1)
        verdict = drawer_allowed(self._session.policy, opened)
        return self._approvals.need("drawer.open", verdict, opened + 1)

    @staticmethod
    def opening_hash(reason: str) -> str:
        """What the approval of an opening is bound to."""
        return draft_hash({"kind": DocumentKind.DRAWER_OPEN.value, "reason": reason.strip()})

    def _move(self, kind: DocumentKind, amount: int, reason: str, granted: Granted | None) -> Recorded:
        self._session.require_shift()
        if amount <= 0:
            raise AmountRefused(amount=amount, least=1, most=None)
        payload = {"amount": amount, "reason": _stated(reason, kind.value)}
        return self._record(kind, payload, self._approvals.check_right("cash.in_out", amount), granted)

    def _record(
        self,
        kind: DocumentKind,
        payload: dict[str, object],
        need: ApprovalNeed | None,
        granted: Granted | None,
    ) -> Recorded:
        used = self._approvals.settle(need, granted, draft_hash({"kind": kind.value, **payload}))
        if used:
            payload = {**payload, "approvals": [approval.to_json() for approval in used]}
        approver = used[0].by if used else None
        draft = self._session.draft(kind.value, payload, approver=approver, print_jobs=_KICK)
        return self._journal.record(draft)


def _stated(reason: str, what: str) -> str:
    text = reason.strip()
    if not text:
        raise ReasonMissing(what=what)
    return text
