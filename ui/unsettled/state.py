"""Everything the list of unsettled documents shows, as plain data without Qt; texts are ready to read."""

from __future__ import annotations

from dataclasses import dataclass

from ui.attention.state import AttentionDetail, AttentionTab, Kind
from ui.widgets.row_model import LongRows


@dataclass(frozen=True, slots=True)
class UnsettledRow:
    """What it is over how it stands · when it was made · its money, "" without any."""

    key: str
    icon: str
    kind: Kind
    title: str
    line: str
    time: str
    amount: str

    @property
    def spoken(self) -> str:
        return ". ".join(part for part in (self.title, self.line, self.time, self.amount) if part)


@dataclass(frozen=True, slots=True)
class UnsettledState:
    """The page as it stands; `rows` are read as they come into view. Without rows it is the empty one."""

    rows: LongRows
    tabs: tuple[AttentionTab, ...] = ()
    tab: str = "all"
    current: str = ""
    detail: AttentionDetail | None = None
    note: str = ""
    is_reading: bool = False
