"""Everything the page of the connection shows, as plain data without Qt; texts are ready to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class FeedAge:
    """One kind of data and when it was last known to be up to date."""

    title: str
    age: str
    is_old: bool = False


@dataclass(frozen=True, slots=True)
class SyncState:
    """The dialog as it stands; `kind` colours the verdict: ok, off (no connection), accent (sending)."""

    kind: Literal["ok", "off", "accent"]
    icon: str
    title: str
    line: str
    feeds: tuple[FeedAge, ...] = ()
    unsent: int = 0
    unsent_line: str = ""
    documents: str = ""
    """ "3.120 đã ghi sổ · 2 chờ chứng từ khác"."""
    works: tuple[str, ...] = ()
    may_list: bool = False
    trouble: str = ""
    is_sending: bool = False
