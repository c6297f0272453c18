"""Everything the pay screen shows, as plain data without Qt; texts are ready to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.answers import Answer

FigureKind = Literal["calm", "change", "short", "worth"]
Mode = Literal["cash", "points", "store_credit", "stored_value"]


@dataclass(frozen=True, slots=True)
class FigureState:
    """The right one of the two figures: change, what is missing, or what the typed points are worth."""

    kind: FigureKind
    label: str
    amount: int
    notes: str = ""


@dataclass(frozen=True, slots=True)
class TenderState:
    """One way to pay; `reason` says why it cannot be chosen."""

    kind: str
    label: str
    icon: str
    hint: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class QuickState:
    """An amount that the customer is likely to hand over, in đồng."""

    amount: int
    label: str
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class PointsState:
    """What the points panel says; `most` points may be spent now."""

    balance: str
    offer: str  # a sentence with <b>facts</b>
    reason: str
    most: int
    most_label: str


@dataclass(frozen=True, slots=True)
class TakenState:
    """A tender taken: × gives it back. `no` 0 cannot be given back (paid before)."""

    no: int
    icon: str
    title: str
    line: str
    amount: str


@dataclass(frozen=True, slots=True)
class PayState:
    """The whole screen. `due` in đồng; `typed` the amount or points as typed, 0 = nothing."""

    title: str = ""
    back: str = ""
    note: str = ""
    due: int = 0
    figure: FigureState = FigureState("calm", "", 0)
    mode: Mode = "cash"
    tenders: tuple[TenderState, ...] = ()
    quick: tuple[QuickState, ...] = ()
    points: PointsState | None = None
    entry_label: str = ""
    typed: int = 0
    sums: tuple[tuple[str, str], ...] = ()
    total_label: str = ""
    total: str = ""
    taken: tuple[TakenState, ...] = ()
    rounding: str = ""
    receipt: bool = True
    earned_label: str = ""
    earned: str = ""
    main: str = ""
    main_reason: str = ""
    hint: str = ""
    answer: Answer | None = None
    is_sale: bool = True  # of the cart, not the rest of an order
    earns: int = 0  # points
