"""Everything the customer display shows, as plain data without Qt; no full names, no full phone numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.goods import Face

Mode = Literal["idle", "cart", "pay", "thanks"]


@dataclass(frozen=True, slots=True)
class DisplayLine:
    """One line of the cart, in the cashier's order."""

    key: str
    face: Face
    name: str
    quantity: str
    amount: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class DisplaySum:
    """One line of the sums; `ink` is the colour role of the figure."""

    label: str
    value: str
    ink: str = "ink"


@dataclass(frozen=True, slots=True)
class DisplayFigure:
    """A very large figure in đồng with what it is above it and a line below."""

    label: str
    amount: int
    line: str = ""
    ink: str = "ink"


@dataclass(frozen=True, slots=True)
class DisplayQr:
    """A QR to pay with: what it holds, the amount in đồng, the reference and how far the money is."""

    text: str
    amount: int
    reference: str
    status: str
    icon: str = "hourglass"
    ink: str = "need"


@dataclass(frozen=True, slots=True)
class DisplayOwner:
    """Whose points: tier and masked number ("•••• ••• 567"), and what this sale would earn."""

    phone: str
    tier: str = ""
    tier_dot: str = ""
    earning: str = ""


@dataclass(frozen=True, slots=True)
class DisplayState:
    """The whole window. `note` is the sentence at the bottom, such as when the points will show."""

    mode: Mode = "idle"
    shop: str = ""
    place: str = ""
    owner: DisplayOwner | None = None
    lines: tuple[DisplayLine, ...] = ()
    sums: tuple[DisplaySum, ...] = ()
    figures: tuple[DisplayFigure, ...] = ()
    qr: DisplayQr | None = None
    title: str = ""
    title_line: str = ""
    points: str = ""
    note: str = ""
