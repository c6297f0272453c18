"""One golden case: what is expected, and what works it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.domain.errors import PosError


@dataclass(frozen=True, slots=True)
class Case:
    """`run` gives what this program makes of the case; it must equal `expect`."""

    section: str
    number: int
    expect: object
    run: Callable[[], object]


def refusal(act: Callable[[], object]) -> str:
    """The machine reason with which something is refused; `accepted` when it is not."""
    try:
        act()
    except PosError as error:
        return str(error.fields.get("reason", error.code))
    return "accepted"
