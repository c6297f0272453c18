"""Everything the page *Needs attention* shows, as plain data without Qt; texts are ready to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["need", "stop", "quiet", "off"]


@dataclass(frozen=True, slots=True)
class AttentionRow:
    """What · why · since when · one action."""

    key: str
    group: str
    icon: str
    kind: Kind
    title: str
    line: str
    since: str
    action: str


@dataclass(frozen=True, slots=True)
class AttentionTab:
    """One filter with its count."""

    name: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class AttentionDetail:
    """The chosen row at the right. `amount` in đồng, None = nothing to count; `main`, `second` may be ""."""

    badge: str
    icon: str
    kind: Kind
    title: str
    text: str
    facts: tuple[tuple[str, str], ...] = ()
    amount_label: str = ""
    amount: int | None = None
    main: str = ""
    second: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class AttentionState:
    """The page as it stands; without rows it is the empty one."""

    tabs: tuple[AttentionTab, ...] = ()
    tab: str = "all"
    rows: tuple[AttentionRow, ...] = ()
    current: str = ""
    detail: AttentionDetail | None = None
    note: str = ""
    message: str = ""
