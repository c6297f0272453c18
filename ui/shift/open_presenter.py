"""Opening a shift: the float is counted by notes, one key opens."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.domain.cash import counted
from pos_app.domain.errors import DateUnconfirmed, PosError
from pos_app.services.session import Session
from pos_app.services.shifts import Shifts
from pos_app.text import _, money, money_d, weekday_date
from ui import messages
from ui.approval.words import given_name
from ui.shift.counting import NoteCount
from ui.shift.facts import ShiftFacts, ShiftWays, who
from ui.shift.state import Figure, ShiftOpenState


class ShiftOpenPresenter:
    """Knows no Qt. A float of nothing is allowed: some shops start with an empty drawer."""

    def __init__(self, session: Session, shifts: Shifts, facts: ShiftFacts, ways: ShiftWays) -> None:
        self._session = session
        self._shifts = shifts
        self._facts = facts
        self._ways = ways
        self._count = NoteCount()
        self._message = ""
        self._show: Callable[[ShiftOpenState], None] = lambda _state: None

    # --- state ---------------------------------------------------------------------------------
    def shown_by(self, show: Callable[[ShiftOpenState], None]) -> None:
        """Who shows the state; it is shown at once."""
        self._show = show
        self.refresh()

    def begin(self) -> None:
        """The page has come to the top; what was counted before stays."""
        self._message = ""
        self.refresh()

    def refresh(self) -> None:
        """Show what is true now."""
        self._show(self.state())

    def state(self) -> ShiftOpenState:
        number = self._shifts.next_number
        waiting = self._shifts.to_verify()
        day = self._session.policy.business_date(self._session.now)
        return ShiftOpenState(
            title=_("Mở ca {number} · tiền đầu ca").format(number=number),
            note=f"{weekday_date(day)}/{day.year}",
            count=self._count.state(),
            figures=(
                Figure(_("Thu ngân"), given_name(who(self._session))),
                Figure(_("Số tờ đã đếm"), money(self._count.pieces)),
            ),
            former=self._former(),
            unverified=_("Xác nhận ca {number}").format(number=waiting[-1].number) if waiting else "",
            message=self._message,
            open_text=_("Mở ca {number}").format(number=number),
        )

    def _former(self) -> str:
        amount = counted(self._facts.former_float())
        return _("Như ca trước · {amount}").format(amount=money_d(amount)) if amount else ""

    # --- acts ----------------------------------------------------------------------------------
    def choose(self, note: int) -> None:
        """This row is counted now."""
        self._count.choose(note)
        self.refresh()

    def move(self, by: int) -> None:
        """Rows down or up."""
        self._count.move(by)
        self.refresh()

    def press(self, key: str) -> None:
        """A key of the pad or the keyboard."""
        self._count.press(key)
        self.refresh()

    def clear(self) -> None:
        """Count again from nothing."""
        self._count.fill({})
        self.refresh()

    def take_former(self) -> None:
        """The float the shift before began with."""
        self._count.fill(self._facts.former_float())
        self.refresh()

    def verify(self) -> None:
        """The second person of the newest shift that waits for one."""
        waiting = self._shifts.to_verify()
        if waiting and waiting[-1].closed_doc_id:
            self._ways.verify(waiting[-1].closed_doc_id)

    def open(self) -> None:
        """One document; every refusal stays in words."""
        try:
            self._shifts.open(self._count.counts)
        except DateUnconfirmed:
            self._ways.ask_date(self.open)
            return
        except PosError as error:
            words = messages.words(error)
            self._message = f"{words.title}. {words.line}"
            self.refresh()
            return
        self._count.fill({})
        self._message = ""
        self.refresh()
        self._ways.opened()

    def ready(self) -> None:
        """First look whether everything is ready; the count is kept."""
        self._ways.ready()

    def leave(self) -> None:
        """Back; the count is kept."""
        self._ways.leave()
