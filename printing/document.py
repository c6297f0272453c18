"""What stands on paper, as a small neutral model: no dots, no printer, no language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    """Where a text stands in its column."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, wrapped between words. `size` in dots, `weight` 500…900, `spacing` in dots a letter.

    `fit` shrinks the text until it stands on one line; what is too long even then wraps.
    """

    text: str
    size: int = 24
    weight: int = 500
    align: Align = Align.LEFT
    spacing: int = 0
    fit: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Texts side by side on one baseline.

    Two cells are a label and its figure: whichever is longer wraps, and when neither has room the figure
    goes below. `shares` gives each of three or more cells its part of the width.
    """

    cells: tuple[Text, ...]
    shares: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""

    dashed: bool = True


@dataclass(frozen=True, slots=True)
class Space:
    """Empty paper, in dots."""

    dots: int


@dataclass(frozen=True, slots=True)
class Box:
    """A frame around texts."""

    items: tuple[Text | Space, ...]


@dataclass(frozen=True, slots=True)
class Qr:
    """A framed QR code with texts beside it, or below it where the paper is narrow."""

    text: str
    beside: tuple[Text | Space, ...] = ()


Item = Text | Columns | Rule | Space | Box | Qr


@dataclass(frozen=True, slots=True)
class Document:
    """One piece of paper from top to cut."""

    items: tuple[Item, ...]
    cut: bool = True
