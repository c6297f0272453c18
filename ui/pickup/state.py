"""Everything the pick-up screen shows, as plain data without Qt; texts are ready to read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pos_app.text import _
from ui.answers import Answer
from ui.goods import Face
from ui.widgets.done_state import DoneState

View = Literal["list", "order", "done"]
Mark = Literal["open", "part", "ticked", "refused", "gone"]
BadgeKind = Literal["ok", "need", "stop", "off", "accent", "quiet"]


def ready() -> Answer:
    """What stands in the answer box before anything has happened."""
    return Answer("quiet", "", _("Quét mã nhận hàng của khách, hoặc chọn một đơn."))


@dataclass(frozen=True, slots=True)
class BadgeState:
    """A soft mark with an icon or a dot."""

    text: str
    kind: BadgeKind = "quiet"
    icon: str = ""
    dot: str = ""


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the order; `part` stands in the ring ("1/2"), `quantity` counts what is wanted."""

    key: str
    face: Face
    name: str
    second: str
    shelf: str
    quantity: str
    amount: str
    mark: Mark = "open"
    part: str = ""
    second_ink: str = "ink2"

    @property
    def spoken(self) -> str:
        """For screen readers."""
        marks = {
            "open": _("chưa quét"),
            "part": _("đã quét {part}").format(part=self.part),
            "ticked": _("đã quét đủ"),
            "refused": _("khách không lấy"),
            "gone": _("đã giao trước"),
        }
        shelf = _("kệ {shelf}").format(shelf=self.shelf) if self.shelf else ""
        parts = (self.name, self.second, marks[self.mark], f"{self.quantity}", shelf, self.amount)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An order of the list: number over customer, items, promise, what is due, shelf."""

    key: str
    number: str
    name: str
    items: str
    promise: str
    promise_ink: str
    preparation: str
    badge: BadgeState
    shelf: str

    @property
    def spoken(self) -> str:
        """For screen readers."""
        shelf = _("kệ {shelf}").format(shelf=self.shelf) if self.shelf else ""
        parts = (self.number, self.name, self.items, self.promise, self.badge.text, shelf)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class PersonState:
    """Who ordered; `collector` says who fetches it instead."""

    name: str
    phone: str
    badge: BadgeState | None = None
    collector: str = ""


@dataclass(frozen=True, slots=True)
class PinCard:
    """The customer's PIN: boxes to fill, green as a whole when it matches. `digits` only then."""

    status: Literal["needed", "wrong", "ok", "blocked"]
    words: str = ""
    digits: str = ""
    may_forget: bool = False


@dataclass(frozen=True, slots=True)
class ProofState:
    """Something a person must still look at or allow; `action` "" = told before the press only."""

    title: str
    line: str
    icon: str
    action: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class ColumnState:
    """The decision column. `due` in đồng; `main_reason` says what is missing, "" = may be pressed."""

    person: PersonState | None = None
    pin: PinCard | None = None
    proof: ProofState | None = None
    sums: tuple[tuple[str, str], ...] = ()
    due_label: str = ""
    due: int = 0
    main: str = ""
    main_key: str = "F9"
    main_reason: str = ""
    second: str = ""
    second_key: str = ""


@dataclass(frozen=True, slots=True)
class Refusable:
    """A line that the customer may leave here: number and how it reads."""

    no: int
    label: str


@dataclass(frozen=True, slots=True)
class OrderState:
    """One order in work. `more_reason` says why nothing can be bought along."""

    title: str
    line: str
    badges: tuple[BadgeState, ...]
    heading: str
    rows: tuple[LineRow, ...]
    current: str = ""
    refusable: tuple[Refusable, ...] = ()
    refuse_reason: str = ""
    collector: tuple[str, str] = ("", "")
    more_reason: str = ""


@dataclass(frozen=True, slots=True)
class ListState:
    """The waiting orders; without rows `empty` is title and line."""

    title: str
    line: str
    rows: tuple[WaitingRow, ...] = ()
    current: str = ""
    tabs: tuple[tuple[str, str, int], ...] = ()
    tab: str = "all"
    empty: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class PickupState:
    """The whole screen; `view` says which of the three stands in the work area."""

    view: View = "list"
    placeholder: str = ""
    answer: Answer = field(default_factory=ready)
    column: ColumnState = ColumnState()
    waiting: ListState = ListState("", "")
    order: OrderState | None = None
    done: DoneState | None = None
