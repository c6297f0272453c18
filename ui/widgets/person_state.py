"""A second person as a dialog shows them, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

DIGITS: Final = 6
"""Of a PIN."""


@dataclass(frozen=True, slots=True)
class ApproverState:
    """A second person whose own right covers it."""

    no: int
    name: str
    role: str
    initials: str
    tint: int
