"""What happens in the approval dialog: who is chosen, the sixty seconds, a PIN that is right or wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pos_app.domain.errors import PosError
from pos_app.domain.staff import StaffMember
from pos_app.services.approvals import Approvals, Granted
from pos_app.text import _, ngettext
from ui import messages
from ui.approval.state import ApprovalRequest, ApprovalState
from ui.approval.words import approver
from ui.widgets.person_state import DIGITS

Done = Callable[[Granted | None, Exception | None], None]
Run = Callable[[Callable[[], Granted], Done], None]
"""Runs the check of a PIN beside the screen (it takes tens of milliseconds) and calls back with its end."""


@dataclass(frozen=True, slots=True)
class ApprovalWays:
    """Where the dialog leads: it shows, and ends with exactly one of `granted` and `refused`."""

    show: Callable[[ApprovalState], None]
    granted: Callable[[Granted], None]
    refused: Callable[[], None]
    run: Run
    badge: Callable[[str], StaffMember] | None = None


class ApprovalPresenter:
    """One question to one second person. Wrong PINs leave it open, the sixtieth second ends it."""

    def __init__(self, request: ApprovalRequest, approvals: Approvals, ways: ApprovalWays) -> None:
        self._approvals = approvals
        self._ways = ways
        self._by_badge = 0
        self._is_done = False
        people = tuple(approver(person) for person in approvals.approvers(request.need))
        hint = _("Nhập PIN, hoặc quét thẻ rồi nhập PIN")
        self.state = ApprovalState(request, people, people[0].no if people else 0, hint=hint)
        if not people:
            nobody = _("Ở cửa hàng chưa có ai duyệt được việc này. Gọi trung tâm.")
            self.state = replace(self.state, message=nobody)

    def begin(self) -> None:
        """Show it for the first time."""
        self._show()

    def tick(self) -> None:
        """A second has passed."""
        if self.state.is_over:
            return
        left = max(self.state.left - 1, 0)
        self.state = replace(self.state, left=left)
        if left == 0 and not self.state.is_checking:
            self._run_out()
        self._show()

    def _run_out(self) -> None:
        words = _("Hết 60 giây, phiếu này đã đóng. Đóng lại rồi xin duyệt lần nữa.")
        self.state = replace(self.state, is_over=True, may_accept=False, message=words)

    def choose(self, no: int) -> None:
        """Another second person."""
        self._by_badge = 0
        self.state = replace(self.state, chosen=no, message="", may_accept=False)
        self._show()

    def step(self, by: int) -> None:
        """The next or the one before in the list, by the arrows."""
        numbers = [one.no for one in self.state.approvers]
        if len(numbers) > 1:
            self.choose(numbers[(numbers.index(self.state.chosen) + by) % len(numbers)])

    def typed(self, digits: int) -> None:
        """So many digits stand; the sixth wakes Accept."""
        may = digits == DIGITS and self.state.takes_digits
        message = self.state.message if digits == 0 else ""
        if may != self.state.may_accept or message != self.state.message:
            self.state = replace(self.state, may_accept=may, message=message)
            self._show()

    def scanned(self, text: str) -> None:
        """A badge names the second person; the PIN is still needed."""
        if self._ways.badge is None or self.state.is_over:
            return
        try:
            person = self._ways.badge(text)
        except PosError as error:
            self._say(messages.words(error))
            return
        if person.no not in [one.no for one in self.state.approvers]:
            words = _("{name} không duyệt được việc này. Cần người khác.").format(name=person.name)
            self.state = replace(self.state, message=words)
        else:
            self.choose(person.no)
            self._by_badge = person.no
            thanks = _("Đã nhận thẻ của {name}. Nhập PIN.").format(name=person.name)
            self.state = replace(self.state, hint=thanks)
        self._show()

    def accept(self, pin: str) -> None:
        """The PIN is checked beside the screen; the answer comes to `granted` or stays in words."""
        if not self.state.may_accept or self.state.is_checking or self.state.is_over:
            return
        need, draft, who = self.state.request.need, self.state.request.draft, self.state.chosen
        method = "badge_pin" if self._by_badge == who else "pin"
        self.state = replace(self.state, is_checking=True, may_accept=False, message="")
        self._show()
        self._ways.run(lambda: self._approvals.approve(need, who, pin, draft, method=method), self._checked)

    def _checked(self, granted: Granted | None, error: Exception | None) -> None:
        if self._is_done:
            return
        self.state = replace(self.state, is_checking=False)
        if granted is not None:
            self._is_done = True
            self._ways.granted(granted)
            return
        if error is not None and self.state.left > 0:
            self._say(messages.words(error))
        if self.state.left == 0:
            self._run_out()
        self._show()

    def refuse(self) -> None:
        """No: Esc, Từ chối, or the question ran out of time."""
        if not self._is_done:
            self._is_done = True
            self._ways.refused()

    def _say(self, words: messages.Words) -> None:
        message = ". ".join(part.rstrip(".") for part in (words.title, words.line) if part)
        self.state = replace(self.state, message=f"{message}.")
        self._show()

    def _show(self) -> None:
        self._ways.show(self.state)


def seconds_left(seconds: int) -> str:
    """ "47 giây"."""
    return ngettext("{n} giây", "{n} giây", seconds).format(n=seconds)
