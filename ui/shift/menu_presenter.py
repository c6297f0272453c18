"""The open shift at a glance: X report, cash in and out, the drawer, and the way to its closing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pos_app.domain.errors import ApprovalRequired, PosError
from pos_app.services.approvals import Approvals, Granted
from pos_app.services.cash_drawer import CashDrawer
from pos_app.services.session import Session
from pos_app.services.shifts import Shifts
from pos_app.text import _, money_d, time_of_day, weekday_date
from ui import messages
from ui.answers import Answer
from ui.approval.words import given_name
from ui.shift import report
from ui.shift.cash_form import Writing
from ui.shift.facts import ShiftFacts, ShiftWays
from ui.shift.state import QUIET, CashForm, Figure, ReportPart, ShiftMenuState

REPORT = "report"


@dataclass(frozen=True, slots=True)
class ShiftServices:
    """What the page drives."""

    session: Session
    shifts: Shifts
    drawer: CashDrawer
    approvals: Approvals


class ShiftMenuPresenter:
    """Knows no Qt. One thing is written at a time; what was done stands in the answer box."""

    def __init__(self, services: ShiftServices, facts: ShiftFacts, ways: ShiftWays) -> None:
        self._services = services
        self._facts = facts
        self._ways = ways
        self._chosen = REPORT
        self._writing: Writing | None = None
        self._turn = 0
        self._sums: Mapping[str, Any] | None = None
        self._answer = QUIET
        self._show: Callable[[ShiftMenuState], None] = lambda _state: None

    # --- state ---------------------------------------------------------------------------------
    def shown_by(self, show: Callable[[ShiftMenuState], None]) -> None:
        """Who shows the state, from `begin` on: its report reads the whole shift, too long for a start."""
        self._show = show

    def begin(self, chosen: str = REPORT) -> None:
        """The page has come to the top, perhaps at once with a form ("drawer" for F11)."""
        self._answer = _ready()
        self.choose(chosen)

    def speak_anew(self) -> None:
        """The language has changed: what was said before is not repeated."""
        self._say(_ready())

    def refresh(self) -> None:
        """Show what is true now."""
        self._show(self.state())

    def state(self) -> ShiftMenuState:
        shift = self._services.shifts.current()
        if shift is None:
            words = _("Chưa mở ca")
            return ShiftMenuState(title=words, answer=self._answer, close_text=_("Mở ca"))
        policy = self._services.session.policy
        opened = time_of_day(shift.opened_at, policy.timezone)
        opener = given_name(self._facts.name_of(shift.opened_by))
        return ShiftMenuState(
            title=_("Ca {number} · đang mở").format(number=shift.number),
            note=f"{weekday_date(shift.business_date)}/{shift.business_date.year}",
            chosen=self._chosen,
            answer=self._answer,
            form=self._form(),
            report=self._report(),
            report_note=_("Đang cộng sổ của ca…"),
            figures=(
                Figure(_("Mở lúc"), opened),
                Figure(_("Người mở ca"), opener),
                Figure(_("Chứng từ chờ gửi"), str(self._facts.unsent())),
            ),
            act_text=self._act_text(),
            act_reason="" if self._writing is None else self._writing.missing,
            close_text=_("Kết ca {number}").format(number=shift.number),
        )

    def _report(self) -> tuple[ReportPart, ...]:
        if self._chosen != REPORT or self._sums is None:
            return ()
        return report.parts(self._sums)

    def _read_report(self) -> None:
        """Beside the screen: it adds up every document of the shift."""
        turn = self._turn

        def done(sums: Mapping[str, Any] | None, error: Exception | None) -> None:
            if self._turn != turn:
                return
            if error is not None:
                self._failed(error)
                return
            self._sums = sums
            self.refresh()

        self._ways.run(self._services.shifts.x_report, done)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, PosError):
            raise error
        self._say(messages.answer(error))

    def _form(self) -> CashForm | None:
        writing = self._writing
        if writing is None:
            return None
        titles = {
            "cash_in": (_("Thu tiền vào ngăn kéo"), _("Tiền không phải của khách: tiền lẻ, tiền bổ sung.")),
            "cash_out": (_("Chi tiền khỏi ngăn kéo"), _("Nộp két, nộp ngân hàng, chi vặt.")),
            "drawer": (_("Mở ngăn kéo không bán"), self._drawer_line()),
        }
        title, line = titles[writing.name]
        return writing.form(title, line, self._turn)

    def _drawer_line(self) -> str:
        try:
            need = self._services.drawer.opening_need()
        except PosError as error:
            return messages.words(error).title
        if need is not None:
            return _("Lần mở này cần người thứ hai duyệt.")
        return _("Mỗi lần mở đều ghi vào sổ với lý do.")

    def _act_text(self) -> str:
        if self._writing is None:
            return _("In báo cáo X")
        return {
            "cash_in": _("Ghi tiền vào"),
            "cash_out": _("Ghi tiền ra"),
            "drawer": _("Mở ngăn kéo"),
        }[self._writing.name]

    # --- writing -------------------------------------------------------------------------------
    def choose(self, name: str) -> None:
        """`report`, `cash_in`, `cash_out` or `drawer`."""
        self._chosen = name
        self._writing = None if name == REPORT else Writing(name)
        self._turn += 1
        self._sums = None
        self.refresh()
        if name == REPORT and self._services.shifts.current() is not None:
            self._read_report()

    def press(self, key: str) -> None:
        """A key of the pad or the keyboard."""
        if self._writing is not None and self._writing.name != "drawer":
            self._change(self._writing.pressed(key))

    def choose_reason(self, name: str) -> None:
        """One of the list."""
        if self._writing is not None:
            self._change(replace(self._writing, reason=name))

    def write_note(self, text: str) -> None:
        """The reason in own words."""
        if self._writing is not None and text.strip() != self._writing.note:
            self._change(replace(self._writing, note=text.strip()))

    def _change(self, writing: Writing) -> None:
        self._writing = writing
        self.refresh()

    # --- acts ----------------------------------------------------------------------------------
    def act(self) -> None:
        """The main button: print the X report, or record what is written."""
        if self._services.shifts.current() is None:
            return
        if self._writing is None:
            self._print()
        elif not self._writing.missing:
            self._record(self._writing, None)

    def _print(self) -> None:
        self._ways.run(self._services.shifts.print_x_report, self._printed)

    def _printed(self, _nothing: Any, error: Exception | None) -> None:
        if error is not None:
            self._failed(error)
            return
        paper = {"none": _("Máy này chưa có máy in, báo cáo nằm chờ.")}
        self._ways.moved()
        line = paper.get(self._facts.printer(), _("Không đóng gì, bán tiếp bình thường."))
        self._say(Answer("accepted", _("Đã gửi báo cáo X ra máy in"), line))

    def _record(self, writing: Writing, granted: Granted | None) -> None:
        try:
            self._written(writing, granted)
        except ApprovalRequired as error:
            self._ask(writing, error)
        except PosError as error:
            self._say(messages.answer(error))
        else:
            self._ways.moved()
            self._answer = _done(writing)
            self.choose(writing.name)

    def _written(self, writing: Writing, granted: Granted | None) -> None:
        drawer = self._services.drawer
        if writing.name == "cash_in":
            drawer.cash_in(writing.amount, writing.reason_text, granted)
        elif writing.name == "cash_out":
            drawer.cash_out(writing.amount, writing.reason_text, granted)
        else:
            drawer.open_drawer(writing.reason_text, granted)

    def _ask(self, writing: Writing, error: ApprovalRequired) -> None:
        drawer = self._services.drawer
        if writing.name == "drawer":
            draft = drawer.opening_hash(writing.reason_text)
        else:
            draft = drawer.move_hash(writing.name, writing.amount, writing.reason_text)
        self._say(messages.answer(error))
        need = self._services.approvals.need_of(error)
        self._ways.ask_approval(need, draft, lambda granted: self._record(writing, granted))

    def ask_again(self) -> None:
        """The action beside the answer: hand it to the second person once more."""
        self.act()

    def _say(self, answer: Answer) -> None:
        self._answer = answer
        self.refresh()

    def close_shift(self) -> None:
        """To the blind count, or to opening when there is no shift."""
        if self._services.shifts.current() is None:
            self._ways.open_new()
        else:
            self._ways.count()

    def leave(self) -> None:
        """Back to selling."""
        self._ways.leave()


def _ready() -> Answer:
    return Answer("quiet", "", _("Chọn việc ở bên trái. Mỗi việc là một chứng từ có lý do."))


def _done(writing: Writing) -> Answer:
    amount = money_d(writing.amount)
    titles = {
        "cash_in": _("Đã ghi {amount} vào ngăn kéo").format(amount=amount),
        "cash_out": _("Đã ghi {amount} ra khỏi ngăn kéo").format(amount=amount),
        "drawer": _("Ngăn kéo đã mở"),
    }
    return Answer("accepted", titles[writing.name], writing.reason_text)
