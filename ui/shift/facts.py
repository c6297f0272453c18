"""What the pages of the shift are told from outside, and whom they hand things to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pos_app.services.approvals import ApprovalNeed, Granted
from pos_app.services.session import Session
from pos_app.storage.shifts import ShiftStore
from ui.asking_central import on_the_spot
from ui.running import Run

AskApproval = Callable[[ApprovalNeed, str, Callable[[Granted], None]], None]
"""Opens the approval dialog: what is needed, the draft's hash, and whom to tell when it was granted."""


def _nowhere(*_given: object) -> None:
    """A way that is not open yet."""


def _none() -> Mapping[int, int]:
    return {}


@dataclass(frozen=True, slots=True)
class ShiftFacts:
    """`printer` as the strip has it (ready, trouble, none), `name_of` names a staff number.

    `former_float` = pieces by denomination that the shift before began with, {} when unknown;
    `unsent` = documents that central does not have yet.
    """

    printer: Callable[[], str] = lambda: "none"
    unsent: Callable[[], int] = lambda: 0
    name_of: Callable[[int], str] = str
    former_float: Callable[[], Mapping[int, int]] = field(default=_none)


@dataclass(frozen=True, slots=True)
class ShiftWays:
    """Calls that leave the pages.

    `opened`, `closed` and `moved` run after the commit: the place to wake printing and sync; `verify`
    opens the dialog for the second person of a closed shift (the doc_id of its closing); `ask_date` asks
    which day it is and calls back after an answer; `run` does beside the screen what reads a whole shift.
    """

    leave: Callable[[], None] = _nowhere
    opened: Callable[[], None] = _nowhere
    closed: Callable[[], None] = _nowhere
    moved: Callable[[], None] = _nowhere
    count: Callable[[], None] = _nowhere
    open_new: Callable[[], None] = _nowhere
    verify: Callable[[str], None] = _nowhere
    ask_approval: AskApproval = _nowhere
    ready: Callable[[], None] = _nowhere
    ask_date: Callable[[Callable[[], None]], None] = _nowhere
    run: Run = on_the_spot


def former_float(shifts: ShiftStore) -> Mapping[int, int]:
    """What the newest shift of this till began with; {} before the first."""
    latest = shifts.latest(1)
    return latest[0].opening_float if latest else {}


def who(session: Session) -> str:
    """The full name of who is signed in, "" when nobody is."""
    return "" if session.person is None else session.person.name
