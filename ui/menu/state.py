"""Everything the menu of the strip shows, as plain data without Qt; texts are ready to read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One line of the menu; `reason` says why it cannot be pressed now, "" = it can.

    Two `half` ones after each other share a line.
    """

    name: str
    label: str
    icon: str
    key: str = ""
    counter: int = 0
    reason: str = ""
    half: bool = False


@dataclass(frozen=True, slots=True)
class MenuState:
    """Who is here and what can be done; `person` is "" when nobody is signed in."""

    person: str = ""
    role: str = ""
    initials: str = ""
    tint: int = 0
    shift: str = ""
    entries: tuple[MenuEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class MenuQuestion:
    """Asked before something that is not taken back: the program ends, the till's keys change."""

    title: str
    line: str
    accept: str
    refuse: str
