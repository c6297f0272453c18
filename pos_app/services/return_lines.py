"""What the return screen shows of a receipt: its lines with their last day, and how it was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pos_app.domain.tender import TenderKind


class LineState(StrEnum):
    """Whether a line may come back today, and if not, why."""

    RETURNABLE = "returnable"
    LAST_DAY = "last_day"
    EXPIRED = "expired"
    NO_RETURN = "no_return"
    NOTHING_LEFT = "nothing_left"


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One row of the screen. Thousandths; `amount` = đồng for what is chosen, else for all that is left."""

    no: int
    name: str
    variant: str
    colour: str
    size: str
    unit: str
    product: str | None
    sold: int
    left: int
    until: date | None
    state: LineState
    no_return: str | None
    chosen: int
    condition: str
    reason: str
    is_faulty: bool
    is_gift: bool
    amount: int


@dataclass(frozen=True, slots=True)
class TenderShare:
    """A tender of the original: what was paid with it and what of that is not back yet (đồng)."""

    no: int
    kind: TenderKind
    paid: int
    left: int
