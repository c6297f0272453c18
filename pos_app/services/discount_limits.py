"""How much discount by hand the person at the till may give alone, when it is given and before it is paid."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pos_app.domain.cart import Cart, ManualDiscount
from pos_app.domain.errors import ApprovalRequired, PolicyRefused
from pos_app.domain.money import WHOLE
from pos_app.domain.policy import discount_allowed
from pos_app.domain.priced import PricedCart, PricedLine, Step
from pos_app.domain.staff import StaffMember, may
from pos_app.domain.verdict import Allowed, NeedsApproval, Refused
from pos_app.services.session import Session


def approval_for(
    session: Session, discount: ManualDiscount, cost: int, giver: StaffMember | None = None
) -> ApprovalRequired | None:
    """What a second person must allow, or None; `cost` in đồng is what the discount comes off.

    `giver` None = who is signed in. Raises PolicyRefused above what anybody may give.
    """
    asked = discount.percent_bp or -(-(discount.amount or 0) * WHOLE // max(cost, 1))
    over = discount_allowed(session.policy, asked)
    if isinstance(over, Refused):
        raise PolicyRefused(reason=over.reason, asked=over.asked, most=over.most)
    alone = may(giver or session.require_person(), "sale.discount.manual", asked, session.policy.rights)
    if isinstance(alone, Allowed):
        return None  # above the soft limit a manager is asked, and this is one
    most = alone.limit if isinstance(alone, NeedsApproval) else session.policy.discount_soft_bp
    return ApprovalRequired(right="sale.discount.manual", reason="discount", asked=asked, most=most)


def check_again(
    session: Session, cart: Cart, priced: PricedCart, person: Callable[[int], StaffMember]
) -> None:
    """Before paying: what was a small part of a large cart may be most of what is left of it.

    A percentage stays what it was, and a line's part cannot be larger than the line. Whoever has allowed a
    discount has allowed it up to the hard limit. Raises ApprovalRequired, PolicyRefused.
    """
    for discount, cost in _amounts(cart, priced):
        missing = approval_for(session, discount, cost, person(discount.by))
        if missing is not None and discount.approver is None:
            raise missing


def _amounts(cart: Cart, priced: PricedCart) -> Iterator[tuple[ManualDiscount, int]]:
    """Each amount off by hand with what it comes off now."""
    lines = {line.no: line for line in priced.lines}
    for line in cart.lines:
        if line.discount is not None and line.discount.amount is not None:
            yield line.discount, _before(lines[line.no], Step.LINE)
    whole = cart.order_discount
    if whole is not None and whole.amount is not None:
        yield whole, sum(_before(line, Step.ORDER) for line in priced.lines)


def _before(line: PricedLine, step: Step) -> int:
    """What a line cost before this step."""
    earlier = {Step.LINE: (Step.PROMOTION,), Step.ORDER: (Step.PROMOTION, Step.LINE)}[step]
    return line.gross - sum(one.amount for one in line.discounts if one.step in earlier)
