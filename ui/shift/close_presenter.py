"""Closing a shift: blind count, both figures and a reason, the Z, the second person."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.domain.errors import DifferenceNeedsReason, PosError
from pos_app.services.session import Session
from pos_app.services.shifts import CloseOutcome, CountSheet, Shifts
from ui import messages
from ui.shift import close_state
from ui.shift.close_state import Closing
from ui.shift.counting import NoteCount
from ui.shift.facts import ShiftFacts, ShiftWays
from ui.shift.state import ShiftCloseState

LEAST_NOTE = 4


class ShiftClosePresenter:
    """Knows no Qt. No expected figure is asked for, let alone shown, before the count stands."""

    def __init__(self, session: Session, shifts: Shifts, facts: ShiftFacts, ways: ShiftWays) -> None:
        self._session = session
        self._shifts = shifts
        self._facts = facts
        self._ways = ways
        self._count = NoteCount()
        self._sheet: CountSheet | None = None
        self._difference: DifferenceNeedsReason | None = None
        self._outcome: CloseOutcome | None = None
        self._verified_by = ""
        self._reason = self._note = self._message = ""
        self._show: Callable[[ShiftCloseState], None] = lambda _state: None

    # --- state ---------------------------------------------------------------------------------
    def shown_by(self, show: Callable[[ShiftCloseState], None]) -> None:
        """Who shows the state; it is shown at once."""
        self._show = show
        self.refresh()

    def begin(self) -> None:
        """The page has come to the top: a count of this very shift goes on where it was."""
        before, self._message = self._sheet, ""
        try:
            self._sheet = self._shifts.begin_count()
        except PosError as error:
            if self._outcome is None:
                self._refuse(error)
            self.refresh()
            return
        if before is None or before.number != self._sheet.number or self._outcome is not None:
            self._count = NoteCount()
            self._outcome, self._difference = None, None
            self._reason = self._note = self._verified_by = ""
        if self._sheet.frozen is not None and self._difference is None:
            self._count.fill(self._sheet.frozen)
            self._close("")
        self.refresh()

    def refresh(self) -> None:
        """Show what is true now."""
        self._show(self.state())

    def state(self) -> ShiftCloseState:
        return close_state.made(
            Closing(
                sheet=self._sheet,
                count=self._count,
                difference=self._difference,
                outcome=self._outcome,
                reason=self._reason,
                has_reason=bool(self._reason_text()),
                message=self._message,
                verified_by=self._verified_by,
            ),
            self._session,
            self._facts,
        )

    # --- counting ------------------------------------------------------------------------------
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
        """Count again from nothing; only before the count is fixed."""
        if self._difference is None:
            self._count.fill({})
            self.refresh()

    # --- reason and closing --------------------------------------------------------------------
    def choose_reason(self, name: str) -> None:
        """One of the list."""
        self._reason = name
        self.refresh()

    def write_note(self, text: str) -> None:
        """The reason in the person's own words."""
        had = bool(self._reason_text())
        self._note = text.strip()
        if bool(self._reason_text()) != had:
            self.refresh()

    def _reason_text(self) -> str:
        label = close_state.reason_label(self._reason)
        if not label and len(self._note) < LEAST_NOTE:
            return ""
        if self._reason == close_state.OTHER and len(self._note) < LEAST_NOTE:
            return ""
        return " · ".join(part for part in (label, self._note) if part)

    def go_on(self) -> None:
        """The main button: fix the count, close with the reason, or go on to the next shift."""
        if self._outcome is not None:
            self._ways.open_new()
        elif self.state().main_reason == "" and self._sheet is not None:
            self._close(self._reason_text() if self._difference is not None else "")
            self.refresh()

    def _close(self, reason: str) -> None:
        self._message = ""
        try:
            self._outcome = self._shifts.close(self._count.counts, reason or None)
        except DifferenceNeedsReason as error:
            self._difference = error
        except PosError as error:
            self._refuse(error)
        else:
            self._difference = None
            self._ways.closed()

    def _refuse(self, error: PosError) -> None:
        words = messages.words(error)
        self._message = ". ".join(part.rstrip(".") for part in (words.title, words.line) if part) + "."

    # --- afterwards ----------------------------------------------------------------------------
    def verify(self) -> None:
        """The second person, now."""
        if self._outcome is not None and not self._verified_by:
            self._ways.verify(self._outcome.recorded.doc_id)

    def verified(self, doc_id: str, name: str) -> None:
        """Somebody has verified a shift; shown here when it is the one just closed."""
        if self._outcome is not None and self._outcome.recorded.doc_id == doc_id:
            self._verified_by = name
        self.refresh()

    def leave(self) -> None:
        """Back to selling; the count so far is kept."""
        self._ways.leave()
