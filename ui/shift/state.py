"""Everything the pages of the shift show, as plain data without Qt; texts are ready to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from ui.answers import Answer

QUIET: Final = Answer("quiet", "", "")


@dataclass(frozen=True, slots=True)
class CountRow:
    """One denomination of a count; `note` in đồng."""

    note: int
    pieces: int
    is_counted: bool
    is_current: bool

    @property
    def amount(self) -> int:
        """đồng."""
        return self.note * self.pieces


@dataclass(frozen=True, slots=True)
class CountState:
    """The table and its sums; `total` in đồng."""

    rows: tuple[CountRow, ...] = ()
    label: str = ""
    pieces: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A label and what stands at its right."""

    label: str
    value: str
    strong: bool = False
    ink: str = ""


@dataclass(frozen=True, slots=True)
class StepState:
    """One of the five steps."""

    title: str
    line: str
    state: Literal["done", "now", "later", "wait"] = "later"


@dataclass(frozen=True, slots=True)
class ReasonState:
    """One reason to choose from."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class ShiftOpenState:
    """The page that opens a shift. `former` labels the quick button, "" = no float is known.

    `unverified` names a closed shift that waits for its second person, "" = none.
    """

    title: str = ""
    note: str = ""
    count: CountState = CountState()
    figures: tuple[Figure, ...] = ()
    former: str = ""
    unverified: str = ""
    message: str = ""
    open_text: str = ""
    open_reason: str = ""


@dataclass(frozen=True, slots=True)
class DifferenceState:
    """Both figures of the drawer in đồng, once they may be seen."""

    counted: int
    expected: int
    difference: int
    verdict: str
    line: str
    ink: str
    reasons: tuple[ReasonState, ...] = ()
    chosen: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class FactState:
    """What still happens with a closed shift: a bold fact over one line."""

    icon: str
    kind: Literal["ok", "need", "off", "quiet"]
    title: str
    line: str


@dataclass(frozen=True, slots=True)
class ClosedState:
    """A closed shift: what it is called now and what still happens with it."""

    title: str
    line: str
    figures: tuple[Figure, ...]
    facts: tuple[FactState, ...]
    closing: str = ""
    is_verified: bool = False


@dataclass(frozen=True, slots=True)
class ShiftCloseState:
    """The page that closes a shift, in one of its stages."""

    stage: Literal["counting", "difference", "closed"] = "counting"
    title: str = ""
    badge: str = ""
    steps: tuple[StepState, ...] = ()
    figures: tuple[Figure, ...] = ()
    total_label: str = ""
    total: int = 0
    count: CountState = CountState()
    message: str = ""
    difference: DifferenceState | None = None
    closed: ClosedState | None = None
    main_text: str = ""
    main_reason: str = ""
    hint: str = ""
    may_verify: bool = False


@dataclass(frozen=True, slots=True)
class CashForm:
    """A movement of cash or an opening of the drawer being written; `amount` "" = none is asked."""

    name: str
    title: str
    line: str
    amount: str = ""
    asks_amount: bool = False
    reasons: tuple[ReasonState, ...] = ()
    chosen: str = ""
    round: int = 0


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A group of an X report."""

    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class ShiftMenuState:
    """The page of the open shift: one of `form` and `report` is shown, or neither."""

    title: str = ""
    note: str = ""
    chosen: str = ""
    answer: Answer = QUIET
    form: CashForm | None = None
    report: tuple[ReportPart, ...] = ()
    report_note: str = ""
    figures: tuple[Figure, ...] = ()
    act_text: str = ""
    act_reason: str = ""
    close_text: str = ""
