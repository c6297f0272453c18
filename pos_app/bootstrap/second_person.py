"""The dialogs in which a second person allows or confirms something, over whatever is on top."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.bootstrap.navigation import Navigation
from pos_app.bootstrap.services import Services
from pos_app.domain.approval import Approval
from pos_app.domain.errors import ApprovalRequired
from pos_app.services.approvals import ApprovalNeed, Granted
from pos_app.text import _, time_of_day
from ui.answers import Answer
from ui.approval.screen import open_approval
from ui.approval.state import ApprovalRequest
from ui.approval.words import request as request_of
from ui.shift.verify import VerifyServices
from ui.shift.verify_dialog import open_verify


class SecondPerson:
    """Approvals (look 14) and the verification of a closed shift."""

    def __init__(self, services: Services, go: Navigation, committed: Callable[[], None]) -> None:
        self._services = services
        self._go = go
        self._committed = committed

    def ask(self, need: ApprovalNeed, draft: str, granted: Callable[[Granted], None]) -> None:
        """For screens that name only the need: the words are made here."""
        session = self._services.session
        asker = session.require_person()
        at = time_of_day(session.now, session.policy.timezone)
        self.approve(request_of(need, draft, asker, at), granted, lambda: None)

    def allow(self, needed: ApprovalRequired, draft: str, allowed: Callable[[Approval], None]) -> None:
        """For what is asked while paying: the approval is used up at once."""
        approvals = self._services.approvals
        self.ask(approvals.need_of(needed), draft, lambda granted: allowed(approvals.take(granted, draft)))

    def approve(
        self, request: ApprovalRequest, granted: Callable[[Granted], None], refused: Callable[[], None]
    ) -> None:
        """Exactly one of the two functions is called."""
        services = self._services
        open_approval(
            self._go.window, request, services.approvals, granted, refused, badge=services.sign_in.badge
        )

    def verify(self, closing: str) -> None:
        """A second person confirms the shift with this closing."""
        services = self._services
        open_verify(
            self._go.window,
            VerifyServices(services.session, services.shifts, services.sign_in, services.journal.body),
            closing,
            self._verified,
        )

    def _verified(self, closing: str, name: str) -> None:
        self._committed()
        presenters = self._go.presenters
        presenters.shift_close.verified(closing, name)
        presenters.attention.refresh()
        self._go.say(Answer("accepted", _("Đã xác nhận ca"), name))
