"""The page that says what would work if the internet died now. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from pos_app.services.readiness import Readiness
from pos_app.services.session import Session
from pos_app.text import _, weekday_date
from ui import messages
from ui.ready.state import CheckLine, ReadyState
from ui.ready.words import Moment, data_line, device_line, display_line, rule_line, scanner_line, verdict
from ui.running import Run


def _nothing() -> None:
    """A way that is not open yet."""


@dataclass(frozen=True, slots=True)
class ReadyFacts:
    """`check` looks at everything and takes a moment; `second_screen` "1024 × 600", "" without one.

    `last_scan` = when a scanner was heard since the start; `next_shift` = the number that opens next.
    """

    session: Session
    check: Callable[[], Readiness]
    next_shift: Callable[[], int]
    second_screen: Callable[[], str] = lambda: ""
    last_scan: Callable[[], datetime | None] = lambda: None


@dataclass(frozen=True, slots=True)
class ReadyWays:
    """`run` works beside the screen; `go_on` opens a shift, or goes back to selling when one is open."""

    run: Run
    leave: Callable[[], None] = _nothing
    go_on: Callable[[], None] = _nothing


class ReadyPresenter:
    """Keeps what was found last: the page is never empty while it looks again."""

    def __init__(self, facts: ReadyFacts, ways: ReadyWays) -> None:
        self._facts = facts
        self._ways = ways
        self._found: Readiness | None = None
        self._trouble = ""
        self._is_checking = False
        self._show: Callable[[ReadyState], None] = lambda _state: None

    # --- acts ----------------------------------------------------------------------------------
    def shown_by(self, show: Callable[[ReadyState], None]) -> None:
        """Who shows the state; nothing is looked at before the page comes to the top."""
        self._show = show
        self.refresh()

    def begin(self) -> None:
        """The page has come to the top, or somebody asks again."""
        if self._is_checking:
            return
        self._is_checking = True
        self.refresh()
        self._ways.run(self._facts.check, self._checked)

    def _checked(self, found: Readiness | None, error: Exception | None) -> None:
        self._is_checking = False
        self._trouble = "" if error is None else messages.words(error).title
        if found is not None:
            self._found = found
        self.refresh()

    def go_on(self) -> None:
        """The main button."""
        if not self.state().main_reason:
            self._ways.go_on()

    def leave(self) -> None:
        """Back to where the page was opened."""
        self._ways.leave()

    def refresh(self) -> None:
        """Show what is true now."""
        self._show(self.state())

    # --- state ---------------------------------------------------------------------------------
    def state(self) -> ReadyState:
        session = self._facts.session
        now, zone = session.now, session.policy.timezone
        moment = Moment(now, zone)
        state = ReadyState(
            date=_dated(now.astimezone(zone).date()),
            verdict=self._trouble or _("Đang kiểm tra…"),
            kind="stop" if self._trouble else "quiet",
            icon="shield-alert" if self._trouble else "shield-check",
            is_checking=self._is_checking,
            main=self._main(),
            main_reason=self._reason(),
        )
        return state if self._found is None or self._trouble else self._filled(state, self._found, moment)

    def _filled(self, state: ReadyState, found: Readiness, moment: Moment) -> ReadyState:
        kind, icon, title, line = verdict(found, moment)
        return ReadyState(
            date=state.date,
            kind=kind,
            icon=icon,
            verdict=title,
            verdict_line=_("Đang kiểm tra…") if self._is_checking else line,
            is_checking=self._is_checking,
            data=tuple(data_line(check, moment) for check in found.data),
            devices=self._devices(found, moment),
            rules=tuple(rule_line(rule) for rule in found.outage),
            main=state.main,
            main_reason=state.main_reason,
        )

    def _devices(self, found: Readiness, moment: Moment) -> tuple[CheckLine, ...]:
        lines = [device_line(check, moment) for check in found.devices if check.name != "scanner"]
        trouble = next((check.reason for check in found.devices if check.name == "scanner"), "")
        scanner = scanner_line(trouble, self._facts.last_scan(), moment)
        asked = [scanner, display_line(self._facts.second_screen())]
        return (*lines[:2], *asked, *lines[2:])

    def _main(self) -> str:
        shift = self._facts.session.shift
        if shift is not None:
            return _("Bán tiếp ca {number}").format(number=shift.number)
        return _("Mở ca {number}").format(number=self._facts.next_shift())

    def _reason(self) -> str:
        session = self._facts.session
        return _("Đăng nhập trước") if session.person is None or session.is_locked else ""


def _dated(day: date) -> str:
    """ "Thứ Bảy, 21/11/2026"."""
    weekday, _space, rest = weekday_date(day).rpartition(" ")
    return f"{weekday}, {rest}/{day.year}"
