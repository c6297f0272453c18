"""The PC's clock under watch: what is wrong with it, the question it raises, and what people answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pos_app.domain.document import DocumentKind
from pos_app.services.session import Session
from pos_app.storage.journal import Journal
from pos_app.storage.trusted_clock import TrustedClock

ClockTrouble = Literal["", "ahead", "behind", "server"]
"""ahead = the wall waits for a person; behind = somebody set it back; server = central's time waits."""


@dataclass(frozen=True, slots=True)
class DateQuestion:
    """Which day is it? `wall` is the PC's, `known` the lower bound, `central` what waits to be believed."""

    trouble: ClockTrouble
    wall: datetime
    known: datetime
    central: datetime | None = None


class ClockWatch:
    """One per running till. Each trouble is journaled once while it lasts."""

    def __init__(self, session: Session, clock: TrustedClock, journal: Journal) -> None:
        self._session = session
        self._clock = clock
        self._journal = journal
        self._told: ClockTrouble = ""
        self._answered: ClockTrouble = ""

    def trouble(self) -> ClockTrouble:
        """For the strip; cheap enough for every second."""
        clock = self._clock
        if clock.wall_waits:
            return "ahead"
        if clock.waiting is not None:
            return "server"
        return "behind" if clock.is_behind else ""

    def look(self) -> ClockTrouble:
        """The trouble of this moment; a new one is written into the journal (`clock_anomaly`)."""
        trouble = self.trouble()
        if trouble != self._told:
            self._told = trouble
            self._answered = ""
            if trouble:
                self._record(trouble, "")
        return trouble

    def question(self) -> DateQuestion | None:
        """What a person must say before a shift opens; None while the date is certain, or was answered."""
        trouble = self.look()
        if trouble not in ("ahead", "server") or self._answered == trouble:
            return None
        clock = self._clock
        return DateQuestion(trouble, clock.wall(), clock.low, clock.waiting)

    def confirm(self) -> None:
        """The PC's date is right."""
        trouble = self.trouble()
        self._clock.confirm_wall()
        self._record(trouble, "wall")
        self._told = self.trouble()

    def refuse(self) -> None:
        """The PC's date is wrong: central's counts if it was heard, else what is known (protocol §8)."""
        trouble = self.trouble()
        self._record(trouble, "server" if trouble == "server" else "refused")
        if trouble == "server":
            self._clock.confirm_server()
        self._told = self._answered = self.trouble()

    def _record(self, trouble: ClockTrouble, answer: str) -> None:
        clock = self._clock
        payload: dict[str, object] = {
            "what": trouble,
            "wall": clock.wall().isoformat(timespec="seconds"),
            "low": clock.low.isoformat(timespec="seconds"),
        }
        if clock.waiting is not None:
            payload["server"] = clock.waiting.isoformat(timespec="seconds")
        if answer:
            payload["answer"] = answer
        self._journal.record(self._session.draft(DocumentKind.CLOCK_ANOMALY.value, payload))
