"""What stands after a finished act, as plain data without Qt; texts are ready to read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DoneState:
    """`cash` in đồng that the customer is given, 0 = none; then `title` says so and `notes` names them."""

    title: str
    line: str
    facts: tuple[tuple[str, str], ...] = ()
    cash: int = 0
    notes: str = ""
