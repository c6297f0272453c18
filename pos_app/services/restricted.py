"""Restricted mode: sales and closings go on; what could be spent twice needs central or a manager."""

from __future__ import annotations

from typing import Final, TypeVar

from pos_app.domain.errors import ApprovalRequired
from pos_app.domain.verdict import Allowed, NeedsManager, Verdict
from pos_app.services.session import Session

RESTRICTED: Final = "restricted"
"""The reason of the approval, and its `what` in the document: every use of restricted mode is journaled."""

Judged = TypeVar("Judged", bound=Verdict)


def judged(
    session: Session, verdict: Judged, amount: int, *, is_checked: bool = False
) -> Judged | NeedsManager:
    """The policy's verdict on a voucher, points, store credit, a hand-over or cash handed back.

    What it allows needs a manager while this till cannot be trusted by itself, unless central has just said
    yes (`is_checked`); what it refuses stays refused. `amount` in đồng (protocol §8).
    """
    if is_checked or not isinstance(verdict, Allowed) or not session.standing.is_restricted:
        return verdict
    return NeedsManager(RESTRICTED, amount, None)


def check(session: Session, right: str, amount: int, *, is_checked: bool = False) -> None:
    """For acts on which the policy has no verdict. Raises ApprovalRequired of this right."""
    verdict = judged(session, Allowed(), amount, is_checked=is_checked)
    if isinstance(verdict, NeedsManager):
        raise ApprovalRequired(right=right, reason=verdict.reason, asked=amount, most=None)
