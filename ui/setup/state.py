"""Everything the set-up page shows, as plain data without Qt; texts are ready to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Stage = Literal["form", "enrolling", "syncing", "done"]


@dataclass(frozen=True, slots=True)
class SetupStep:
    """One of the four steps."""

    title: str
    line: str
    state: Literal["done", "now", "later", "wait"]


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One download: here, coming now, or still to come."""

    title: str
    state: Literal["done", "now", "later"]


@dataclass(frozen=True, slots=True)
class SetupState:
    """The page as it stands. `url_reason` and `code_reason` stand below their fields.

    `round` grows when `url` and `code` must be written into the fields (a ticket was scanned).
    """

    stage: Stage = "form"
    steps: tuple[SetupStep, ...] = ()
    url: str = ""
    code: str = ""
    round: int = 0
    url_reason: str = ""
    code_reason: str = ""
    notice: str = ""
    trouble_title: str = ""
    trouble_line: str = ""
    feeds: tuple[FeedLine, ...] = ()
    here: int = 0
    progress: str = ""
    main_text: str = ""
    main_reason: str = ""
    takes_input: bool = True
