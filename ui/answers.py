"""What the screen answers to a scan or an act: a bold outcome over one plain line (look: Answer box)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

AnswerKind = Literal["accepted", "needs", "unknown", "refused", "quiet"]


@dataclass(frozen=True, slots=True)
class AnswerAction:
    """The one thing to do next: `name` for the presenter, `label` for people, `key` on the cap."""

    name: str
    label: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `quiet` has only a line and asks for nothing."""

    kind: AnswerKind
    title: str
    line: str = ""
    action: AnswerAction | None = None
