"""Restricted mode: sales and closings go on; what could be spent twice needs central or a manager."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Final, Protocol

from pos_app.domain.errors import ApprovalRequired
from pos_app.domain.staff import limit_of
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.verdict import Allowed, NeedsManager, Verdict
from pos_app.services.claims import Claims
from pos_app.services.paper_money import is_covered
from pos_app.services.session import Session

RESTRICTED: Final = "restricted"
"""The reason of the approval, and its `what` in the document: every use of restricted mode is journaled."""

_RIGHTS: Final[Mapping[TenderKind, str]] = {
    TenderKind.POINTS: "points.over_limit",
    TenderKind.STORE_CREDIT: "credit.restricted",
}


class Judge(Protocol):
    """`judged` of one session."""

    def __call__(self, verdict: Verdict, amount: int, *, is_checked: bool = False) -> Verdict: ...


def judged(session: Session, verdict: Verdict, amount: int, *, is_checked: bool = False) -> Verdict:
    """The policy's verdict on a voucher, points, store credit, a hand-over or cash handed back.

    What it allows needs a manager while this till cannot be trusted by itself, unless central has just said
    yes (`is_checked`); what it refuses stays refused. `amount` in đồng (protocol §8).
    """
    if is_checked or not isinstance(verdict, Allowed) or not session.standing.is_restricted:
        return verdict
    return NeedsManager(RESTRICTED, amount, None)


def check_tenders(
    session: Session, tenders: Iterable[Tender], claims: Claims, allowed: Container[str]
) -> None:
    """Points and papers that pay: `allowed` are the rights that somebody has answered for in this payment.

    Raises NotSignedIn, ApprovalRequired; a manager at the till answers alone.
    """
    if not session.standing.is_restricted:
        return
    person = session.require_person()
    for tender in tenders:
        right = _RIGHTS.get(tender.kind)
        if right is None or right in allowed or is_covered(tender, claims):
            continue
        if limit_of(person, right, session.policy.rights) is None:
            raise ApprovalRequired(right=right, reason=RESTRICTED, asked=tender.amount, most=None)
