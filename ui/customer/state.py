"""Everything the customer screen shows, as plain data without Qt; texts are ready to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.sell.state import CustomerState

Page = Literal["hint", "found", "new", "asking"]
Asked = Literal["", "asking", "told", "silent"]
"""How far central was asked about who is not known here; told = it has answered."""


@dataclass(frozen=True, slots=True)
class PhoneState:
    """The number as far as it is typed; `reason` in the colour role `ink`, "stop" once it is refused."""

    text: str = ""
    reason: str = ""
    ink: str = "ink2"


@dataclass(frozen=True, slots=True)
class FoundState:
    """One of several customers with this phone: the cashier chooses."""

    key: str
    name: str
    line: str
    points: str

    @property
    def spoken(self) -> str:
        return f"{self.name}, {self.line}, {self.points}"


@dataclass(frozen=True, slots=True)
class FactRow:
    """A row of a section: words over a line, a figure, and what can be done (`act` is sent with `key`)."""

    key: str
    title: str
    line: str = ""
    figure: str = ""
    act: str = ""  # "pickup" or "return"; "" = nothing
    label: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a head; `empty` stands there when there are none."""

    name: str
    head: str
    rows: tuple[FactRow, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class ConsentState:
    """A box for one purpose, which only the customer's word ticks; `line` says what it means."""

    name: str
    label: str
    line: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NewCardState:
    """The form of a new card; reasons stand below what they are about. `note` = how old the data are, or, not
    `is_note_old`, what central has said."""

    consents: tuple[ConsentState, ...]
    note: str = ""
    is_note_old: bool = True
    name_reason: str = ""


@dataclass(frozen=True, slots=True)
class CustomerScreenState:
    """The whole screen. `found` only with two or more, `age` only offline, `done` = what just happened."""

    page: Page = "hint"
    phone: PhoneState = PhoneState()
    age: str = ""
    found: tuple[FoundState, ...] = ()
    current: str = ""
    card: CustomerState | None = None
    sections: tuple[Section, ...] = ()
    new: NewCardState | None = None
    done: str = ""
    main: str = ""
    main_key: str = "Enter"
    main_reason: str = ""
    hint: str = ""
