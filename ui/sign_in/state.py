"""Everything the sign-in page shows, as plain data without Qt; texts are ready to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DIGITS = 6


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One face. `note` stands below the role: until when locked out, or the PIN in a demonstration."""

    no: int
    name: str
    role: str
    initials: str
    tint: int
    note: str = ""
    note_ink: Literal["ink2", "stop"] = "ink2"


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """The cart that stays: whose it is and how large, and what happens with it."""

    title: str
    line: str
    icon: str = "shopping-cart"


@dataclass(frozen=True, slots=True)
class SignInState:
    """The page as it stands.

    `chosen` = a person's number, 0 = nobody yet; `message` is a refusal in words, `hint` what to do;
    `try_no` grows when the typed digits must go; `enter_reason` says in the main button why it waits.
    """

    title: str
    line: str
    people: tuple[PersonCard, ...] = ()
    chosen: int = 0
    hint: str = ""
    message: str = ""
    notice: str = ""
    enter_text: str = ""
    enter_reason: str = ""
    takes_digits: bool = False
    may_enter: bool = False
    is_checking: bool = False
    try_no: int = 0
    kept: KeptNotice | None = None
    version: str = ""

    @property
    def person(self) -> PersonCard | None:
        """Who is chosen."""
        return next((one for one in self.people if one.no == self.chosen), None)
