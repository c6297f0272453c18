"""Everything the customer screen shows, as plain data without Qt; texts are ready to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.answers import Answer
from ui.sell.state import CustomerState

Page = Literal["hint", "found", "new"]


@dataclass(frozen=True, slots=True)
class FoundState:
    """One customer with this phone; when two have it the cashier chooses."""

    key: str
    name: str
    line: str
    points: str

    @property
    def spoken(self) -> str:
        return f"{self.name}, {self.line}, {self.points}"


@dataclass(frozen=True, slots=True)
class ConsentState:
    """A box that the customer's word ticks; never ticked before."""

    name: str
    label: str
    is_given: bool = False


@dataclass(frozen=True, slots=True)
class HistoryState:
    """A receipt of this customer: number, day and channel, total."""

    receipt: str
    line: str
    total: str


@dataclass(frozen=True, slots=True)
class CustomerScreenState:
    """The whole screen. `reason` stands below the phone, `name_reason` below the name."""

    page: Page = "hint"
    phone: str = ""
    reason: str = ""
    found: tuple[FoundState, ...] = ()
    current: str = ""
    card: CustomerState | None = None
    history: tuple[HistoryState, ...] = ()
    orders: str = ""
    name: str = ""
    name_reason: str = ""
    consents: tuple[ConsentState, ...] = ()
    main: str = ""
    main_reason: str = ""
    detach: str = ""  # "" = nobody is attached
    answer: Answer | None = None
