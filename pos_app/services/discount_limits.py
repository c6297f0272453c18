"""How much discount by hand the person at the till may give alone."""

from __future__ import annotations

from pos_app.domain.cart import ManualDiscount
from pos_app.domain.errors import ApprovalRequired, PolicyRefused
from pos_app.domain.money import WHOLE
from pos_app.domain.policy import discount_allowed
from pos_app.domain.staff import may
from pos_app.domain.verdict import Allowed, NeedsApproval, NeedsManager, Refused
from pos_app.services.session import Session


def approval_for(session: Session, discount: ManualDiscount, cost: int) -> ApprovalRequired | None:
    """What a second person must allow, or None; `cost` in đồng is what the discount comes off.

    Raises PolicyRefused above what anybody may give.
    """
    asked = discount.percent_bp or -(-(discount.amount or 0) * WHOLE // max(cost, 1))
    over = discount_allowed(session.policy, asked)
    if isinstance(over, Refused):
        raise PolicyRefused(reason=over.reason, asked=over.asked, most=over.most)
    alone = may(session.require_person(), "sale.discount.manual", asked, session.policy.rights)
    if isinstance(alone, Allowed) and not isinstance(over, NeedsManager):
        return None
    most = alone.limit if isinstance(alone, NeedsApproval) else session.policy.discount_soft_bp
    return ApprovalRequired(right="sale.discount.manual", reason="discount", asked=asked, most=most)
