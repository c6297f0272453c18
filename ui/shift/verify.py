"""The second person of a closed shift: what was counted, who may verify it, a PIN right or wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pos_app.domain.errors import PosError
from pos_app.domain.staff import StaffMember, limit_of
from pos_app.services.session import Session
from pos_app.services.shifts import Shifts
from pos_app.services.sign_in import SignIn
from pos_app.storage.shifts import ShiftRow
from pos_app.text import _, money, time_of_day
from ui import messages
from ui.approval.words import approver, given_name
from ui.running import Run
from ui.shift.close_state import verdict
from ui.shift.state import Figure
from ui.widgets.person_state import DIGITS, ApproverState


@dataclass(frozen=True, slots=True)
class VerifyState:
    """The dialog as it stands. `try_no` grows when the typed digits must go."""

    title: str
    asked: str
    verdict: str
    is_even: bool
    figures: tuple[Figure, ...]
    reason: str
    people: tuple[ApproverState, ...] = ()
    chosen: int = 0
    hint: str = ""
    message: str = ""
    may_accept: bool = False
    is_checking: bool = False
    try_no: int = 0

    @property
    def person(self) -> ApproverState | None:
        """Who is chosen."""
        return next((one for one in self.people if one.no == self.chosen), None)


@dataclass(frozen=True, slots=True)
class VerifyServices:
    """`body_of` reads an own document by its doc_id."""

    session: Session
    shifts: Shifts
    sign_in: SignIn
    body_of: Callable[[str], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class VerifyWays:
    """`verified` gets the name of the second person, after the document was committed."""

    show: Callable[[VerifyState], None]
    verified: Callable[[str], None]
    put_off: Callable[[], None]
    run: Run


class VerifyPresenter:
    """One closed shift, by the doc_id of its closing."""

    def __init__(self, services: VerifyServices, row: ShiftRow, ways: VerifyWays) -> None:
        self._services = services
        self._row = row
        self._ways = ways
        body = services.body_of(row.closed_doc_id or "") or {}
        self._payload: Mapping[str, Any] = body.get("payload", {})
        people = tuple(approver(person) for person in services.sign_in.people() if self._may(person))
        self._state = self._first(people)

    def _first(self, people: tuple[ApproverState, ...]) -> VerifyState:
        difference = int(self._payload.get("difference", 0))
        zone = self._services.session.policy.timezone
        closed = "" if self._row.closed_at is None else time_of_day(self._row.closed_at, zone)
        names = {person.no: person.name for person in self._services.sign_in.people()}
        by = given_name(names.get(self._row.closed_by or 0, ""))
        nobody = _("Ở cửa hàng chưa có ai xác nhận được ca này. Để sáng mai, hoặc gọi trung tâm.")
        return VerifyState(
            title=_("Xác nhận ca {number}").format(number=self._row.number),
            asked=_("{name} đóng lúc {time}").format(name=by, time=closed),
            verdict=verdict(difference),
            is_even=difference == 0,
            figures=(
                Figure(_("Tiền đầu ca"), money(int(self._payload.get("float", 0)))),
                Figure(_("Theo hệ thống"), money(int(self._payload.get("expected", 0)))),
                Figure(_("Tiền đếm được"), money(int(self._payload.get("counted", 0))), strong=True),
            ),
            reason=str(self._payload.get("reason") or ""),
            people=people,
            chosen=people[0].no if people else 0,
            hint=_("Đếm lại tiền cùng nhau rồi nhập PIN của người thứ hai."),
            message="" if people else nobody,
        )

    def _may(self, person: StaffMember) -> bool:
        limit = limit_of(person, "shift.verify", self._services.session.policy.rights)
        amount = abs(int(self._payload.get("difference", 0)))
        return person.no != self._row.closed_by and limit is not None and amount <= limit

    @property
    def state(self) -> VerifyState:
        return self._state

    def begin(self) -> None:
        """Show it for the first time."""
        self._ways.show(self._state)

    def choose(self, no: int) -> None:
        """Another second person."""
        self._change(chosen=no, message="", may_accept=False, try_no=self._state.try_no + 1)

    def step(self, by: int) -> None:
        """The next or the one before, by the arrows."""
        numbers = [one.no for one in self._state.people]
        if len(numbers) > 1:
            self.choose(numbers[(numbers.index(self._state.chosen) + by) % len(numbers)])

    def typed(self, digits: int) -> None:
        """So many digits stand."""
        may = digits == DIGITS and self._state.person is not None and not self._state.is_checking
        message = "" if digits and self._state.people else self._state.message
        self._change(may_accept=may, message=message)

    def accept(self, pin: str) -> None:
        """Check and record beside the screen."""
        if not self._state.may_accept or self._state.is_checking:
            return
        self._change(is_checking=True, may_accept=False, message="")
        doc_id, second = self._row.closed_doc_id or "", self._state.chosen
        self._ways.run(lambda: self._services.shifts.verify(doc_id, second, pin), self._checked)

    def _checked(self, recorded: object | None, error: Exception | None) -> None:
        person = self._state.person
        if recorded is not None and person is not None:
            self._ways.verified(person.name)
            return
        message = ""
        if error is not None:
            words = messages.words(error)
            message = ". ".join(part.rstrip(".") for part in (words.title, words.line) if part) + "."
        self._change(is_checking=False, message=message, try_no=self._state.try_no + 1)

    def put_off(self) -> None:
        """Later: nothing is lost."""
        self._ways.put_off()

    def scanned(self, text: str) -> None:
        """A badge chooses its owner."""
        try:
            person = self._services.sign_in.badge(text)
        except PosError as error:
            self._change(message=messages.words(error).title)
            return
        if person.no in [one.no for one in self._state.people]:
            self.choose(person.no)
        else:
            words = _("{name} không xác nhận được ca này. Cần người khác.").format(name=person.name)
            self._change(message=words)

    def _change(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)
        self._ways.show(self._state)
