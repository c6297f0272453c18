"""What a till may do by itself: less while it is restricted, and less the longer it is without central."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Final, Protocol

from pos_app.domain.errors import ApprovalRequired, PolicyRefused
from pos_app.domain.policy import points_allowed
from pos_app.domain.staff import limit_of
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.verdict import ALLOWED, Allowed, NeedsManager, Refused, Verdict
from pos_app.services.claims import Claims
from pos_app.services.paper_money import is_covered
from pos_app.services.session import Session

RESTRICTED: Final = "restricted"
"""The reason of the approval, and its `what` in the document: every use of restricted mode is journaled."""
OFFLINE_TIME: Final = "offline_time"
STAFF_AGE: Final = "staff_age"

_RIGHTS: Final[Mapping[TenderKind, str]] = {
    TenderKind.POINTS: "points.over_limit",
    TenderKind.STORE_CREDIT: "credit.restricted",
}


class Judge(Protocol):
    """`judged` of one session."""

    def __call__(self, verdict: Verdict, amount: int, *, is_checked: bool = False) -> Verdict: ...


def judged(session: Session, verdict: Verdict, amount: int, *, is_checked: bool = False) -> Verdict:
    """The policy's verdict on a voucher, points, store credit, a hand-over or cash handed back.

    What it allows needs a manager while this till cannot be trusted by itself, or has been without central
    for a day; after a week nobody may allow it. Central's yes of this moment (`is_checked`) is enough, and
    what policy refuses stays refused. `amount` in đồng (protocol §8, §11).
    """
    if is_checked or isinstance(verdict, Refused):
        return verdict
    alone = alone_for(session)
    if isinstance(alone, Refused) or not isinstance(verdict, Allowed):
        return alone if isinstance(alone, Refused) else verdict
    return NeedsManager(RESTRICTED, amount, None) if session.standing.is_restricted else alone


def alone_for(session: Session) -> Verdict:
    """By how long this till has been without central: `asked` and `most` in seconds (protocol §11, offline
    time; §6, staff: whoever is known by old data alone sells, and no more)."""
    policy, offline, staff = session.policy, session.offline_s, session.feed_age_s("staff")
    if offline > policy.offline_hard:
        return Refused(OFFLINE_TIME, offline, policy.offline_hard)
    if offline > policy.offline_soft:
        return NeedsManager(OFFLINE_TIME, offline, policy.offline_soft)
    if staff > policy.staff_age_most:
        return NeedsManager(STAFF_AGE, staff, policy.staff_age_most)
    return ALLOWED


def check_more_than_sales(session: Session) -> None:
    """Before anything that is neither a sale nor the drawer's and the shift's. Raises PolicyRefused."""
    _refuse(alone_for(session))


def _refuse(verdict: Verdict) -> None:
    if isinstance(verdict, Refused):
        raise PolicyRefused(reason=verdict.reason, asked=verdict.asked, most=verdict.most)


def check_tenders(
    session: Session, tenders: Iterable[Tender], claims: Claims, allowed: Container[str]
) -> None:
    """Points and papers that pay: `allowed` are the rights that somebody has answered for in this payment.

    Raises NotSignedIn, ApprovalRequired, PolicyRefused; a manager at the till answers alone.
    """
    for tender in tenders:
        right = _RIGHTS.get(tender.kind)
        if right is None or is_covered(tender, claims):
            continue
        verdict = judged(session, _by_age(session, tender), tender.amount)
        _refuse(verdict)
        if isinstance(verdict, Allowed) or right in allowed:
            continue
        if limit_of(session.require_person(), right, session.policy.rights) is None:
            raise ApprovalRequired(right=right, reason=verdict.reason, asked=verdict.asked, most=verdict.most)


def _by_age(session: Session, tender: Tender) -> Verdict:
    """Points are spent by what the feed says of them; a paper by the own journal, which is never old."""
    if tender.kind is not TenderKind.POINTS:
        return ALLOWED
    return points_allowed(session.policy, session.feed_age_s("customers"), online=False)
