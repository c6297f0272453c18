"""Everything the page *Ready to open?* shows, as plain data without Qt; texts are ready to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["ok", "need", "stop", "quiet"]
"""Fine, somebody should act, does not work, or nothing is known and nothing is asked."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One row of a card: what it is, what is known, and the figure at the right."""

    name: str
    title: str
    line: str
    value: str
    kind: Kind = "ok"


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One thing that goes on, goes on within limits, or stops during an outage."""

    name: str
    title: str
    line: str
    kind: Kind = "ok"


@dataclass(frozen=True, slots=True)
class ReadyState:
    """The whole page. `main` is the text of the main button, `main_reason` why it waits."""

    date: str = ""
    kind: Kind = "quiet"
    icon: str = "shield-check"
    verdict: str = ""
    verdict_line: str = ""
    is_checking: bool = False
    data: tuple[CheckLine, ...] = ()
    devices: tuple[CheckLine, ...] = ()
    rules: tuple[RuleLine, ...] = ()
    main: str = ""
    main_reason: str = ""
