"""Everything the return screen shows, as plain data without Qt; texts are ready to read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pos_app.text import _
from ui.answers import Answer
from ui.goods import Face, Part
from ui.widgets.done_state import DoneState

View = Literal["entry", "lines", "done"]


def ready() -> Answer:
    """What stands in the answer box before a receipt was found."""
    return Answer("quiet", "", _("Quét hóa đơn, mã đơn online, hoặc gõ số."))


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A line of the receipt. `quantity` reads "1 / 2"; condition and reason show while it is chosen.

    `may_choose` False = no check box; `defect` = *Hàng lỗi?* is the way on.
    """

    key: str
    face: Face
    name: str
    second: tuple[Part, ...]
    quantity: str
    amount: str
    is_chosen: bool = False
    may_choose: bool = True
    defect: bool = False
    count: str = ""
    may_less: bool = False
    may_more: bool = False
    condition: str = ""
    reason: str = ""

    @property
    def spoken(self) -> str:
        """For screen readers."""
        second = "".join(part.text for part in self.second)
        return f"{self.name}, {second}, {self.quantity}, {self.amount}"


@dataclass(frozen=True, slots=True)
class TenderRow:
    """One way the money goes back: icon, name over its cap, amount ("647.000")."""

    icon: str
    name: str
    cap: str
    amount: str


@dataclass(frozen=True, slots=True)
class NoteState:
    """Told before the press: a second person (need), or what becomes of store credit (quiet)."""

    kind: Literal["need", "figure"]
    icon: str
    title: str
    line: str


@dataclass(frozen=True, slots=True)
class RefundColumn:
    """The decision column. `amount` in đồng; `main_reason` says what is missing, "" = may be pressed.

    `methods` are name and label of the forms to choose from; fewer than two are not shown.
    """

    heading: str = ""
    tenders: tuple[TenderRow, ...] = ()
    points: tuple[tuple[str, str], ...] = ()
    notes: tuple[NoteState, ...] = ()
    methods: tuple[tuple[str, str], ...] = ()
    method: str = ""
    sums: tuple[tuple[str, str], ...] = ()
    label: str = ""
    amount: int = 0
    main: str = ""
    main_key: str = "F9"
    main_reason: str = ""
    second: str = ""
    second_key: str = "Esc"
    second_icon: str = "arrow-left"


@dataclass(frozen=True, slots=True)
class ReturnState:
    """The whole screen; `view` says which of the three stands in the work area."""

    view: View = "entry"
    placeholder: str = ""
    answer: Answer = field(default_factory=ready)
    title: str = ""
    line: str = ""
    rows: tuple[ReturnRow, ...] = ()
    conditions: tuple[tuple[str, str], ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    column: RefundColumn = RefundColumn()
    done: DoneState | None = None
