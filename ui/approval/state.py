"""Everything the approval dialog shows, as plain data without Qt; texts are ready to read."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.services.approvals import ApprovalNeed
from ui.goods import Face
from ui.widgets.person_state import ApproverState

SECONDS = 60
"""How long a second person may look before the question closes (rules: People)."""


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """One line of what is approved: tile, name over how it is meant, amount ("490.000", "" = none)."""

    face: Face
    name: str
    second: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalRequest:
    """What is asked of a second person. `draft` = the hash that the approval is bound to.

    `amount` in đồng, None = nothing to count; `parts` are label and figure; `facts` are sentences in which
    `<b>…</b>` is bold, the first one says why; `asker` and `at` read "Lan", "16:21".
    """

    need: ApprovalNeed
    draft: str
    title: str
    amount_label: str
    amount: int | None
    asker: str
    at: str
    parts: tuple[tuple[str, str], ...] = ()
    lines: tuple[ApprovalLine, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """The dialog as it stands. `message` replaces the hint below the pad; `left` in seconds."""

    request: ApprovalRequest
    approvers: tuple[ApproverState, ...] = ()
    chosen: int = 0
    left: int = SECONDS
    hint: str = ""
    message: str = ""
    may_accept: bool = False
    is_over: bool = False
    is_checking: bool = False

    @property
    def approver(self) -> ApproverState | None:
        """Who is chosen."""
        return next((one for one in self.approvers if one.no == self.chosen), None)

    @property
    def takes_digits(self) -> bool:
        return not self.is_over and not self.is_checking and self.approver is not None
